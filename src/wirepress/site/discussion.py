"""What readers said of an article, and the form in which they say it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qs, quote

from wirepress.content.addresses.page import comment_page_address, discussion_feed, visible
from wirepress.content.comments import submitting, threads, traps, writing
from wirepress.content.comments.submitting import Submission
from wirepress.content.comments.threads import ThreadPage
from wirepress.content.identity import nonces
from wirepress.content.identity.cookies import LOGGED_IN, Jar
from wirepress.content.identity.viewer import ANONYMOUS, Viewer
from wirepress.content.newsroom import View
from wirepress.content.people import avatars
from wirepress.content.rewrite.target import Target
from wirepress.content.rewrite.words import leading
from wirepress.model.comment import Comment
from wirepress.model.post import Post
from wirepress.model.web import Request
from wirepress.render.blocks.shown import counted
from wirepress.render.comments import comment_text
from wirepress.render.typography import signs_for
from wirepress.site.stories import TONES, Context, date_text, iso
from wirepress.url.parse import is_address

ACTION = "wp-comments-post.php"
PINGS = ("pingback", "trackback")
DEEPEST = 10
REMEMBERED = ("", "email", "url")
"""The fields that a reader may have remembered by cookies, by the words in their names."""
_LONGEST_COOKIE = 300


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks for the discussion of a post, and what of it: `reply` is the comment that they want to answer,
    `waiting` are comments of theirs that nobody else sees yet, `remembered` what their browser knows of them."""

    viewer: Viewer
    reply: int
    waiting: Sequence[Comment]
    remembered: tuple[str, ...]

    @property
    def is_personal(self) -> bool:
        """Whether what they are shown is for nobody else."""
        return not self.viewer.anonymous or bool(self.waiting) or any(self.remembered)


def asking(view: View, post: Post, request: Request) -> Asking:
    """Who asks for the discussion of a post, by the cookies and the query of their request."""
    viewer = viewer_of(view, request)
    words = parse_qs(request.query)
    asked = {name: values[-1] for name, values in words.items()}
    waiting = threads.waiting_of(view, post, viewer.id)
    number = leading(asked.get("unapproved", ""))
    if number and all(comment.id != int(number) for comment in waiting):
        comment = submitting.previewed(view, int(number), asked.get("moderation-hash", ""))
        if comment is not None and comment.post == post.id:
            waiting.append(comment)
    return Asking(viewer, int(leading(asked.get("replytocom", "")) or 0), waiting, remembered(view, request, viewer))


def viewer_of(view: View, request: Request) -> Viewer:
    """Whoever's login a request brings; nobody where it brings none."""
    if "wordpress_logged_in" not in request.headers.get("cookie", ""):
        return ANONYMOUS
    return Jar.of(view.site, request).viewer(view, request, LOGGED_IN) or ANONYMOUS


def remembered(view: View, request: Request, viewer: Viewer) -> tuple[str, ...]:
    """The name, the e-mail address and the website that a browser brings by cookie; "" for each that it does not."""
    if "comment_author_" not in request.headers.get("cookie", "") or not viewer.anonymous:
        return ("", "", "")
    jar, cookies = Jar.of(view.site, request), request.cookies
    return tuple(cookies.get(jar.remembered(field), "").strip()[:_LONGEST_COOKIE] for field in REMEMBERED)


def discussion(view: View, post: Post, target: Target, asked: Asking) -> Context | None:
    """The comments of a post in threads, a page of them, with the form where it is open; None where there is neither.

    Nothing of a protected post.
    """
    if post.is_protected:
        return None
    is_open = visible(view, post) and writing.open_for_comments(view, post)
    if not (is_open or post.comment_count or asked.waiting):
        return None
    page = threads.page_of(view, post, target.comment_page, asked.waiting)
    link = view.lookup.permalink(post)
    here = _address(view, link, target)
    may_write = not asked.viewer.anonymous or not view.site.flag("comment_registration")
    shown = _Shown(view, page, here if is_open and may_write else "")
    written = _written(view, post, asked, page, shown.here)
    if is_open and not may_write:
        written["login"] = f"{view.site.base}/wp-login.php?redirect_to={quote(link, safe='')}"
    entries = shown.threads()
    return written | {
        "count_text": "",
        "feed": "",
        "entries": entries,
        "pings": shown.pings(),
        "turning": turning(view, page, link),
        "is_closed": not is_open,
        "is_beyond": bool(target.comment_page) and not entries,
        **(_counted(view, post) if post.comment_count else {}),
    }


def _address(view: View, link: str, target: Target) -> str:
    """The address of the page of comments that is asked for, of the post at `link`."""
    if target.comment_page and view.site.flag("page_comments"):
        return comment_page_address(view, link, target.comment_page)
    return link


def _written(view: View, post: Post, asked: Asking, page: ThreadPage, here: str) -> Context:
    """The form of who may write at this address, and the comment of the page that it answers; nothing where `here` is
    "": nobody may."""
    nothing: Context = {"form": None, "login": "", "answered": 0}
    if not here:
        return nothing
    answered = threads.answered(view, post, page, asked.reply)
    on_page = answered is not None and page.holds(answered.id)
    return nothing | {"form": form(view, post, asked, here, answered), "answered": asked.reply if on_page else 0}


