"""`/wp-comments-post.php`: what readers send from the form under an article, and what becomes of it."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping, Sequence

from wirepress.content.addresses.own import own_address
from wirepress.content.comments import reading, submitting
from wirepress.content.comments.moderation import PAUSE
from wirepress.content.comments.submitting import Submission
from wirepress.content.identity import post_passwords
from wirepress.content.identity.actors import actor_of
from wirepress.content.identity.cookies import Jar
from wirepress.content.identity.viewer import Viewer
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.rewrite.words import leading
from wirepress.model.audit import Actor
from wirepress.model.comment import Comment
from wirepress.model.errors import Conflict, Forbidden, Invalid, NotFound, TooMany, WirepressError
from wirepress.model.web import Request, Response
from wirepress.site.discussion import ACTION, REMEMBERED, Asking, form, remembered, viewer_of
from wirepress.site.fixed import HTML, NO_CACHE
from wirepress.site.stories import Context
from wirepress.web.escapes import form_text
from wirepress.web.forms import form_of

PATH = f"/{ACTION}"
LARGEST = 1 << 20
"""The most bytes of a form."""
MOST_FIELDS = 1000
"""PHP's max_input_vars; what comes after them is passed over."""
YEAR = 365 * 24 * 3600
TIME, HIDDEN = "comment_form_time", "comment_subject"
"""The fields of the traps."""
CONSENT = "wp-comment-cookies-consent"

Page = Callable[[View, int, Context], Response]
"""Makes the page of a status that says why a comment was not taken."""


class Commenting:
    """Takes comments.  Safe to be asked by many threads.  `page` makes the page that says why one was not taken."""

    def __init__(self, newsroom: Newsroom, page: Page) -> None:
        self.newsroom = newsroom
        self.page = page

    @staticmethod
    def serves(path: str) -> bool:
        return path == PATH

    def answer(self, request: Request) -> Response:
        if request.method != "POST":
            return Response(405, [("content-type", "text/plain;charset=UTF-8"), ("allow", "POST")])
        if request.body.size > LARGEST:
            return Response(413, [("content-type", "text/plain"), *NO_CACHE], b"The form is too large.\n")
        fields = fields_of(request)
        sent = submission_of(request, fields)
        with self.newsroom.view() as view:
            viewer = viewer_of(view, request)
            try:
                submitting.refuse_flaws(view, viewer, sent, opened=_has_opened(view, sent, request))
                submitting.prepare(view, viewer, sent)
            except (Conflict, Forbidden, Invalid, NotFound, TooMany) as error:
                return self.refused(view, viewer, request, sent, error)
        # The network of a reader stands beside their comment for a while, and nowhere else.
        actor = Actor("browser") if viewer.anonymous else actor_of(viewer, request)
        try:
            with self.newsroom.write(actor) as view:
                comment = submitting.submit(view, viewer, sent, opened=_has_opened(view, sent, request))
                return taken(view, viewer, request, fields, comment)
        except (Conflict, Forbidden, Invalid, NotFound, TooMany) as error:
            with self.newsroom.view() as view:
                return self.refused(view, viewer, request, sent, error)

    def refused(
        self, view: View, viewer: Viewer, request: Request, sent: Submission, error: WirepressError
    ) -> Response:
        """The page that says what is wrong, with the form and all that was written, where it can be sent once more."""
        post = view.lookup.post(sent.post) if sent.post else None
        can_be_mended = post is not None and not isinstance(error, Forbidden | NotFound)
        asked = Asking(viewer, 0, (), remembered(view, request, viewer))
        context: Context = {"message": error.message, "form": None, "text": sent.text, "back": None}
        if post is not None and not isinstance(error, NotFound):
            context["back"] = view.lookup.permalink(post)
            if can_be_mended:
                answered = reading.get(view, sent.parent) if sent.parent else None
                context["form"] = form(view, post, asked, context["back"], answered, sent)
        response = self.page(view, status_of(error), context)
        if wait := wait_of(error):
            response.headers.append(("retry-after", str(wait)))
        return response


