"""The rows of a list of posts: what each column says and what may be done with a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from wirepress.admin import lists, moments
from wirepress.admin.screens.post_filters import Selection, status_label, variable_of
from wirepress.admin.visit import Visit
from wirepress.content.posts import listing, locks, originals
from wirepress.content.stories import reading as stories
from wirepress.content.takedowns import reading as takedowns
from wirepress.model.moment import Stamp
from wirepress.model.post import Post
from wirepress.model.registry import Taxonomy
from wirepress.render.strip import strip_all_tags

RECENT = 86400
"""For so many seconds a date is said as a distance."""
_DEEPEST = 6
"""So many levels of a tree are drawn; what is deeper stands at the last one."""


@dataclass(frozen=True, slots=True)
class Page:
    """The posts of a page of a list, how deep each stands, and how many there are in all."""

    posts: Sequence[Post]
    depths: Mapping[int, int]
    total: int


@dataclass(frozen=True, slots=True)
class Action:
    """What may be done with a row: a link has an `href`, a button a `value`.  `key` presses it; `sure` is asked
    before."""

    label: str
    key: str
    href: str = ""
    value: str = ""
    danger: bool = False
    sure: str = ""
    is_quick: bool = False


def page_of(selection: Selection) -> Page:
    """The posts of the page that is asked for."""
    visit = selection.visit
    if selection.is_outline:
        placed = listing.outline(visit.view, visit.viewer, selection.query)
        start = (lists.page_of(visit) - 1) * selection.size
        depths = {branch.id: branch.depth for branch in placed[start : start + selection.size]}
        return Page(listing.items(visit.view, tuple(depths)), depths, len(placed))
    found = listing.browse(visit.view, visit.viewer, selection.query)
    return Page(listing.items(visit.view, found.ids), {}, found.total)


def title_of(visit: Visit, title: str) -> str:
    """A title as people read it; it is kept as HTML."""
    return unescape(strip_all_tags(title)).strip() or visit.say("(no title)")


class Rows:
    """Makes the rows of a page; what they need of others is fetched at once."""

    def __init__(self, selection: Selection, posts: Sequence[Post]) -> None:
        self.selection = selection
        self.visit = selection.visit
        self.kind = selection.kind
        self.columns = [taxonomy for taxonomy in selection.taxonomies if taxonomy.show_admin_column]
        self.holders = {post.id: locks.holder(self.visit.view, self.visit.viewer, post) for post in posts}
        self.sources, self.origins = listing.origins(self.visit.view, [post.id for post in posts])
        self.stories = stories.shared(self.visit.view, self.visit.viewer, [post.id for post in posts])
        self.changes = originals.waiting_among(self.visit.view, list(self.origins))
        selection.met.update({post.author for post in posts}, self.holders.values())

    def row(self, post: Post, depth: int | None = None) -> dict[str, Any]:
        """A row of the list; `depth` is its place in a tree, None: there is none."""
        visit = self.visit
        is_editable = visit.may("edit_post", post) and post.status != "trash"
        locked = self.holders.get(post.id, 0)
        return {
            "id": post.id,
            "title": title_of(visit, post.title),
            "dashes": "— " * min(depth or 0, _DEEPEST),
            "under": self._parent(post) if depth is None and self.kind.hierarchical else "",
            "href": visit.address(f"post.php?post={post.id}&action=edit") if is_editable else "",
            "states": self.states(post),
            "lock": visit.say("%(name)s is editing this", name=self.selection.names.get(locked, "?")) if locked else "",
            "is_checkable": is_editable or visit.may("delete_post", post),
            "author": self._author(post),
            "terms": [(visit.say(column.label), self._terms(column, post)) for column in self.columns],
            "source": self._source(post),
            "story": self._story(post),
            "change": self._change(post) if is_editable else "",
            "comments": post.comment_count,
            "comments_href": visit.address("edit-comments.php", p=post.id),
            "date": self._date(post),
            "actions": self._actions(post, is_editable=is_editable, is_locked=bool(locked)),
        }

    def states(self, post: Post) -> list[str]:
        """What is said behind a title (_post_states); the status of the open tab goes without saying."""
        visit, site = self.visit, self.visit.site
        found = []
        if post.is_protected:
            found.append(visit.say("Password"))
        if post.status not in ("publish", "trash", self.selection.status):
            found.append(status_label(visit, post.status))
        if post.id in site.sticky:
            found.append(visit.say("Sticky"))
        if post.id == site.front_page:
            found.append(visit.say("Front page"))
        if site.front_page is not None and post.id == site.number("page_for_posts"):
            found.append(visit.say("Posts page"))
        if post.id == site.number("wp_page_for_privacy_policy"):
            found.append(visit.say("Privacy policy"))
        if post.rendering is not None and post.rendering.flaw:
            found.append(visit.say("Shown as plain text: too much to be rendered"))
        return found

    def _author(self, post: Post) -> tuple[str, str]:
        return self.selection.names.get(post.author, ""), self.selection.address(author=post.author)

    def _parent(self, post: Post) -> str:
        parent = self.visit.view.lookup.post(post.parent) if post.parent else None
        return self.visit.say("under “%(title)s”", title=title_of(self.visit, parent.title)) if parent else ""

    def _terms(self, taxonomy: Taxonomy, post: Post) -> list[tuple[str, str]]:
        variable = variable_of(taxonomy)
        found = []
        for term in post.terms:
            if term.taxonomy == taxonomy.name:
                value = str(term.id) if variable == "cat" else term.slug
                found.append((unescape(term.name), self.selection.address(**{variable: value})))
        return found

    def _source(self, post: Post) -> tuple[str, str]:
        source = self.origins.get(post.id, 0)
        if not source:
            return "", ""
        return self.sources.get(source, ""), self.selection.address(source=source)

    def _story(self, post: Post) -> tuple[str, str]:
        """How many sources tell the story of a post, where several do, and where it is seen."""
        story, tellers = self.stories.get(post.id, (0, 0))
        if not story:
            return "", ""
        text = self.visit.language.count("Told by %(count)s source", "Told by %(count)s sources", tellers)
        return text, self.visit.address("admin.php?page=stories", story=story)

    def _change(self, post: Post) -> str:
        """Where it is decided what becomes of a change of the original; "" where none is offered."""
        revision = self.changes.get(post.id, 0)
        return self.visit.address(f"revision.php?revision={revision}") if revision else ""

    def _date(self, post: Post) -> dict[str, str]:
        visit = self.visit
        label, stamp = self._dated(post)
        return {"label": label, "when": near(visit, stamp), "full": moments.full(visit, stamp),
                "iso": moments.iso(visit, stamp)}  # fmt: skip

    def _dated(self, post: Post) -> tuple[str, Stamp]:
        """What the date of a row is, and the date: the last change, where a list is sorted by that."""
        say, now = self.visit.say, self.visit.view.stamps()[1]
        if self.selection.query.orderby != "modified":
            if post.status in ("publish", "private"):
                return say("Published"), post.date_gmt
            if post.status == "future":
                return say("Scheduled") if post.date_gmt >= now else say("Missed its time"), post.date_gmt
            if post.date_gmt > now and post.status != "trash":
                return say("Planned for"), post.date_gmt
        return say("Last modified"), post.modified_gmt

    def _actions(self, post: Post, *, is_editable: bool, is_locked: bool) -> list[Action]:
        """What may be done with a row."""
        visit = self.visit
        is_deletable = visit.may("delete_post", post)
        if post.status == "trash":
            return self._of_trash(post) if is_deletable else []
        found = []
        if is_editable:
            found.append(Action(visit.say("Edit"), "e", visit.address(f"post.php?post={post.id}&action=edit")))
        if is_editable and not is_locked:
            here = lists.here(visit, quick=post.id, paged=paged(visit))
            found.append(Action(visit.say("Quick edit"), "q", here, is_quick=True))
        if is_deletable and not is_locked:
            found.append(Action(visit.say("Trash"), "t", value=f"trash:{post.id}", danger=True))
        return [*found, *self._views(post, is_editable=is_editable), *self._correct(post), *self._take_down(post)]

    def _correct(self, post: Post) -> list[Action]:
        if post.type != "post" or post.status != "publish" or not self.visit.may("edit_post", post):
            return []
        return [
            Action(self.visit.say("Corrections…"), "", self.visit.address("admin.php?page=corrections", post=post.id))
        ]

    def _take_down(self, post: Post) -> list[Action]:
        if not takedowns.may(self.visit.view, self.visit.viewer):
            return []
        here = self.visit.address("admin.php?page=takedowns", post=post.id)
        return [Action(self.visit.say("Take down…"), "", here)]

    def _of_trash(self, post: Post) -> list[Action]:
        say = self.visit.say
        sure = say("Delete this for good? It cannot be brought back.")
        return [
            Action(say("Restore"), "r", value=f"untrash:{post.id}"),
            Action(say("Delete for good"), "", value=f"delete:{post.id}", danger=True, sure=sure),
        ]

    def _views(self, post: Post, *, is_editable: bool) -> list[Action]:
        visit = self.visit
        status = visit.site.status(post.status)
        if not self.kind.viewable or status is None:
            return []
        if status.public or (status.private and visit.may("read_post", post)):
            return [Action(visit.say("View"), "v", visit.view.lookup.permalink(post))]
        if is_editable and not status.private:
            return [Action(visit.say("Preview"), "v", f"{visit.site.home}/?p={post.id}&preview=true")]
        return []


def paged(visit: Visit) -> int | str:
    """The page of the list, where it is not the first: links that stay on the page keep it."""
    page = lists.page_of(visit)
    return page if page > 1 else ""


def near(visit: Visit, gmt: Stamp) -> str:
    """A date as a distance where it is of today, else as the site writes it."""
    moment = moments.moment_of(visit, gmt)
    if moment is not None and abs((visit.view.now() - moment).total_seconds()) < RECENT:
        return moments.ago(visit, gmt)
    return moments.full(visit, gmt)
