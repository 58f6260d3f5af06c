"""Templates and their parts: those of our theme, and those that the site's people keep in their place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from wirepress.content.posts import publishing, reading, trash
from wirepress.content.posts.changes import Changes
from wirepress.content.themes import customisations
from wirepress.model.post import Post
from wirepress.model.query import PostQuery, Visibility
from wirepress.render.blocks.parse import parse, serialize
from wirepress.render.titles import title
from wirepress.wp.call import Call
from wirepress.wp.dates import written
from wirepress.wp.errors import WireError
from wirepress.wp.resources.answers import Answer, Answers, Change, Json, item, own, to
from wirepress.wp.resources.templates import titles
from wirepress.wp.resources.templates import writes as writing
from wirepress.wp.resources.templates.texts import CONTENTS, PARTS
from wirepress.wp.resources.templates.writes import Template
from wirepress.wp.resources.themes.facts import KINDS, NAME, stylesheet
from wirepress.wp.resources.unserved import schema_of
from wirepress.wp.result import Result
from wirepress.wp.values import to_bool

UNPUBLISHED_TOO = ("auto-draft", "draft", "publish")
CHANGING = ("POST", "PUT", "PATCH", "DELETE")
_MOST = 1000
"""How many templates people may keep of a type."""
KEY = r'(?P<id>([^\/:<>\*\?"\|]+(?:\/[^\/:<>\*\?"\|]+)?)[\/\w%-]+)'


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where templates of one type stand."""

    type: str
    route: str


TEMPLATES = Shelf("wp_template", "/wp/v2/templates")
TEMPLATE_PARTS = Shelf("wp_template_part", "/wp/v2/template-parts")
SHELVES = (TEMPLATES, TEMPLATE_PARTS)


def _of_theme(shelf: Shelf) -> Iterator[Template]:
    if shelf is TEMPLATE_PARTS:
        yield from (Template(p.slug, p.title, "", p.content, p.area) for p in PARTS)
        return
    for kind in KINDS:
        if kind.slug in CONTENTS:
            yield Template(kind.slug, kind.title, kind.description, CONTENTS[kind.slug])


def _kept(
    call: Call, shelf: Shelf, theme: str, *, slug: str = "", statuses: tuple[str, ...] = ("publish",)
) -> list[Template]:  # fmt: skip
    """The templates that are posts of a theme (get_block_templates)."""
    query = PostQuery(
        types=(shelf.type,),
        statuses=statuses,
        visibility=Visibility(all_of=statuses),
        per_page=_MOST,
        slugs=(slug,) if slug else (),
    )
    found = reading.items(call.view, call.viewer, reading.browse(call.view, call.viewer, query).ids)
    files = {template.slug for template in _of_theme(shelf)} if theme == stylesheet(call) else set()
    kept = []
    for post in found:
        assigned = {term.taxonomy: term.name for term in post.terms}
        if assigned.get("wp_theme") == theme:
            area = assigned.get("wp_template_part_area", "uncategorized") if shelf is TEMPLATE_PARTS else ""
            kept.append(
                Template(
                    post.slug, post.title, post.excerpt, post.content, area, post, post.slug in files,
                    str(post.first_meta("origin")), bool(post.first_meta("is_wp_suggestion")), theme,
                )
            )  # fmt: skip
    return kept


def templates_of(call: Call, shelf: Shelf) -> list[Template]:
    """All templates of the active theme: what people keep stands before what the theme brings."""
    kept = _kept(call, shelf, stylesheet(call))
    taken = {template.slug for template in kept}
    return [*kept, *(template for template in _of_theme(shelf) if template.slug not in taken)]


def _dated(template: Template) -> dict[str, Json]:
    post = template.post
    return {"modified": written(post.modified) if post else None, "date": written(post.date) if post else None}


def theme_of(call: Call, template: Template) -> str:
    return template.theme or stylesheet(call)


def is_custom(template: Template) -> bool:
    """Whether no hierarchy of templates leads to it, so that it is chosen for a post or for none."""
    return not template.suggested and all(template.slug != kind.slug for kind in KINDS)


def _source(template: Template) -> str:
    """Where a template comes from in the first place (wp_get_template_original_source)."""
    if template.post is None or (template.themed and template.origin in ("", "theme")):
        return "theme"
    return "user" if template.post.author else "site"


def _worded(call: Call, shelf: Shelf, template: Template) -> Template:
    """A template with the words that its slug makes where it has none of its own."""
    bare = not template.description and template.title in ("", template.slug)
    if template.post is None or shelf is not TEMPLATES or not bare:
        return template
    told = titles.named(call, template.slug)
    return replace(template, title=told.title, description=told.description) if told else template