def status_of(error: WirepressError) -> int:
    """The status that WordPress answers with: 200 to whoever has to write something else."""
    if isinstance(error, TooMany) or error.code == "comment_flood":
        return 429
    if isinstance(error, Conflict):
        return 409
    return 403 if isinstance(error, Forbidden) else 200


def wait_of(error: WirepressError) -> int:
    """Seconds until a comment is taken again; 0 where time changes nothing."""
    if isinstance(error, TooMany):
        return error.wait
    return PAUSE if error.code == "comment_flood" else 0


def _has_opened(view: View, sent: Submission, request: Request) -> bool:
    """Whether a reader has given the password of the post, where it has one."""
    post = view.lookup.post(sent.post) if sent.post else None
    return post is None or post_passwords.opened(view, post, request)


# ---- what was sent


def fields_of(request: Request) -> Mapping[str, str]:
    """The texts of a form by their names, of two with one name the last; lists (`name[]`) are none."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    pairs: Sequence[tuple[str, str]] = ()
    if kind == "multipart/form-data":
        found = form_of(request)
        pairs = found.fields if found is not None else ()
    elif kind in ("application/x-www-form-urlencoded", ""):
        pieces = [piece for piece in request.body.read().split(b"&", MOST_FIELDS)[:MOST_FIELDS] if piece]
        pairs = [(form_text(name), form_text(value)) for name, _, value in (p.partition(b"=") for p in pieces)]
    return dict(pairs)


def submission_of(request: Request, fields: Mapping[str, str]) -> Submission:
    """The comment that a form holds."""
    post, parent = (leading(fields.get(name, "").lstrip("-")) for name in ("comment_post_ID", "comment_parent"))
    return submitting.cleaned(
        Submission(
            post=int(post or 0),
            parent=int(parent or 0),
            author=fields.get("author", ""),
            email=fields.get("email", ""),
            url=fields.get("url", ""),
            text=fields.get("comment", ""),
            time=fields.get(TIME, ""),
            hidden=fields.get(HIDDEN, ""),
            nonce=fields.get("_wp_unfiltered_html_comment", ""),
            ip=_ip(request.remote),
            agent=request.headers.get("user-agent", ""),
        )
    )


def _ip(remote: str) -> str:
    """The network address of whoever sends something; one of our own where a server in front of us names none."""
    try:
        return str(ipaddress.ip_address(remote))
    except ValueError:
        return "127.0.0.1"


# ---- what was taken


def taken(view: View, viewer: Viewer, request: Request, fields: Mapping[str, str], comment: Comment) -> Response:
    """The way to a comment that was taken; who sent one that waits is shown it there for a while."""
    link, _, place = view.lookup.comment_link(comment).partition("#")
    there = own_address(view.site, fields.get("redirect_to", ""), link) if fields.get("redirect_to") else link
    if comment.approved == "0":
        proof = submitting.preview_hash(view, comment)
        there += f"{'&' if '?' in there else '?'}unapproved={comment.id}&moderation-hash={proof}"
    lines = [] if not viewer.anonymous else cookies_of(view, request, comment, keep=CONSENT in fields)
    headers = [HTML, *NO_CACHE, *lines, ("x-redirect-by", "WordPress"), ("location", f"{there}#{place}")]
    return Response(302, headers, b"")


def cookies_of(view: View, request: Request, comment: Comment, *, keep: bool) -> list[tuple[str, str]]:
    """The cookies that remember a reader who wants that; else what there was of them goes (wp_set_comment_cookies)."""
    jar = Jar.of(view.site, request)
    values = (comment.author_name, comment.author_email, comment.author_url)
    seconds = YEAR if keep else 0
    return [
        jar.line(jar.remembered(field), value if keep else "", jar.path, seconds=seconds)
        for field, value in zip(REMEMBERED, values, strict=True)
    ]
