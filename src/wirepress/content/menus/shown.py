"""The entries of classic menus as those who edit them see them: what they lead to, their words and addresses
(wp_setup_nav_menu_item)."""

from __future__ import annotations

import re

from wirepress.content import terms
from wirepress.content.menus import classic
from wirepress.content.menus.entries import Entry
from wirepress.content.newsroom import View
from wirepress.content.permalinks import archive_link
from wirepress.model.post import Post
from wirepress.model.term import Term
from wirepress.render.strip import strip_tags, trim_words
from wirepress.render.texturize import texturize
from wirepress.render.titles import title
from wirepress.render.typography import signs_for
from wirepress.store import menus as menu_store

LEADING = frozenset({"post_type", "taxonomy"})
"""The types of entries that lead to one thing."""
_NUMBER = re.compile(r"\s*(\d{1,18})")


def note(post: Post, name: str) -> str:
    """What an entry notes of itself."""
    return str(post.first_meta(f"_menu_item_{name}"))


def number(post: Post, name: str) -> int:
    found = _NUMBER.match(note(post, name))
    return int(found[1]) if found else 0


def words(post: Post, name: str) -> list[str]:
    """A list of words as WordPress keeps it: an array, or words in one text."""
    kept = post.first_meta(f"_menu_item_{name}")
    if isinstance(kept, list | tuple):
        return [str(word) for word in kept]
    return str(kept).split(" ")


def menu_of(post: Post) -> int:
    """The menu that an entry is in, 0 for none."""
    return next((term.id for term in post.terms if term.taxonomy == classic.TAXONOMY), 0)


def object_of(view: View, post: Post) -> Post | Term | None:
    """The post or term that an entry leads to."""
    found_id = number(post, "object_id")
    if note(post, "type") == "post_type":
        return view.lookup.post(found_id)
    if note(post, "type") == "taxonomy":
        term = view.lookup.term(found_id)
        if term is not None and term.taxonomy == note(post, "object"):
            return term
    return None


def plain_title(view: View, post: Post) -> str:
    """The entry's own title, else that of what it leads to, as it was written."""
    if post.title:
        return post.title
    if note(post, "type") == "post_type_archive":
        kind = view.site.type(note(post, "object"))
        return kind.labels.get("archives", kind.label) if kind else ""
    found = object_of(view, post)
    if isinstance(found, Post):
        return found.title
    return found.name if found else ""


def full_title(view: View, post: Post) -> str:
    """As `plain_title`, with the title of a post as readers see it, and a number in the place of none."""
    found = plain_title(view, post)
    if post.title or note(post, "type") not in LEADING:
        return found
    if note(post, "type") == "post_type":
        found = title(found)
    return found or f"#{note(post, 'object_id')} (no title)"


def url(view: View, post: Post) -> str:
    """Where an entry leads to; "" where a type has no archive."""
    if note(post, "type") == "post_type_archive":
        return _archive(view, note(post, "object"))
    found = object_of(view, post)
    if isinstance(found, Post):
        return view.lookup.permalink(found)
    if found:
        return view.lookup.term_link(found)
    return note(post, "url")


def _archive(view: View, name: str) -> str:
    """The address of a type's archive (get_post_type_archive_link); that of posts is the blog's."""
    kind, site = view.site.type(name), view.site
    if name == "post":
        page = site.option("show_on_front") == "page" and site.number("page_for_posts")
        blog = view.lookup.post(page) if page else None
        return view.lookup.permalink(blog) if blog else site.home
    return archive_link(site, kind) if kind and kind.has_archive else ""


def gone(view: View, post: Post) -> bool:
    """Whether what an entry leads to is there no longer."""
    kind, name = note(post, "type"), note(post, "object")
    if kind == "post_type_archive":
        return view.site.type(name) is None
    if kind not in LEADING:
        return False
    found = object_of(view, post)
    return found is None or (isinstance(found, Post) and found.status == "trash")


def description(view: View, post: Post) -> str:
    """What an entry is about: the first words of it, as plain text (nav_menu_description)."""
    return _plain(view, trim_words(post.content, 200))


def attr_title(view: View, post: Post) -> str:
    """The title attribute of an entry's link (nav_menu_attr_title)."""
    return _plain(view, post.excerpt)


def _plain(view: View, text: str) -> str:
    return strip_tags(texturize(text, signs_for(view.lookup)))


def entry(view: View, post: Post) -> Entry:
    """An entry as it stands."""
    return Entry(
        menu=menu_of(post),
        type=note(post, "type"),
        object=note(post, "object"),
        object_id=number(post, "object_id"),
        parent=number(post, "menu_item_parent"),
        position=post.menu_order,
        title=plain_title(view, post),
        url=url(view, post),
        description=post.content,
        attr_title=post.excerpt,
        target=note(post, "target"),
        classes=words(post, "classes"),
        xfn=words(post, "xfn"),
        status=post.status,
    )


def entries_of(view: View, menu: Term) -> list[Post]:
    """The entries of a menu by their places, with what they lead to fetched at once."""
    ids = menu_store.entries_of(view.unit, menu.taxonomy_id)
    lookup = view.lookup
    lookup.prefetch_posts(ids)
    found = [post for post in map(lookup.post, ids) if post is not None]
    of_posts = {number(post, "object_id") for post in found if note(post, "type") == "post_type"}
    of_terms = {number(post, "object_id") for post in found if note(post, "type") == "taxonomy"}
    lookup.prefetch_posts(of_posts)
    lookup.prefetch([post for post in map(lookup.post, of_posts) if post is not None])
    lookup.add_terms(terms.any_of(view, of_terms))
    return found
