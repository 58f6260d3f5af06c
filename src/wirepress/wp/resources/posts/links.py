"""The relations of posts of every type."""

from __future__ import annotations

from functools import lru_cache

from wirepress.content.posts.reading import unlocked
from wirepress.content.posts.revisions import limit
from wirepress.model.post import Post
from wirepress.model.registry import PostType, Taxonomy
from wirepress.wp.call import Call
from wirepress.wp.declaration import EMBEDDABLE, Beside, Link, Target, To, Way
from wirepress.wp.schema import Schema


def route_of(kind: PostType) -> str:
    return f"/{kind.rest_namespace}/{kind.rest_base}"


def served(kind: PostType, taxonomies: tuple[Taxonomy, ...]) -> list[Taxonomy]:
    return [t for t in taxonomies if t.show_in_rest and kind.name in t.types]


def links_of(kind: PostType, taxonomies: tuple[Taxonomy, ...]) -> tuple[Link[Post], ...]:
    """The links of a post type, in WordPress's order."""
    route, supports = route_of(kind), kind.supports
    links: list[Link[Post]] = [
        Link("self", f"{route}/{{id}}", hints=True),
        Link("collection", route),
        Link("about", f"/wp/v2/types/{kind.name}"),
    ]
    if "author" in supports:
        links.append(Link("author", "/wp/v2/users/{author}", beside=EMBEDDABLE, when="author", target=_author))
    if "comments" in supports:
        links.append(Link("replies", "/wp/v2/comments", "post={id}", beside=EMBEDDABLE, target=_replies))
    if "revisions" in supports:
        links += [
            Link("version-history", f"{route}/{{id}}/revisions", beside=lambda p, c: _count(_kept(p, c))),
            Link("predecessor-version", lambda p, c: _predecessor(p, c, route)),
        ]
    if kind.hierarchical:
        links.append(Link("up", _up))
    if "thumbnail" in supports:
        media = "/wp/v2/media/{thumbnail}"
        links.append(Link("wp:featuredmedia", media, beside=EMBEDDABLE, when="thumbnail", target=_featured))
    if kind.name not in {"attachment", "nav_menu_item", "revision"}:
        links.append(Link("wp:attachment", "/wp/v2/media", "parent={id}"))
    if assigned := served(kind, taxonomies):
        links.append(Link("wp:term", tuple(_terms(taxonomy) for taxonomy in assigned)))
    return tuple(links)


def _author(post: Post, _: Call) -> Target:
    # Who has published something is seen by everybody: no need to ask the store.
    return Target("user", (post.author, post.status == "publish"))


def _replies(post: Post, call: Call) -> Target:
    locked = not unlocked(post, call.password) and not call.may("edit_post", post)
    return Target("comments of post", (post.id, not locked))


def _featured(post: Post, _: Call) -> Target:
    return Target("post", post.thumbnail)


@lru_cache(maxsize=256)
def _count(number: int) -> Beside:
    return Beside(count=number)


def _kept(post: Post, call: Call) -> int:
    """How many revisions are told of: none where the site keeps none (wp_get_latest_revision_id_and_total_count)."""
    if post.revisions and limit(call.view):
        return post.revisions
    return 0


def _predecessor(post: Post, call: Call, route: str) -> To | None:
    if not _kept(post, call) or not post.last_revision:
        return None
    return To(f"{call.api}{route}/{post.id}/revisions/{post.last_revision}", {"id": post.last_revision})


def _up(post: Post, call: Call) -> To | None:
    """The post above, whatever its type; the index where the API does not show it (rest_get_route_for_post)."""
    if not post.parent:
        return None
    above = call.view.lookup.post(post.parent)
    kind = call.site.type(above.type) if above is not None else None
    route = f"{route_of(kind)}/{post.parent}" if kind is not None and kind.rest_base else "/"
    return To(f"{call.api}{route}", EMBEDDABLE, Target("post", post.parent))


