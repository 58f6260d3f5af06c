"""What people are told by mail of what is done to the site.

A notice is noted while something is written, and leaves only when that is kept (`Newsroom.write`): nothing waits for
a mail server, and nobody is told of what was undone.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import unescape

from wirepress.content.identity.permissions import may
from wirepress.content.identity.viewer import Viewer, viewer_of
from wirepress.content.newsroom import View
from wirepress.model.comment import Comment
from wirepress.model.mail import Mail
from wirepress.model.post import Post
from wirepress.model.user import User
from wirepress.render.strip import strip_all_tags

_LONGEST_TITLE, _LONGEST_TEXT = 100, 10_000
_COMMENT = """{what} on "{title}"
{post}

From: {name} ({ip})
E-mail: {email}
Site: {url}

{text}

{end}
"""
_CHANGED = """Hello {name},

{what} on {site} was changed.

If it was not you, write to {admin} at once.

{home}
"""
_CONFIRM = """Hello {name},

you asked that {email} be your e-mail address on {site}.

Follow this link while you are logged in to confirm it:

{link}

Until then the address that you had stays. If it was not you, nothing needs to be done.

{home}
"""
_SECOND_FACTOR = """Hello {name},

{what} ({site}).

If it was not you, choose a new password and write to {admin} at once.

{home}
"""


# ---- comments


def comment_created(view: View, viewer: Viewer, comment: Comment, post: Post) -> None:
    """Tells of a new comment: the author of the post, when it is shown (wp_new_comment_notify_postauthor); those who
    moderate, when it waits (wp_new_comment_notify_moderator)."""
    if comment.type == "note":
        if str(view.site.option("wp_notes_notify", "1")) not in ("", "0"):
            _tell_author(view, viewer, comment, post)
    elif comment.approved == "1":
        approved(view, viewer, comment, post)
    elif comment.approved == "0" and view.site.flag("moderation_notify"):
        _tell_moderators(view, comment, post)


def approved(view: View, viewer: Viewer, comment: Comment, post: Post) -> None:
    """Tells the author of the post of a comment that is shown from now on."""
    if comment.type != "note" and view.site.flag("comments_notify"):
        _tell_author(view, viewer, comment, post)


def _tell_author(view: View, viewer: Viewer, comment: Comment, post: Post) -> None:
    """Not of what they said or approved themselves, nor where they may no longer read the post
    (wp_notify_postauthor)."""
    author = view.lookup.user(post.author)
    if author is None or author.id in (comment.user, viewer.id):
        return
    if may(view, viewer_of(view.site, author), "read_post", post):
        what = "A note" if comment.type == "note" else "A comment"
        _tell(view, (author.email,), what, comment, post, f"It is at {view.lookup.comment_link(comment)}")


def _tell_moderators(view: View, comment: Comment, post: Post) -> None:
    """The site's keeper, and the author of the post where they may moderate what is said there
    (wp_notify_moderator)."""
    recipients = [str(view.site.option("admin_email"))]
    author = view.lookup.user(post.author)
    another = author is not None and author.email.lower() != recipients[0].lower()
    if author is not None and another and may(view, viewer_of(view.site, author), "edit_comment", comment):
        recipients.append(author.email)
    end = f"It is shown when somebody approves it: {view.lookup.comment_link(comment)}"
    _tell(view, recipients, "A comment waits", comment, post, end)


def _tell(view: View, recipients: Sequence[str], what: str, comment: Comment, post: Post, end: str) -> None:
    title = _plain(post.title)[:_LONGEST_TITLE]
    text = _COMMENT.format(
        what=what,
        title=title,
        post=view.lookup.permalink(post),
        name=_plain(comment.author_name),
        ip=comment.author_ip,
        email=comment.author_email,
        url=comment.author_url,
        text=unescape(comment.content)[:_LONGEST_TEXT],
        end=end,
    )
    for address in recipients:
        _note(view, address, f'{what} on "{title}"', text)


# ---- accounts


def account_changed(view: View, before: User, after: User) -> None:
    """Tells users that their password or their address was changed, at the address that they had (wp_update_user)."""
    if after.password != before.password:
        password_given(view, before)
    if after.email != before.email:
        what = f"Your e-mail address (now {after.email})"
        _note(view, before.email, "Your e-mail address was changed", _changed(view, before.name, what))


def password_given(view: View, user: User) -> None:
    """Tells a user that their password was changed, by whomever."""
    _note(view, user.email, "Your password was changed", _changed(view, user.name, "Your password"))


def address_to_confirm(view: View, user: User, email: str, link: str) -> None:
    """Asks at a new address whether it is the user's (new_user_email_content)."""
    text = _CONFIRM.format(name=_plain(user.name), email=email, link=link, **_words(view))
    _note(view, email, "Your new e-mail address", text)


def second_factor_changed(view: View, user: User, *, on: bool) -> None:
    """Tells users that their logins ask for a code from now on, or no longer."""
    what = f"The second factor of your account was switched {'on' if on else 'off'}"
    _note(view, user.email, what, _SECOND_FACTOR.format(name=_plain(user.name), what=what, **_words(view)))


def codes_refused(view: View, user: User) -> None:
    """Tells users that somebody gives their password and guesses at codes."""
    what = "Somebody gave your password and then several wrong codes"
    _note(view, user.email, what, _SECOND_FACTOR.format(name=_plain(user.name), what=what, **_words(view)))


def password_chosen(view: View, user: User) -> None:
    """Tells the site's keeper that a user who had lost the password has a new one (wp_password_change_notification)."""
    keeper = str(view.site.option("admin_email"))
    if user.email.lower() != keeper.lower():
        _note(view, keeper, "A password was changed", f"{user.login} has chosen a new password.\n")


def keeper_changed(view: View, before: str, after: str) -> None:
    """Tells the site's keeper that messages go elsewhere from now on (wp_site_admin_email_change_notification)."""
    if before and after != before:
        what = f"The address for messages about the site (now {after})"
        _note(view, before, "The site's e-mail address was changed", _changed(view, before, what))


def _changed(view: View, name: str, what: str) -> str:
    return _CHANGED.format(name=_plain(name), what=what, **_words(view))


def _words(view: View) -> dict[str, str]:
    admin = str(view.site.option("admin_email"))
    return {"site": _name(view), "admin": admin, "home": view.site.home}


# ----


def _note(view: View, address: str, subject: str, text: str) -> None:
    if address:
        view.mails.append(Mail(address, " ".join(f"[{_name(view)}] {subject}".split()), text))


def _name(view: View) -> str:
    return _plain(str(view.site.option("blogname"))) or view.site.host


def _plain(text: str) -> str:
    return " ".join(unescape(strip_all_tags(text)).split())
