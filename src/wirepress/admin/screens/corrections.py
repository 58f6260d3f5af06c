"""`admin.php?page=corrections&post=3`: the corrections under an article; noting one, taking one back."""

from __future__ import annotations

from wirepress.admin import moments, pages
from wirepress.admin.screens.post_rows import title_of
from wirepress.admin.visit import Screen, Visit, needs
from wirepress.content.posts import corrections, reading
from wirepress.model.errors import Forbidden, Invalid, NotFound, WirepressError
from wirepress.model.post import Post
from wirepress.model.web import Response

HERE = "admin.php?page=corrections"


def show(visit: Visit) -> Response:
    return _page(visit, visit.asked.number("post"))


def again(visit: Visit, error: WirepressError) -> Response:
    """The form that was refused, with what was typed."""
    return _page(visit, visit.sent.number("post"), error)


def _page(visit: Visit, number: int, error: WirepressError | None = None) -> Response:
    post = _post(visit, number)
    return pages.page(
        visit,
        "corrections.html",
        visit.say("Corrections"),
        status=400 if error else 200,
        error=visit.why(error) if error else "",
        post=post.id,
        name=title_of(visit, post.title),
        text=visit.sent.text("text"),
        rows=[(moments.iso(visit, one.at), moments.full(visit, one.at), one.text) for one in corrections.of(post)],
        most=corrections.LONGEST,
        here=visit.address(HERE),
        back=visit.address(f"post.php?post={post.id}&action=edit"),
    )


def _post(visit: Visit, number: int) -> Post:
    """The article that is spoken of."""
    post = reading.get(visit.view, number) if number else None
    if post is None or post.type == "revision":
        raise NotFound("invalid_post", "There is no such post.")
    if not visit.may("edit_post", post):
        raise Forbidden("no_access", "You may not edit this.")
    return post


def act(visit: Visit) -> Response:
    sent, number = visit.sent, visit.sent.number("post")
    action, _, which = sent.text("action").partition(":")
    if action == "add":
        corrections.add(visit.view, visit.viewer, number, sent.text("text"))
    elif action == "remove" and which.isascii() and which.isdigit() and len(which) < 4:
        corrections.remove(visit.view, visit.viewer, number, int(which))
    else:
        raise Invalid("no_action", "Choose first what shall be done.")
    return pages.towards(visit, HERE, post=number, saved=1)


SCREENS = (
    Screen(path="admin.php", page="corrections", show=show, act=act, again=again, may=needs("edit_posts")),
)  # fmt: skip