def value_of(call: Call, shelf: Shelf, template: Template) -> dict[str, Json]:
    """All fields of a template."""
    template = _worded(call, shelf, template)
    theme, post, source = theme_of(call, template), template.post, _source(template)
    author = call.view.lookup.user(post.author) if post and source == "user" else None
    value: dict[str, Any] = {
        "id": f"{theme}//{template.slug}",
        "theme": theme,
        "content": {"raw": serialize(parse(template.content)), "block_version": int("<!-- wp:" in template.content)},
        "slug": template.slug,
        "source": "custom" if post else "theme",
        "origin": template.origin or None,
        "type": shelf.type,
        "description": template.description,
        "title": {"raw": template.title, "rendered": title(template.title) if post else template.title},
        "status": post.status if post else "publish",
        "wp_id": post.id if post else 0,
        "has_theme_file": template.themed,
    }
    if shelf is TEMPLATES:
        value["is_custom"] = is_custom(template)
    value["author"] = post.author if post else 0
    if shelf is TEMPLATE_PARTS:
        value["area"] = template.area
    value |= _dated(template)
    names = {
        "theme": NAME,
        "site": str(call.site.option("blogname")),
        "user": author.name if author else "Unknown author",
    }
    value["author_text"] = names[source]
    value["original_source"] = source
    return value


def _shown(call: Call, shelf: Shelf, template: Template, *, listed: bool, linked: bool = True) -> Json:
    return _on(call, shelf, value_of(call, shelf, template), template.post, listed=listed, linked=linked)


def _on(
    call: Call, shelf: Shelf, value: dict[str, Json], post: Post | None, *, listed: bool = False, linked: bool = True
) -> Json:  # fmt: skip
    """The fields of a template as a shelf shows them."""
    route = f"{shelf.route}/{value['id']}"
    links = {
        "self": own(call, route, ("GET", *(CHANGING if call.viewer.can("edit_theme_options") else ()))),
        "collection": to(call, shelf.route),
        "about": to(call, f"/wp/v2/types/{shelf.type}"),
    }
    if post is not None and post.status != "trash":
        links["version-history"] = to(call, f"{route}/revisions", count=post.revisions)
        if post.revisions and (last := post.last_revision):
            links["predecessor-version"] = to(call, f"{route}/revisions/{last}", id=last)
    if call.viewer.can("edit_theme_options"):
        links["wp:action-publish"] = to(call, route)
    if call.viewer.can("unfiltered_html"):
        links["wp:action-unfiltered-html"] = to(call, route)
    return item(call, value, schema_of(shelf.route), links if linked else None, listed=listed)


def _browse(shelf: Shelf, call: Call) -> Result:
    """All that fit.  By its number what is not published yet is found as well; for a post type, what people made."""
    found = templates_of(call, shelf)
    if call.params.get("wp_id") is not None:
        wanted = call.integer("wp_id")
        kept = _kept(call, shelf, stylesheet(call), statuses=UNPUBLISHED_TOO)
        found = [template for template in kept if template.post and wanted in (0, template.post.id)]
    if (area := call.params.get("area")) and shelf is TEMPLATE_PARTS:
        found = [template for template in found if template.area == area]
    if call.params.get("post_type") and shelf is TEMPLATES:
        found = [template for template in found if template.post and is_custom(template)]
    return Result(value=[] if call.head else [_shown(call, shelf, template, listed=True) for template in found])


def known(shelf: Shelf, call: Call, name: str) -> Template | None:
    """The template of an id: theme, slashes, slug (get_block_template).  What people keep is found in the trash and
    of themes that were there before, too."""
    theme, _, slug = name.replace("//", "/").rpartition("/")
    if not theme or not slug:
        return None
    if kept := _kept(call, shelf, theme, slug=slug, statuses=(*UNPUBLISHED_TOO, "trash")):
        return kept[0]
    files = _of_theme(shelf) if theme == stylesheet(call) else ()
    return next((template for template in files if template.slug == slug), None)


def find(shelf: Shelf, call: Call) -> Template:
    """The template of a call."""
    found = known(shelf, call, str(call.params.get("id")))
    if found is None:
        raise WireError("rest_template_not_found", "There is no such template.", 404)
    return found


def _read(shelf: Shelf, call: Call) -> Result:
    return Result(value=_shown(call, shelf, find(shelf, call), listed=False))


def _kept_as(call: Call, shelf: Shelf, post: Post, template: Template | None = None) -> Template:
    """The template that a post is, as it is now."""
    theme = stylesheet(call) if template is None else theme_of(call, template)
    found = next((t for t in _kept(call, shelf, theme) if t.post is not None and t.post.id == post.id), None)
    if found is None:
        raise WireError("rest_template_insert_error", "The template is not one of this theme.", 400)
    return found


def _changes(shelf: Shelf, call: Call, template: Template | None) -> Changes:
    """The changes that are asked for.  The editor says whether it has offered the name of a template, by a parameter
    that no schema tells of."""
    changes, suggested = writing.changes_of(call, template), call.params.get("is_wp_suggestion")
    if suggested is None or shelf is not TEMPLATES:
        return changes
    return replace(changes, meta={"is_wp_suggestion": ["1"] if to_bool(suggested) else []})


