"""What a template is called that bears no title of its own but whose slug says what it is for, such as `page-about`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from wirepress.content import terms
from wirepress.content.identity.viewer import NEWSROOM, viewer_of
from wirepress.content.people import users
from wirepress.content.posts import reading
from wirepress.model.query import PostQuery, UserQuery, Visibility
from wirepress.model.user import User
from wirepress.wp.call import Call
from wirepress.wp.resources.templates.template import TEMPLATE, Template

_PURPOSE = re.compile(r"(author|page|single|tag|category|taxonomy)-(.+)")
_MOST_NAMESAKES = 100


class Named(NamedTuple):
    """A title and a description, "" where it says nothing."""

    title: str
    description: str = ""


class Made(dict[str, Named | None]):
    """What the slugs of a call's templates make."""


def named(template: Template, call: Call) -> Named:
    """The title and the description of a template: its own, or, where it is kept and has none, what its slug makes."""
    post = template.post
    bare = not post.excerpt and post.title in ("", template.slug)
    own = Named(post.title, post.excerpt)
    if template.type != TEMPLATE or not template.kept or not bare:
        return own
    made = call.fetched.of(Made)
    if template.slug not in made:
        made[template.slug] = _made(call, template.slug)
    return made[template.slug] or own


def _made(call: Call, slug: str) -> Named | None:
    """What a slug makes; None where it says nothing (_build_block_template_result_from_post)."""
    found = _PURPOSE.search(slug)
    if found is None:
        return None
    purpose, rest = found.groups()
    match purpose:
        case "author":
            return _of_author(call, rest)
        case "page":
            return _of_post(call, "page", rest)
        case "tag":
            return _of_term(call, "post_tag", rest)
        case "category":
            return _of_term(call, "category", rest)
        case "single":
            return _of_first(call, _of_post, call.site.registry.types, rest)
        case _:
            return _of_first(call, _of_term, call.site.registry.taxonomies, rest)


def _of_first(
    call: Call, of_one: Callable[[Call, str, str], Named], names: Iterable[str], rest: str
) -> Named | None:  # fmt: skip
    """What the first type or taxonomy makes that the rest of a slug begins with, and that holds what it names."""
    made = None
    for name in names:
        if rest.startswith(f"{name}-"):
            made = of_one(call, name, rest[len(name) + 1 :])
            if made.description:
                break
    return made


def _edits(call: Call, user: User) -> bool:
    return viewer_of(call.site, user).can("edit_posts")


def _of_author(call: Call, slug: str) -> Named:
    found = users.by_slug(call.view, slug)
    if found is None or not _edits(call, found):
        return Named(f"Deleted author: {slug}")
    name = found.name
    query = UserQuery(search=name, search_columns=("name",), per_page=_MOST_NAMESAKES)
    same = [user for user in users.items(call.view, users.browse(call.view, query).ids) if user.name == name]
    same = [user for user in same if _edits(call, user)]
    title = f"Author: {name}"
    return Named(f"{title} ({slug})" if len(same) > 1 else title, f"Template for {name}")


def _of_post(call: Call, post_type: str, slug: str) -> Named:
    singular = call.site.registry.types[post_type].singular
    public = Visibility(all_of=("publish",))
    query = PostQuery(types=(post_type,), slugs=(slug,), visibility=public, per_page=1, with_total=False)
    for post in reading.items(call.view, NEWSROOM, reading.browse(call.view, NEWSROOM, query).ids):
        return Named(f"{singular}: {post.title}", f"Template for {post.title}")
    return Named(f"Not found: {singular} ({slug})")


def _of_term(call: Call, taxonomy: str, slug: str) -> Named:
    singular = call.site.registry.taxonomies[taxonomy].singular
    term = terms.by_slug(call.view, taxonomy, slug)
    if term is None:
        return Named(f"Not found: {singular} ({slug})")
    title = f"{singular}: {term.name}"
    alone = terms.namesakes(call.view, taxonomy, term.name) < 2
    return Named(title if alone else f"{title} ({slug})", f"Template for {term.name}")
