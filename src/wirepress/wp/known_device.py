"""`/wp-login.php?action=device`: a link by mail makes a browser known to an account that is being guessed at."""

from __future__ import annotations

import logging
from html import escape

from wirepress.content.identity import attempts, devices
from wirepress.content.identity.actors import stranger
from wirepress.content.identity.attempts import Attempts
from wirepress.content.identity.cookies import Jar
from wirepress.content.languages import Language
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.people import users
from wirepress.content.site import Site
from wirepress.model.errors import WirepressError
from wirepress.model.web import Request, Response
from wirepress.wp import login_pages as pages
from wirepress.wp.form import Variables
from wirepress.wp.lost_password import Postbox, too_many, too_many_mails

logger = logging.getLogger("wirepress.login")

ACTION = "device"


class KnownDevice:
    """The asking for a link, and what becomes of it."""

    def __init__(self, newsroom: Newsroom, attempts_: Attempts, post: Postbox) -> None:
        self.newsroom = newsroom
        self.attempts = attempts_
        self.post = post

    def answer(self, request: Request, asked: Variables) -> Response:
        if request.method == "POST" and asked.posted("key"):
            return self.make_known(request, asked)
        if request.method == "POST":
            return self.ask(request, asked)
        with self.newsroom.view() as view:
            return _opened(view, pages.language_for(view.site, asked), asked.text("key"))

    def ask(self, request: Request, asked: Variables) -> Response:
        """Takes a name; the answer and its time are the same whether there is such an account or not."""
        login = asked.posted("log").strip()
        with self.newsroom.view() as view:
            site = view.site
            mail = attempts.of_mail(view, users.by_login(view, login), login, request.remote)
        try:
            with self.newsroom.view() as view:
                attempts.check(view, mail, self.attempts.remembered)
            self.attempts.take(mail)
        except attempts.Refused as refused:
            language = pages.language_for(site, asked)
            return too_many(_page(site, language, [too_many_mails(language, refused)], ""), refused)
        ip = request.remote
        self.post.later(lambda: self.mail(login, ip))
        return pages.towards(f"{site.base}/wp-login.php?devicemailed=1")

    def mail(self, login: str, ip: str) -> None:
        """Sends the link, where there is such an account."""
        try:
            with self.newsroom.write() as view:
                user = users.by_login(view, login)
                letter = devices.letter(view, user, ip) if user is not None else None
            if letter is not None:
                self.post.send(letter)
        except WirepressError as error:
            logger.warning("a link for a device could not be mailed: %s", error.message)

    def make_known(self, request: Request, asked: Variables) -> Response:
        """Uses the link up: the account knows this browser from now on."""
        key = asked.posted("key")
        with self.newsroom.view() as view:  # nobody without a link gets a turn to write
            if devices.owner_of(view, key) is None:
                return _gone(view, pages.language_for(view.site, asked))
        with self.newsroom.write(stranger(request)) as view:
            user = devices.use(view, key)
            if user is None:
                return _gone(view, pages.language_for(view.site, asked))
            line = Jar.of(view.site, request).known(view, user, mailed=True)
            return pages.towards(f"{view.site.base}/wp-login.php?deviceknown=1", line)


def _gone(view: View, language: Language) -> Response:
    words = language.text("This link does not hold any more. Links hold for a day, and once.")
    return _page(view.site, language, [words], "", status=403)


def _opened(view: View, language: Language, key: str) -> Response:
    """The page of a link: opening it alone does nothing, since what looks at mails opens links too."""
    user = devices.owner_of(view, key) if key else None
    if user is None:
        return _gone(view, language)
    asked = language.text(
        "Do you log in as %(login)s on this device? Then make it known to the account.", login=user.login
    )
    words = pages.notices((), [asked])
    button = pages.button(language.text("This is my device"))
    form = pages.form(f"{view.site.base}/wp-login.php?action={ACTION}", "", button, hidden={"key": key}, kind="device")
    return _page(view.site, language, (), words + form)


def _page(
    site: Site, language: Language, errors: list[str] | tuple[()], body: str, *, status: int = 200
) -> Response:  # fmt: skip
    back = pages.link(f"{site.base}/wp-login.php", language.text("Log in"))
    shown = f"{pages.notices(errors)}{body}{back}"
    return pages.page(site, language, language.text("A new device"), shown, status=status)


def offer(site: Site, language: Language, login: str) -> str:
    """The form that asks for a link, beside a refusal."""
    asked = language.text("Is the account yours? Have a link mailed that lets you log in on this device.")
    words = pages.notices((), [asked])
    button = f'<button type="submit">{escape(language.text("Mail me a link"))}</button>'
    address = f"{site.base}/wp-login.php?action={ACTION}"
    return words + pages.form(address, "", button, hidden={"log": login}, kind="devicelink")
