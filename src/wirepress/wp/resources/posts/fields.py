"""The fields of posts, pages, attachments and all other types: which there are follows from what a type supports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from wirepress.content.posts import naming
from wirepress.content.posts.reading import unlocked
from wirepress.content.rendering import Postponed
from wirepress.model.post import Post
from wirepress.model.registry import MetaField, PostType, Taxonomy
from wirepress.model.rendering import Text
from wirepress.render import slugs
from wirepress.render.blocks.parse import rewritten_within
from wirepress.wp import cleaning, json
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.dates import changed_gmt_of
from wirepress.wp.declaration import ALL, EDIT, READ, Entry, Field, Group, Write, local_date, utc_date
from wirepress.wp.meta import meta_of, schemas, sent
from wirepress.wp.resources.posts import writes
from wirepress.wp.resources.posts.templates import flaw_of
from wirepress.wp.schema import Schema
from wirepress.wp.validation import Flaw, check
from wirepress.wp.values import to_int

STATUSES = ("publish", "future", "draft", "pending", "private")
FORMATS = ("standard", "aside", "chat", "gallery", "link", "image", "quote", "status", "video", "audio")
OPEN = ("open", "closed")
FOOTNOTES: Schema = {"type": "string", "title": "", "default": ""}


def shown(post: Post, call: Call) -> bool:
    """Whether the words of a post may be shown: it has no password, or it was sent along, or it is being edited."""
    return not post.is_protected or call.context == "edit" or unlocked(post, call.password)


def part(post: Post, name: str) -> Text:
    """A rendered part of a post."""
    if post.rendering is None:
        raise Postponed(post.id)
    text: Text = getattr(post.rendering, name)
    return text


def title(post: Post, _: Call) -> str:
    return json.text(part(post, "title"), post.id)


def content(post: Post, call: Call) -> str:
    html = content_once(post, call)
    made, excerpt = part(post, "content"), part(post, "excerpt")
    if call.context != "edit" or (made.solid and excerpt.solid):
        return html
    # With context=edit WordPress renders each post twice, and both count.
    unseen = json.text(made, post.id, blocks="<!-- wp:" in post.content, shown=False)
    return unseen + json.text(excerpt, post.id, shown=False) + html


def content_once(post: Post, call: Call) -> str:
    if not shown(post, call):
        return ""
    return json.text(part(post, "content"), post.id, blocks="<!-- wp:" in post.content)


def excerpt(post: Post, call: Call) -> str:
    if shown(post, call):
        return json.text(part(post, "excerpt"), post.id)
    return ""


def protected(post: Post, _: Call) -> bool:
    return post.is_protected


def template(post: Post, _: Call) -> str:
    name = str(post.first_meta("_wp_page_template"))
    if name == "default":
        return ""
    return name


def post_format(post: Post) -> str:
    assigned = next((term.slug for term in post.terms if term.taxonomy == "post_format"), "")
    name = assigned.removeprefix("post-format-")
    if name in FORMATS:
        return name
    return "standard"


class Samples(dict[tuple[int, int], tuple[str, str]]):
    """The sample permalinks of posts, by id and version."""


def sample(post: Post, call: Call) -> tuple[str, str]:
    samples = call.fetched.of(Samples)
    key = (post.id, post.version)
    if key not in samples:
        samples[key] = naming.sample(call.view, post)
    return samples[key]


def classes(kind: PostType) -> Callable[[Post, Call], list[str]]:
    """The classes of a post (get_post_class)."""

    def read(post: Post, call: Call) -> list[str]:
        names = [f"post-{post.id}", post.type, f"type-{post.type}", f"status-{post.status}"]
        if "post-formats" in kind.supports:
            names.append(f"format-{post_format(post)}")
        if post.is_protected:
            names.append("post-password-required")
        elif post.thumbnail and "thumbnail" in kind.supports:
            names.append("has-post-thumbnail")
        names.append("hentry")
        for taxonomy in call.site.registry.taxonomies.values() if post.terms else ():
            if taxonomy.public and post.type in taxonomy.types:
                name = taxonomy.name
                names += [slugs.class_of_term(name, term.slug, term.id) for term in post.terms if term.taxonomy == name]
        return list(dict.fromkeys(names))

    return read


def terms_of(taxonomy: Taxonomy) -> Field[Post]:
    name = taxonomy.name

    def read(post: Post, _: Call) -> list[int]:
        return [term.id for term in post.terms if term.taxonomy == name]

    described = s.array(f"The ids of the post's terms in {taxonomy.name}.", "integer")
    return Field(taxonomy.rest_base, described, READ, read, write=Write("terms", partial(writes.terms, taxonomy)))


def taxonomies_of(kind: PostType, taxonomies: tuple[Taxonomy, ...]) -> list[Entry[Post]]:
    return [terms_of(t) for t in taxonomies if t.show_in_rest and kind.name in t.types]


def guid(post: Post, call: Call) -> str:
    return call.site.guid(post)


GUID: Group[Post] = Group("guid", s.mapping("The identifier that never changes."), READ, (
    Field("rendered", s.text("As it is shown."), READ, guid),
    Field("raw", s.text("As it is kept."), EDIT, guid),
), order=("raw", "rendered"))  # fmt: skip
HEAD: tuple[Entry[Post], ...] = (
    Field("id", s.integer("The number of the post."), ALL),
    Field("date", s.moment("When it was published, in the site's time.", nullable=True), ALL,
          local_date("date"), write=Write(convert=writes.date, nullable=True)),
    Field("date_gmt", s.moment("When it was published, in UTC.", nullable=True), READ,
          utc_date("date"), write=Write(convert=writes.date_gmt, nullable=True)),
    GUID,
    Field("modified", s.moment("When it was last changed, in the site's time."), READ,
          local_date("modified")),
    Field("modified_gmt", s.moment("When it was last changed, in UTC."), READ,
          lambda post, call: changed_gmt_of(call.site, post.modified_gmt, post.modified, call.view.now())),
)  # fmt: skip

OURS: tuple[Field[Post], ...] = (
    Field("rendering_flaw", s.choice("Why its text is shown as it was written: it takes too much work to be rendered,"
                                     " is nested too deep, or becomes too long; empty where all is well.",
                                     ("", "work", "depth", "size")), EDIT,
          lambda p, _: p.rendering.flaw if p.rendering else "", ours=True),
)  # fmt: skip
"""Fields that WordPress does not have, of all types; they stand last in an answer."""
OURS_BY_TYPE: tuple[tuple[str, Field[Post]], ...] = (
)  # fmt: skip
"""The same with the one type that has each."""


def ours(kind: PostType) -> tuple[Field[Post], ...]:
    """The fields of a type that WordPress does not have."""
    return (*OURS, *(field for name, field in OURS_BY_TYPE if name == kind.name))


PASSWORD: Field[Post] = Field(
    "password", s.text("The password that opens it."), EDIT, write=Write(convert=writes.password)
)


STATUS = s.choice("What state it is in.", STATUSES)


def _status_flaw(call: Call, status: Any) -> Flaw | None:
    """What is wrong with a status; the one that the post has may be sent along, whichever it is (check_status)."""
    number = to_int(call.params.get("id"))
    post = call.view.lookup.post(number) if number > 0 else None
    if post is not None and post.status == status:
        return None
    return check(status, STATUS, "status")


def _slugged(call: Call, value: Any) -> str:
    return slugs.slug(value, locale=call.site.locale)


def names(kind: PostType, status_context: tuple[str, ...] = READ) -> tuple[Entry[Post], ...]:
    return (
        Field("slug", s.text("The part of its address that names it."), ALL,
              write=Write(convert=partial(writes.slug, kind), clean=_slugged)),
        Field("status", STATUS, status_context,
              write=Write(convert=partial(writes.status, kind), validate=_status_flaw)),
        Field("type", s.text("Its post type."), ALL),
        Field("link", s.uri("Its page for readers."), ALL, lambda p, c: c.view.lookup.permalink(p)),
    )  # fmt: skip


_HOLDERS = {"post": "post-content", "page": "post-content", "wp_block": "block", "wp_navigation": "navigation"}
"""The block that shows what is kept in a post of a type."""

TITLE = Write(convert=writes.loose_text, clean=cleaning.as_sent, eager=False)


def title_group(raw: tuple[str, ...] = EDIT, rendered: tuple[str, ...] | None = ALL) -> Group[Post]:
    parts: list[Field[Post]] = [
        Field("raw", s.text("The title as it was written."), raw, "title", write=Write("title"))
    ]
    if rendered:
        parts.append(Field("rendered", s.text("The title as it is shown."), rendered, title))
    return Group("title", s.mapping("The title."), ALL, tuple(parts), write=TITLE)


def raw_content(post: Post, _: Call) -> str:
    """The content as it was written, its blocks in their one form (insert_hooked_blocks_into_rest_response)."""
    holder = _HOLDERS.get(post.type)
    return rewritten_within(holder, post.content) if holder else post.content


def content_group(
    context: tuple[str, ...] = READ, raw: tuple[str, ...] = EDIT, rendered: tuple[str, ...] | None = READ,
    version: tuple[str, ...] = EDIT,
) -> Group[Post]:  # fmt: skip
    parts: list[Field[Post]] = [
        Field("raw", s.text("The content as it was written."), raw, raw_content, write=Write("content"))
    ]
    if rendered:
        parts.append(Field("rendered", s.text("The content as it is shown."), rendered, content))
    parts += [
        Field("protected", s.boolean("Whether a password keeps it."), ALL, protected),
        Field("block_version", s.integer("The version of the block format, 0 when it has no blocks."), version,
              lambda p, _: 1 if "<!-- wp:" in p.content else 0),
    ]  # fmt: skip
    order = ("raw", *(("rendered",) if rendered else ()), "block_version", "protected")
    return Group(
        "content",
        s.mapping("The content."),
        context,
        tuple(parts),
        order=order,
        write=Write(convert=writes.text, clean=cleaning.as_sent, eager=False),
    )


EXCERPT: Group[Post] = Group("excerpt", s.mapping("The excerpt."), ALL, (
    Field("raw", s.text("The excerpt as it was written."), EDIT, "excerpt", write=Write("excerpt")),
    Field("rendered", s.text("The excerpt as it is shown."), ALL, excerpt),
    Field("protected", s.boolean("Whether a password keeps it."), ALL, protected),
), write=Write(convert=writes.text, clean=cleaning.as_sent, eager=False))  # fmt: skip

AUTHOR: Field[Post] = Field("author", s.integer("The id of its author."), ALL, write=Write(convert=writes.author))
FEATURED: Field[Post] = Field(
    "featured_media",
    s.integer("The id of its featured image."),
    ALL,
    "thumbnail",
    write=Write("thumbnail", writes.thumbnail),
)
PARENT: Field[Post] = Field(
    "parent", s.integer("The id of what it stands under."), READ, write=Write(convert=writes.parent)
)
MENU_ORDER: Field[Post] = Field("menu_order", s.integer("Its place among its neighbours."), READ, write=Write())
DISCUSSION: tuple[Entry[Post], ...] = (
    Field("comment_status", s.choice("Whether it can be commented on.", OPEN), READ,
          write=Write(convert=writes.filled)),
    Field("ping_status", s.choice("Whether it can be pinged.", OPEN), READ, write=Write(convert=writes.filled)),
)  # fmt: skip
STICKY: Field[Post] = Field(
    "sticky",
    s.boolean("Whether it stays on top."),
    READ,
    lambda p, c: p.id in c.site.sticky,
    write=Write(convert=writes.sticky),
)


def template_field(post_type: str) -> Field[Post]:
    schema = s.text("The theme's file that shows it.")
    return Field("template", schema, READ, template, write=Write(validate=partial(flaw_of, post_type)))


TEMPLATE = template_field("attachment")


FORMAT: Field[Post] = Field(
    "format",
    s.choice("Its post format.", FORMATS),
    READ,
    lambda p, _: post_format(p),
    write=Write(convert=writes.filled),
)


def meta_answer(keys: Iterable[str]) -> Schema:
    """What registered meta is answered as: each key with whatever is kept under it."""
    names = list(keys)
    if not names:
        return s.NOTHING
    return {"type": "object", "properties": {name: {} for name in names}, "required": names}


def meta_field(keys: dict[str, Schema], own: Sequence[MetaField] = ()) -> Field[Post]:
    """The field of registered meta: core's keys, then those that the site declares."""
    write = Write(convert=partial(writes.registered_meta, keys, tuple(own)), clean=sent, eager=False)
    shown = {**keys, **schemas(own)}
    return Field(
        "meta",
        s.mapping("Registered meta."),
        READ,
        meta_of(keys, own),
        write=write,
        tail={"properties": shown or []},
        answer=meta_answer(shown),
    )


def pages(kind: PostType) -> tuple[Entry[Post], ...]:
    """What only posts with a page of their own have."""
    return (
        Field("permalink_template", s.text("Its address with a gap for the slug."), EDIT,
              lambda p, c: sample(p, c)[0]),
        Field("generated_slug", s.text("The slug that its title makes."), EDIT, lambda p, c: sample(p, c)[1]),
        Field("class_list", {"description": "The classes of its element.", "type": "array"}, READ, classes(kind),
              tail={"items": {"type": "string"}}),
    )  # fmt: skip