def _create(shelf: Shelf, call: Call) -> Result:
    theme = str(call.params.get("theme") or stylesheet(call))
    changes, area = _changes(shelf, call, None), writing.area_of(call, shelf.type, None)
    changes = replace(changes, slug=str(call.params["slug"]))
    post = customisations.keep_template(call.view, call.viewer, shelf.type, theme, changes, area=area)
    call = call.written("edit")
    template = _kept_as(call, shelf, post)
    result = Result(value=_shown(call, shelf, template, listed=False), status=201, call=call)
    result.headers["Location"] = call.href(f"{shelf.route}/{theme}//{template.slug}")
    return result


def _update(shelf: Shelf, call: Call) -> Result:
    """Changes a template: what is the theme's is kept as a post from then on, and `source: theme` takes it back."""
    template = find(shelf, call)
    if call.params.get("source") == "theme":
        if template.post is not None:
            trash.delete(call.view, template.post.id)
        call = call.written("edit")
        return Result(value=_shown(call, shelf, find(shelf, call), listed=False), call=call)
    changes, area = _changes(shelf, call, template), writing.area_of(call, shelf.type, template)
    if template.post is None:
        post = customisations.keep_template(
            call.view, call.viewer, shelf.type, stylesheet(call), replace(changes, slug=template.slug), area=area,
            origin="theme",
        )  # fmt: skip
    else:
        assigned = customisations.area_terms(call.view, area) if area else None
        changes = replace(changes, terms=assigned, status="publish")
        post = publishing.update(call.view, call.viewer, template.post.id, changes)
    call = call.written("edit")
    return Result(value=_shown(call, shelf, _kept_as(call, shelf, post, template), listed=False), call=call)


def _delete(shelf: Shelf, call: Call) -> Result:
    """Deletes what people keep, for good or into the trash; the theme's own, if there is one, shows again then."""
    template = find(shelf, call)
    if template.post is None:
        raise WireError("rest_invalid_template", "What the theme brings cannot be deleted.", 400)
    call = call.written("edit")
    if call.params.get("force"):
        previous = _shown(call, shelf, template, listed=False, linked=False)
        trash.delete(call.view, template.post.id)
        return Result(value={"deleted": True, "previous": previous}, call=call)
    if template.post.status == "trash":
        raise WireError("rest_template_already_trashed", "The template is in the trash already.", 410)
    trash.trash(call.view, call.viewer, template.post.id)
    trashed = replace(template, post=replace(template.post, status="trash"))
    return Result(value=_shown(call, shelf, trashed, listed=False), call=call)


def hierarchy(slug: str, custom: bool, prefix: str) -> list[str]:
    """The slugs that may stand in for a template, most special first (get_template_hierarchy)."""
    if slug == "index":
        return ["index"]
    if custom:
        return ["page", "singular", "index"]
    if slug == "front-page":
        return ["front-page", "home", "index"]
    chain = [slug]
    if prefix:
        base = prefix.split("-")[0]
        if slug.startswith(prefix) and slug != prefix:
            chain.append(prefix)
        if base not in chain:
            chain.append(base)
    elif "-" in slug and slug.split("-")[0] in {kind.slug for kind in KINDS}:
        chain.append(slug.split("-")[0])
    if any(word in chain for word in ("author", "category", "taxonomy", "date", "tag")):
        chain.append("archive")
    if "attachment" in chain:
        chain.append("single")
    if any(word in chain for word in ("single", "page", "attachment")):
        chain.append("singular")
    return [*chain, "index"]


def _lookup(shelf: Shelf, call: Call) -> Result:
    chain = hierarchy(
        str(call.params.get("slug")), bool(call.params.get("is_custom")), str(call.params.get("template_prefix") or "")
    )
    there = {template.slug: template for template in templates_of(call, TEMPLATES)}
    # One that is empty stands for nothing, but where nothing else is left.
    found = next((there[slug] for slug in chain if slug in there and there[slug].content), there["index"])
    if shelf is TEMPLATES:
        return Result(value=_shown(call, shelf, found, listed=False))
    # Parts have no hierarchy: their route finds templates too, and shows them as if they were parts.
    value = value_of(call, TEMPLATES, found)
    del value["is_custom"]
    return Result(value=_on(call, shelf, value, None))


def _answers(shelf: Shelf) -> Answers:
    return {
        shelf.route: Answer(
            lambda call: _browse(shelf, call), changes={"POST": Change(lambda call: _create(shelf, call))}
        ),
        f"{shelf.route}/{KEY}": Answer(
            lambda call: _read(shelf, call),
            changes={
                "POST": Change(lambda call: _update(shelf, call)),
                "DELETE": Change(lambda call: _delete(shelf, call)),
            },
        ),
        f"{shelf.route}/lookup": Answer(lambda call: _lookup(shelf, call)),
    }


ANSWERS: Answers = {pattern: answer for shelf in SHELVES for pattern, answer in _answers(shelf).items()}
