"""What a template is called that bears no title of its own but whose slug says what it is for, such as `page-about`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from wirepress.content.identity.viewer import NEWSROOM, viewer_of
from wirepress.content.people import users
from wirepress.content.posts import reading
from wirepress.model.query import PostQuery, UserQuery, Visibility
from wirepress.model.user import User
from wirepress.store import terms
from wirepress.wp.call import Call

_PURPOSE = re.compile(r"(author|page|single|tag|category|taxonomy)-(.+)")
_MOST_NAMESAKES = 100


class Named(NamedTuple):
    """A title and a description, "" where it says nothing."""

    title: str
    description: str = ""


def named(call: Call, slug: str) -> Named | None:
    """The title and the description that a slug makes; None where it says nothing
    (_build_block_template_result_from_post)."""
    found = _PURPOSE.search(slug)
    if found is None:
        return None
    purpose, rest = found.groups()
    if purpose == "author":
        return _of_author(call, rest)
    if purpose == "page":
        return _of_post(call, "page", rest)
    if purpose in ("tag", "category"):
        return _of_term(call, "post_tag" if purpose == "tag" else purpose, rest)
    of_one = _of_post if purpose == "single" else _of_term
    names = call.site.registry.types if purpose == "single" else call.site.registry.taxonomies
    told = None
    for name, inner in _split(tuple(names), rest):
        told = of_one(call, name, inner)
        if told.description:
            break
    return told


def _split(names: tuple[str, ...], rest: str) -> Iterator[tuple[str, str]]:
    """The types or taxonomies that a slug may begin with, and what is left then."""
    for name in names:
        if rest.startswith(f"{name}-"):
            yield name, rest[len(name) + 1 :]


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
    term = terms.by_slug(call.view.unit, taxonomy, slug)
    if term is None:
        return Named(f"Not found: {singular} ({slug})")
    title = f"{singular}: {term.name}"
    namesakes = len(terms.by_name(call.view.unit, taxonomy, term.name)) > 1
    return Named(f"{title} ({slug})" if namesakes else title, f"Template for {term.name}")
