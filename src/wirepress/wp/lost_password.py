"""A new password for who has lost theirs: the asking, the link by mail, the choosing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Protocol

from wirepress.content.identity import attempts
from wirepress.content.identity.actors import stranger
from wirepress.content.identity.attempts import Attempts
from wirepress.content.identity.cookies import Jar
from wirepress.content.identity.passwords import hash_password
from wirepress.content.languages import Language
from wirepress.content.newsroom import Newsroom
from wirepress.content.people import resetting, users
from wirepress.content.site import Site
from wirepress.model.errors import TooMany, WirepressError
from wirepress.model.mail import Mail
from wirepress.model.web import Request, Response
from wirepress.wp import login_pages as pages
from wirepress.wp.form import Variables

logger = logging.getLogger("wirepress.login")

LONGEST_PASSWORD = 4096


class Postbox(Protocol):
    """Takes mails, and work that leads to mails, so that nobody waits for them."""

    def later(self, work: Callable[[], None]) -> None: ...

    def send(self, mail: Mail) -> None: ...


class LostPassword:
    """The forms of `lostpassword` and `rp`."""

    def __init__(self, newsroom: Newsroom, attempts: Attempts, post: Postbox) -> None:
        self.newsroom = newsroom
        self.attempts = attempts
        self.post = post

    def answer(self, request: Request, asked: Variables, *, asking: bool) -> Response:
        if asking:
            return self.ask(request, asked)
        return self.choose(request, asked)

    def ask(self, request: Request, asked: Variables) -> Response:
        """Takes a name; the answer and its time are the same whether there is such an account or not."""
        with self.newsroom.view() as view:
            site = view.site
        language = pages.language_for(site, asked)
        login = asked.posted("user_login").strip()
        if request.method != "POST" or not login:
            flaws = {
                "invalidkey": language.text("This link does not hold."),
                "expiredkey": language.text("This link does not hold any more."),
            }
            errors = [words for name, words in flaws.items() if asked.text("error") == name]
            if request.method == "POST":
                errors.append(language.text("The name is empty."))
            return self.asking(site, language, errors)
        try:
            with self.newsroom.view() as view:
                mail = attempts.of_mail(view, users.by_login(view, login), login, request.remote)
                attempts.check(view, mail, self.attempts.remembered)
            self.attempts.take(mail)
        except attempts.Refused as refused:
            return too_many(self.asking(site, language, [too_many_mails(language, refused)]), refused)
        ip = request.remote
        self.post.later(lambda: self.mail(login, ip))
        return pages.towards(f"{site.base}/wp-login.php?checkemail=confirm")

    def asking(self, site: Site, language: Language, errors: list[str]) -> Response:
        fields = pages.text_field("user_login", language.text("Username or email address"), "user_login")
        address = f"{site.base}/wp-login.php?action=lostpassword"
        button = pages.button(language.text("Get a new password"))
        asked = pages.form(address, fields, button, hidden={}, kind="lostpasswordform")
        back = pages.link(f"{site.base}/wp-login.php", language.text("Log in"))
        return pages.page(site, language, language.text("Lost password"), f"{pages.notices(errors)}\n{asked}\n{back}")

    def mail(self, login: str, ip: str) -> None:
        """Sends the link, where there is such an account."""
        try:
            with self.newsroom.write() as view:
                user = users.by_login(view, login)
                if user is None or not user.email:
                    return
                letter = resetting.letter(view, user, ip)
            self.post.send(letter)
        except WirepressError as error:
            logger.warning("a new password could not be mailed: %s", error.message)

    def choose(self, request: Request, asked: Variables) -> Response:
        """Takes the key from the link into a cookie, so that no address holds it any longer, and then the password."""
        with self.newsroom.view() as view:
            site, jar = view.site, Jar.of(view.site, request)
            here = f"{site.base}/wp-login.php"
            if request.method == "GET" and asked.text("key"):
                line = jar.line(
                    jar.reset_name, f"{asked.text('login')}:{asked.text('key')}", jar.site_path + "wp-login.php"
                )
                return pages.towards(f"{here}?action=rp", line)
            login, _, key = request.cookies.get(jar.reset_name, "").rpartition(":")
            user = None
            if key:
                user = resetting.owner_of(view, login, key)
            if user is None or (request.method == "POST" and asked.posted("rp_key") != key):
                gone = jar.line(jar.reset_name, "", jar.site_path + "wp-login.php", seconds=0)
                return pages.towards(f"{here}?action=lostpassword&error=invalidkey", gone)
        language = pages.language_for(site, asked, user)
        password = asked.posted("pass1")
        errors: list[str] = []
        if request.method == "POST":
            errors = password_flaws(asked, language)
        if request.method != "POST" or errors:
            return self.choosing(site, language, key, errors)
        hashed = hash_password(password)
        with self.newsroom.write(stranger(request)) as view:
            user = resetting.owner_of(view, login, key)  # nobody may have used it meanwhile
            if user is not None:
                resetting.choose(view, user, hashed)
                known = jar.known(view, users.existing(view, user.id), mailed=True)
        gone = jar.line(jar.reset_name, "", jar.site_path + "wp-login.php", seconds=0)
        if user is None:
            return pages.towards(f"{here}?action=lostpassword&error=invalidkey", gone)
        words = pages.notices((), [language.text("Your new password is saved.")])
        words += pages.link(here, language.text("Log in"))
        response = pages.page(site, language, language.text("New password"), words)
        response.headers += [gone, known]
        return response

    def choosing(self, site: Site, language: Language, key: str, errors: list[str]) -> Response:
        fields = pages.password_field("pass1", language.text("New password"), "pass1", complete="new-password")
        again = language.text("The same again")
        fields += "\n" + pages.password_field("pass2", again, "pass2", complete="new-password")
        save, hidden = pages.button(language.text("Save")), {"rp_key": key}
        address = f"{site.base}/wp-login.php?action=resetpass"
        asking = pages.form(address, fields, save, hidden=hidden, kind="resetpassform")
        body = f"{pages.notices(errors)}\n{asking}"
        return pages.page(site, language, language.text("New password"), body)


def too_many(response: Response, error: TooMany) -> Response:
    """A page that says that something was asked for too often, as such an answer."""
    response.status = 429
    response.headers.append(("Retry-After", str(error.wait)))
    return response


def too_many_mails(language: Language, error: TooMany) -> str:
    """What is said to whoever asks for mails too often."""
    return language.count(
        "Too many mails were asked for. Try again in %(count)s second.",
        "Too many mails were asked for. Try again in %(count)s seconds.",
        error.wait,
    )


def password_flaws(asked: Variables, language: Language) -> list[str]:
    """What is wrong with a password that a form gives, twice where it asks for that."""
    password = asked.posted("pass1")
    if not password.strip():
        return [language.text("The password is empty.")]
    if "pass2" in asked.sent and asked.posted("pass2") != password:
        return [language.text("The passwords are not the same.")]
    if len(password.encode()) > LONGEST_PASSWORD:
        return [language.text("The password is too long.")]
    return []
