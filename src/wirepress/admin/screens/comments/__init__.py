"""Comments: the list that newsrooms moderate in, and the page of one."""

from __future__ import annotations

from collections.abc import Mapping

from wirepress.admin import waiting
from wirepress.admin.screens.comments import acts, edit, listing
from wirepress.admin.visit import Menu, Screen, Visit, needs


def _menus(visit: Visit) -> Mapping[str, Menu]:
    if not visit.may("edit_posts"):
        return {}
    return {"edit-comments.php": Menu("Comments", "comments", count=waiting.comments(visit))}


SCREENS = (
    Screen(path="edit-comments.php", show=listing.show, act=acts.act, may=needs("edit_posts"), menus=_menus),
    Screen(path="comment.php", show=edit.show, act=edit.act, may=needs("edit_posts")),
)
