"""Comments that readers send from the form under an article (wp_handle_comment_submission)."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass, replace
from datetime import timedelta

from wirepress.content import permalinks
from wirepress.content.comments import traps, writing
from wirepress.content.comments.traps import Caught
from wirepress.content.comments.writing import CommentChanges
from wirepress.content.identity import attempts, nonces
from wirepress.content.identity.attempts import Guess
from wirepress.content.identity.permissions import readable
from wirepress.content.identity.remembered import Remembered
from wirepress.content.identity.viewer import Viewer
from wirepress.content.languages import texts
from wirepress.content.newsroom import View
from wirepress.content.posts.cleaning import LONG
from wirepress.content.rendering import ONE_AT_A_TIME
from wirepress.model.comment import Comment
from wirepress.model.errors import Forbidden, Invalid, NotFound
from wirepress.model.moment import utc
from wirepress.model.post import Post
from wirepress.render.strip import strip_tags
from wirepress.render.urls import clean_raw_url
from wirepress.store import comments as store

PREVIEWED = timedelta(minutes=10)
"""How long the sender of a comment that waits is shown it."""
_EMAIL = re.compile(r"[^\s@]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)
SHORTEST_EMAIL = 6
"""How many characters no e-mail address has less of."""
_TOO_LONG = dict(
    zip(
        ("author_name", "author_email", "author_url", "content"),
        texts(
            "Your name is too long.",
            "Your e-mail address is too long.",
            "The address of your website is too long.",
            "Your comment is too long.",
        ),
        strict=True,
    )
)
_BLANKS = " \t\n\r\v\f"


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A form as it was sent.  `time` and `hidden` are the fields of the traps, `nonce` lets the HTML of those pass who
    may write any; `ip` and `agent` are whose the request is."""

    post: int
    parent: int = 0
    author: str = ""
    email: str = ""
    url: str = ""
    text: str = ""
    time: str = ""
    hidden: str = ""
    nonce: str = ""
    ip: str = ""
    agent: str = ""


def nonce_action(post_id: int) -> str:
    """What the nonce is for that lets any HTML pass (wp_comment_form_unfiltered_html_nonce)."""
    return f"unfiltered-html-comment_{post_id}"


def cleaned(sent: Submission) -> Submission:
    """A form without NULs and without what no field of it keeps."""
    return replace(
        sent,
        author=strip_tags(_without_nuls(sent.author)).strip(_BLANKS),
        email=_without_nuls(sent.email).strip(_BLANKS),
        url=_without_nuls(sent.url).strip(_BLANKS),
        text=_without_nuls(sent.text).strip(_BLANKS),
        agent=_without_nuls(sent.agent)[: writing.LONGEST_AGENT - 1],
    )


def refuse_flaws(view: View, viewer: Viewer, sent: Submission, *, opened: bool) -> None:
    """Raises what speaks against a comment, in the order in which WordPress asks; `sent` is `cleaned`.

    `opened`: whoever sends it has given the post's password, where it has one.
    """
    post = view.lookup.post(sent.post) if sent.post else None
    _refuse_parent(view, sent)
    _refuse_post(view, viewer, post, opened=opened)
    if viewer.anonymous and view.site.flag("comment_registration"):
        raise Forbidden("not_logged_in", "Only people with an account may comment here. Log in first.")
    if viewer.anonymous and view.site.flag("require_name_email"):
        if len(sent.email) < SHORTEST_EMAIL or not sent.author:
            raise Invalid("require_name_email", "A comment needs your name and your e-mail address.")
        if not _EMAIL.fullmatch(sent.email):
            raise Invalid("require_valid_email", "This is no e-mail address: look at it once more.")
    if not sent.text:
        raise Invalid("require_valid_comment", "You have not written anything yet.")
    _refuse_lengths(viewer, sent)


def _refuse_parent(view: View, sent: Submission) -> None:
    if not sent.parent:
        return
    parent = store.get(view.unit, sent.parent)
    if parent is None or parent.approved != "1":
        raise Forbidden("comment_reply_to_unapproved_comment", "What you are answering is not shown here any more.")