def _counted(view: View, post: Post) -> Context:
    """How many comments a post has, and the address of their feed, "" of what is not everybody's to read."""
    feed = discussion_feed(view, post) if visible(view, post) else ""
    return {"count_text": counted(post.comment_count, "comment", "comments"), "feed": feed}


def author_of(comment: Comment) -> str:
    return unescape(comment.author_name) or "Anonymous"


def turning(view: View, page: ThreadPage, link: str) -> Context | None:
    """The addresses of older and newer comments; None where one page holds all.  Lower numbers are older."""
    if page.pages < 2:
        return None
    first_shown = 1 if view.site.option("default_comments_page") == "oldest" else page.pages

    def address(number: int) -> str:
        there = (
            link if number == first_shown and page.number <= page.pages else comment_page_address(view, link, number)
        )
        return f"{there}#comments"

    place = min(page.number, page.pages + 1)
    return {
        "older": address(place - 1) if place > 1 else None,
        "newer": address(place + 1) if place < page.pages else None,
        "number": page.number,
        "total": page.pages,
    }


class _Shown:
    """Comments as the templates take them.  `here` is the address that links to answer lead to, "" where nobody can."""

    def __init__(self, view: View, page: ThreadPage, here: str) -> None:
        self.view = view
        self.page = page
        self.here = here
        self.signs = signs_for(view.lookup)
        self.deepest = min(max(view.site.number("thread_comments_depth"), 1), DEEPEST)
        self.answers = threads.are_threaded(view)
        self.pictured = view.site.flag("show_avatars")
        self.gravatar = view.site.flag(avatars.GRAVATAR)

    def threads(self) -> list[Context]:
        """What people said, each thread from its first comment on."""
        said = (comment for comment in self.page.tops if comment.type not in PINGS)
        return [entry for comment in said for entry in self.thread(comment, 1)]

    def pings(self) -> list[Context]:
        """What other sites said by pings."""
        return [self.entry(comment) for comment in self.page.tops if comment.type in PINGS]

    def thread(self, comment: Comment, depth: int) -> list[Context]:
        """A comment with the answers to it; what is deeper than threads are shown stands beside what it answers."""
        entry = self.entry(comment)
        below = [child for answer in self.page.under.get(comment.id, ()) for child in self.thread(answer, depth + 1)]
        if depth >= self.deepest:
            return [entry, *below]
        entry["children"] = below
        return [entry]

    def entry(self, comment: Comment) -> Context:
        """One comment, without the answers to it."""
        url = unescape(comment.author_url)
        waits = comment.approved != "1"
        joint = "&" if "?" in self.here else "?"
        can_be_answered = self.here and self.answers and not waits and comment.type not in PINGS
        return {
            "id": comment.id,
            "author": author_of(comment),
            "url": url if is_address(url) else None,
            "avatar": self.avatar(comment),
            "date_iso": iso(comment.date_gmt),
            "date_text": date_text(self.view, comment.date_gmt),
            "content_html": comment_text(comment.content, smiley_images=None, signs=self.signs),
            "is_waiting": waits,
            "reply": f"{self.here}{joint}replytocom={comment.id}#respond" if can_be_answered else None,
            "children": [],
        }

    def avatar(self, comment: Comment) -> Context | None:
        """A person's picture, drawn here unless the owner wants readers' browsers to ask Gravatar for it."""
        if not self.pictured:
            return None
        name = author_of(comment)
        picture = avatars.of_email(self.view.site, comment.author_email)["96"] if self.gravatar else ""
        return {"initials": avatars.initials(name), "tone": avatars.tone(name, TONES), "picture": picture}


# ---- the form


def form(
    view: View, post: Post, asked: Asking, here: str, answered: Comment | None = None, sent: Submission | None = None
) -> Context:
    """The form under a post, for a comment or for an answer; with what was `sent` where it is shown again."""
    site, viewer = view.site, asked.viewer
    name, email, url = (sent.author, sent.email, sent.url) if sent is not None else asked.remembered
    user = None
    if viewer.user is not None:
        away = nonces.nonce(view, viewer, "log-out")
        leave = f"action=logout&redirect_to={quote(here, safe='')}&_wpnonce={away}"
        user = {
            "name": viewer.user.name,
            "profile": f"{site.base}/wp-admin/profile.php",
            "log_out": f"{site.base}/wp-login.php?{leave}",
        }
    return {
        "action": f"{site.base}/{ACTION}",
        "post": post.id,
        "parent": answered.id if answered is not None else 0,
        "answered": author_of(answered) if answered is not None else "",
        "cancel": f"{here}#respond",
        "user": user,
        "nonce": nonces.nonce(view, viewer, submitting.nonce_action(post.id)) if viewer.can("unfiltered_html") else "",
        "time": traps.kept_time(view, post.id, sent.time if sent is not None else ""),
        "is_required": site.flag("require_name_email"),
        "author": name,
        "email": email,
        "website": url,
        "text": sent.text if sent is not None else "",
        "consent": site.flag("show_comments_cookies_opt_in"),
        "is_remembered": any(asked.remembered),
        "longest": writing.LONGEST,
        "note": policy(view),
    }


def policy(view: View) -> Context | None:
    """The page of the site's privacy policy, where it has a published one."""
    number = view.site.number("wp_page_for_privacy_policy")
    post = view.lookup.post(number) if number else None
    if post is None or post.type != "page" or not visible(view, post):
        return None
    return {"url": view.lookup.permalink(post), "title": unescape(post.title) or "Privacy"}
