"""What the frames of a review show: an article as it would be published, and what is kept of its original.

Both are pages of their own that run no script and ask no other site for anything, whatever they hold.
"""

from __future__ import annotations

from wirepress.admin import assets, pages
from wirepress.admin.visit import Visit
from wirepress.content.posts import reading
from wirepress.model.errors import NotFound
from wirepress.model.web import Response
from wirepress.syndicate import entries
from wirepress.web.headers import Kind, guards


def show(visit: Visit) -> Response:
    """The part that is asked for.  Raises NotFound where there is nothing of it."""
    number = visit.asked.number("post")
    post = reading.get(visit.view, number)
    if post is None or not visit.may("edit_post", post):
        raise NotFound("no_post", "This is not there any more.")
    if visit.asked.text("part") == "original":
        original = entries.original_of_held(visit.view, number)
        if original is None:
            raise NotFound("no_post", "This is not there any more.")
        markup, title = original.markup, visit.say("Original")
    else:
        markup, title = post.content, visit.say("Article")
    text = pages.environment(visit.language).get_template("review/aside.html").render(
        language=visit.language, title=title, markup=markup, style=visit.address() + assets.address("review-aside.css")
    )  # fmt: skip
    headers = [("content-type", "text/html; charset=utf-8"), ("cache-control", "no-store, private")]
    return Response(200, [*headers, *guards(Kind.ASIDE)], text.encode("utf-8", "replace"))