def _refuse_post(view: View, viewer: Viewer, post: Post | None, *, opened: bool) -> None:
    kind = view.site.status(permalinks.effective_status(post, view.lookup)) if post is not None else None
    if post is None or (kind is not None and kind.private and not readable(view, viewer, post)):
        raise NotFound("comment_id_not_found", "There is no such article here.")
    if not writing.open_for_comments(view, post):
        raise Forbidden("comment_closed", "Comments on this article are closed.")
    if post.status == "trash":
        raise NotFound("comment_on_trash", "There is no such article here.")
    if kind is None or not (kind.public or kind.private):
        if readable(view, viewer, post):
            raise Forbidden("comment_on_draft", "This article is not published yet; nobody can comment on it.")
        raise NotFound("comment_on_draft", "There is no such article here.")
    if not opened:
        raise NotFound("comment_on_password_protected", "This article is protected by a password: enter it first.")


def _refuse_lengths(viewer: Viewer, sent: Submission) -> None:
    """WordPress bounds what users' accounts say of them elsewhere."""
    given = {"author_name": sent.author, "author_email": sent.email, "author_url": sent.url, "content": sent.text}
    bounded = given if viewer.anonymous else {"content": sent.text}
    for name, text in bounded.items():
        if len(text.encode("utf-8", "replace")) > writing.LONGEST[name]:
            raise Invalid(f"{writing.COLUMNS[name]}_column_length", _TOO_LONG[name])


def prepare(view: View, viewer: Viewer, sent: Submission) -> None:
    """Raises for one who has sent too much lately, and filters a long text before its write begins: nobody waits for
    that then."""
    if not viewer.can("moderate_comments"):
        attempts.check(view, _counted(view, viewer, sent), Remembered())
    if len(sent.text) >= LONG:
        with ONE_AT_A_TIME:
            writing.filter_ahead(view, viewer, sent.text)


def submit(view: View, viewer: Viewer, sent: Submission, *, opened: bool) -> Comment:
    """Takes a comment, in a view that writes.

    Raises as `refuse_flaws`, Conflict for what was said before, Invalid (`comment_flood`) and TooMany for too much.
    """
    refuse_flaws(view, viewer, sent, opened=opened)
    if not viewer.can("moderate_comments"):
        attempts.take(view, _counted(view, viewer, sent))
    given = CommentChanges(
        post=sent.post, parent=_parent_under(view, sent), author_ip=sent.ip, agent=sent.agent, content=sent.text
    )
    if viewer.user is not None:
        given = replace(given, user=viewer.id)
    else:
        # An address without its scheme is meant as one of the web.
        url = clean_raw_url(sent.url) if sent.url else ""
        given = replace(given, author_name=sent.author, author_email=sent.email, author_url=url)
    trusted = nonces.holds(view, viewer, nonce_action(sent.post), sent.nonce)
    return writing.create(view, viewer, given, caught=_caught(view, viewer, sent), filtered=not trusted)


def _parent_under(view: View, sent: Submission) -> int:
    """What a comment answers; what stands under another post is no parent (WordPress takes it, and shows the answer
    nowhere)."""
    parent = store.get(view.unit, sent.parent) if sent.parent else None
    return parent.id if parent is not None and parent.post == sent.post else 0


def _caught(view: View, viewer: Viewer, sent: Submission) -> Caught:
    return traps.caught_in(view, sent.post, sent.time, sent.hidden) if viewer.anonymous else Caught.NOT


def _counted(view: View, viewer: Viewer, sent: Submission) -> Guess:
    return attempts.of_comment(view, viewer.id, sent.ip, caught=_caught(view, viewer, sent) is not Caught.NOT)


def _without_nuls(text: str) -> str:
    return text.replace("\0", "")


# ---- the preview of what waits


def preview_hash(view: View, comment: Comment) -> str:
    """What proves in an address that somebody has sent a comment that waits."""
    return nonces.signed(view, "comment preview", comment.id, comment.date_gmt)[:32]


def previewed(view: View, comment_id: int, given: str) -> Comment | None:
    """The comment that waits and that whoever has this hash has sent, for a while; None for anybody else."""
    comment = store.get(view.unit, comment_id)
    if comment is None or comment.approved != "0":
        return None
    made = utc(comment.date_gmt)
    is_right = hmac.compare_digest(preview_hash(view, comment).encode(), given.encode("utf-8", "replace"))
    return comment if is_right and made is not None and view.now() - made <= PREVIEWED else None