def _terms(taxonomy: Taxonomy) -> Way[Post]:
    """The address of the terms of a taxonomy that a post has."""
    name = taxonomy.name

    def target(post: Post, _: Call) -> Target:
        return Target("terms", (name, tuple([term.id for term in post.terms if term.taxonomy == name])))

    route = f"/{taxonomy.rest_namespace}/{taxonomy.rest_base}"
    return Way(route, "post={id}", Beside(taxonomy=name, **EMBEDDABLE), target)


# ---- what a user may do with a post


def actions_of(kind: PostType, taxonomies: tuple[Taxonomy, ...]) -> tuple[tuple[str, str, Schema], ...]:
    """The relations `action-*` as the schema tells of them."""
    actions: list[tuple[str, str, Schema]] = []
    if kind.name != "attachment":
        status = {"type": "string", "enum": ["publish", "future"]}
        actions.append(("publish", "The user may publish this post.", _target(status=status)))
    raw = {"raw": {"type": "string"}}
    actions.append(("unfiltered-html", "The user may use any HTML and JavaScript.", _target(content=raw)))
    if kind.name == "post":
        actions.append(("sticky", "The user may make this post sticky.", _target(sticky={"type": "boolean"})))
    if "author" in kind.supports:
        actions.append(("assign-author", "The user may change the author.", _target(author={"type": "integer"})))
    for taxonomy in served(kind, taxonomies):
        base = taxonomy.rest_base
        ids = _target(**{base: {"type": "array", "items": {"type": "integer"}}})
        actions.append((f"assign-{base}", f"The user may assign terms of {taxonomy.name}.", ids))
        actions.append((f"create-{base}", f"The user may create terms of {taxonomy.name}.", ids))
    return tuple(actions)


def _target(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties}


def allowed_actions(kind: PostType, taxonomies: tuple[Taxonomy, ...], call: Call) -> tuple[str, ...]:
    """The actions that the caller may take on posts; told with context=edit only."""
    if call.context != "edit" or call.viewer.anonymous:
        return ()
    caps = kind.capabilities
    names: list[str] = []
    if kind.name != "attachment" and call.may(caps["publish_posts"]):
        names.append("publish")
    if call.may("unfiltered_html"):
        names.append("unfiltered-html")
    others = call.may(caps["edit_others_posts"])
    if kind.name == "post" and others and call.may(caps["publish_posts"]):
        names.append("sticky")
    if "author" in kind.supports and others:
        names.append("assign-author")
    for taxonomy in served(kind, taxonomies):
        creating = taxonomy.capabilities["edit_terms" if taxonomy.hierarchical else "assign_terms"]
        if call.may(creating):
            names.append(f"create-{taxonomy.rest_base}")
        if call.may(taxonomy.capabilities["assign_terms"]):
            names.append(f"assign-{taxonomy.rest_base}")
    return tuple(names)


class AllowedActions(dict[tuple[str, str], tuple[str, ...]]):
    """The actions that the caller may take, by post type and context."""


def action_links(kind: PostType, taxonomies: tuple[Taxonomy, ...]) -> tuple[Link[Post], ...]:
    """The relations `wp:action-*`, each of which leads to the post itself."""
    route = route_of(kind)
    names = ["publish", "unfiltered-html", "sticky", "assign-author"]
    for taxonomy in served(kind, taxonomies):
        names += [f"create-{taxonomy.rest_base}", f"assign-{taxonomy.rest_base}"]

    def link(name: str) -> Link[Post]:
        def make(post: Post, call: Call) -> To | None:
            known = call.fetched.of(AllowedActions)
            key = (kind.name, call.context)
            if key not in known:
                known[key] = allowed_actions(kind, taxonomies, call)
            if name in known[key]:
                return To(f"{call.api}{route}/{post.id}")
            return None

        return Link(f"wp:action-{name}", make, editing=True)

    return tuple(map(link, names))
