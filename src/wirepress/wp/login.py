"""Logging in and out by cookie: `/wp-login.php`, and what of `/wp-admin/` belongs to the API."""

from __future__ import annotations

from urllib.parse import quote, urlencode, urlsplit

from wirepress.content.addresses.own import own_address
from wirepress.content.identity import authentication, nonces, post_passwords, second_factor, sessions
from wirepress.content.identity.actors import actor_of, stranger
from wirepress.content.identity.attempts import Attempts, Refused, at_login
from wirepress.content.identity.cookies import AUTH, LOGGED_IN, TEST, TEST_VALUE, Jar
from wirepress.content.identity.viewer import ANONYMOUS, Viewer
from wirepress.content.languages import Language
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.people import users
from wirepress.content.site import Site
from wirepress.model.errors import CannotWrite, TooMany, WirepressError
from wirepress.model.user import User
from wirepress.model.web import Request, Response
from wirepress.wp import ajax
from wirepress.wp import login_pages as pages
from wirepress.wp.authorize import Authorize
from wirepress.wp.confirm_request import ACTION as CONFIRM
from wirepress.wp.confirm_request import ConfirmRequest
from wirepress.wp.entering import ENROLMENT, back, destination, entered, entered_unkept
from wirepress.wp.form import Variables
from wirepress.wp.known_device import ACTION as DEVICE
from wirepress.wp.known_device import KnownDevice, offer
from wirepress.wp.lost_password import LostPassword, Postbox, too_many
from wirepress.wp.second_step import ACTION as SECOND
from wirepress.wp.second_step import SecondStep
from wirepress.wp.setup import ACTION as SETUP
from wirepress.wp.setup import Setup

LOGIN, ADMIN = "/wp-login.php", "/wp-admin"
AUTHORIZE = f"{ADMIN}/authorize-application.php"
LARGEST = 1 << 20
"""The most bytes of a form here: nobody has passwords that long."""
LOST = frozenset({"lostpassword", "retrievepassword"})
RESET = frozenset({"rp", "resetpass"})


class Login:
    """WordPress's pages for identities.  Safe to be asked by many threads."""

    def __init__(self, newsroom: Newsroom, attempts: Attempts, post: Postbox, *, mails: bool = True) -> None:
        """`mails`: whether the postbox's mails leave the server; else they come into its log."""
        self.newsroom = newsroom
        self.mails = mails
        self.attempts = attempts
        self.lost = LostPassword(newsroom, attempts, post)
        self.authorize = Authorize(newsroom)
        self.device = KnownDevice(newsroom, attempts, post)
        self.second = SecondStep(newsroom, attempts)
        self.setup = Setup(newsroom)
        self.others = {
            SETUP: self.setup.answer,
            DEVICE: self.device.answer,
            CONFIRM: ConfirmRequest(newsroom, attempts).answer,
        }

    @staticmethod
    def serves(path: str) -> bool:
        """Whether a path (as sent) is one of these pages."""
        return path in (LOGIN, ajax.PATH, AUTHORIZE)

    def answer(self, request: Request) -> Response:
        if request.body.size > LARGEST:
            return Response(413, [("Content-Type", "text/plain"), *pages.UNCACHED], b"The form is too large.\n")
        asked = Variables.of(request)
        try:
            return self.page(request, asked)
        except TooMany as error:
            with self.newsroom.view() as view:
                return self.refused(view.site, request, asked, error)

    def page(self, request: Request, asked: Variables) -> Response:
        if request.path == ajax.PATH:
            return ajax.answer(self.newsroom, request, asked)
        if request.path == AUTHORIZE:
            return self.authorized(request, asked)
        action = asked.text("action")
        if action == "logout":
            return self.log_out(request, asked)
        if action in LOST or action in RESET:
            return self.lost.answer(request, asked, asking=action in LOST)
        if action == "postpass":
            return self.unlock(request, asked)
        if action == SECOND:
            return self.second_step(request, asked)
        if action in self.others:
            return self.others[action](request, asked)
        if action == "register":
            with self.newsroom.view() as view:
                return pages.towards(f"{view.site.base}{LOGIN}?registration=disabled")
        return self.log_in(request, asked)

    # ---- logging in

    def log_in(self, request: Request, asked: Variables) -> Response:
        """The form, and what becomes of it (wp_signon)."""
        posted = request.method == "POST" and ("log" in asked.sent or "pwd" in asked.sent)
        with self.newsroom.view() as view:
            jar = Jar.of(view.site, request)
            known = None if asked.text("reauth") else jar.viewer(view, request, AUTH, LOGGED_IN)
            if not posted and known is not None and "interim-login" not in asked:
                return pages.towards(destination(view.site, known, asked))
            if not posted:
                return self.form(view.site, request, asked)
            login, password = asked.posted("log").strip(), asked.posted("pwd")
            language = pages.language_for(view.site, asked)
            errors = flaws_of(request, asked, language)
            if errors:
                return self.form(view.site, request, asked, errors=errors)
            user = users.by_login(view, login)
            guess = at_login(view, user, login, request.remote, jar.device(view, request, user))
            # The hash that is verified is the one that the login is begun with.
            key = ("password", login, password, user.password if user is not None else "")
            right = self.attempts.tried(view, guess, key, lambda: authentication.is_password(user, password))
            if user is None or not right:
                wrong = language.text("The name or the password is wrong.")
                return self.form(view.site, request, asked, errors=[wrong])
        return self.begun(request, asked, user, sessions.newer_hash(user, password))

    def begun(self, request: Request, asked: Variables, user: User, newer: str) -> Response:
        """The answer to a right password: a new login, or the question for the code of a second factor."""
        try:
            with self.newsroom.write(stranger(request)) as view:
                if not second_factor.is_on(view, user.id):
                    return entered(view, request, asked, user, newer)
                if newer:
                    users.keep_password(view, user, newer)
                return self.second.ask(view, users.existing(view, user.id), asked)
        except CannotWrite:
            with self.newsroom.view() as view:
                if not second_factor.is_on(view, user.id):
                    return entered_unkept(view, request, asked, user)
                return self.second.ask(view, user, asked)
        except WirepressError as error:
            with self.newsroom.view() as view:
                language = pages.language_for(view.site, asked)
                return self.form(view.site, request, asked, errors=[language.error(error)])

    def second_step(self, request: Request, asked: Variables) -> Response:
        """The answer to a code; where the first step no longer holds, the form of the first."""
        response = None
        if request.method == "POST":
            response = self.second.answer(request, asked)
        if response is not None:
            return response
        with self.newsroom.view() as view:
            language = pages.language_for(view.site, asked)
            gone = language.text("That took too long. Log in again.")
            return self.form(view.site, request, asked, errors=[gone])

    def refused(self, site: Site, request: Request, asked: Variables, error: TooMany) -> Response:
        """The answer to a password that is not looked at: the form again; a link by mail helps whose account it is."""
        language = pages.language_for(site, asked)
        words, more = language.error(error), ""
        if "log" not in asked.sent:  # a new password: whoever loads the page again sends it again
            return too_many(pages.page(site, language, language.text("Not now"), pages.notices([words])), error)
        if isinstance(error, Refused):
            words = _waiting(language, error)
            more = offer(site, language, asked.posted("log").strip())
        return too_many(self.form(site, request, asked, errors=[words], more=more), error)

    def form(
        self, site: Site, request: Request, asked: Variables, errors: list[str] | None = None, more: str = ""
    ) -> Response:
        language = pages.language_for(site, asked)
        messages = []
        if not errors:
            said = _said(language, mails=self.mails)
            messages = [words for name, words in said.items() if name in asked.asked]
        response = pages.login_form(
            site,
            language,
            login=asked.posted("log"),
            hidden=back(site, asked),
            remember=bool(asked.posted("rememberme")),
            errors=errors or (),
            messages=messages,
            more=more,
        )
        jar = Jar.of(site, request)
        response.headers.append(jar.line(TEST, TEST_VALUE, jar.path))
        if asked.text("reauth"):
            response.headers += jar.logged_out()
        return response

    # ---- the passwords of posts

    def unlock(self, request: Request, asked: Variables) -> Response:
        """Notes the password that a reader gives for a post, right or wrong, and leads back to the post."""
        with self.newsroom.view() as view:
            site, jar = view.site, Jar.of(view.site, request)
            there = own_address(
                site, asked.posted("redirect_to") or request.headers.get("referer", ""), site.home + "/"
            )
            given = asked.posted("post_password")
            if request.method != "POST" or not given or len(given) > post_passwords.LONGEST:
                return pages.towards(there)
            value = post_passwords.proof(view, given)
            name, seconds = post_passwords.cookie_name(site), post_passwords.LIFE
            return pages.towards(there, jar.line(name, value, jar.path, seconds=seconds))

    # ---- logging out

    def log_out(self, request: Request, asked: Variables) -> Response:
        """Ends the login that the request came with; without a nonce it asks first."""
        with self.newsroom.view() as view:
            site, jar = view.site, Jar.of(view.site, request)
            viewer = jar.viewer(view, request, LOGGED_IN, AUTH) or ANONYMOUS
            if viewer.user is not None and not nonces.holds(view, viewer, "log-out", asked.text("_wpnonce")):
                language = pages.language_for(site, asked, viewer.user)
                body = pages.notices((), [language.text("Do you really want to log out?")])
                address = self.log_out_address(view, viewer, asked.text("redirect_to"))
                body += pages.link(address, language.text("Log out"))
                return pages.page(site, language, language.text("Log out"), body, status=403)
        if viewer.session:
            with self.newsroom.write(actor_of(viewer, request)) as view:
                sessions.end(view, viewer)
        locale = (viewer.user.locale if viewer.user else "") or site.locale
        words = urlencode({"loggedout": "true", "wp_lang": locale})
        away = own_address(site, asked.text("redirect_to"), f"{site.base}{LOGIN}?{words}")
        return pages.towards(away, *jar.logged_out())

    @staticmethod
    def log_out_address(view: View, viewer: Viewer, after: str = "") -> str:
        words = {"action": "logout", "_wpnonce": nonces.nonce(view, viewer, "log-out")}
        return f"{view.site.base}{LOGIN}?{urlencode({**words, 'redirect_to': after} if after else words)}"

    # ---- application passwords that a program asks for

    def authorized(self, request: Request, asked: Variables) -> Response:
        """`authorize-application.php`: the question, and what becomes of the answer."""
        with self.newsroom.view() as view:
            viewer = Jar.of(view.site, request).viewer(view, request, AUTH)
            if viewer is None:
                there = urlsplit(view.site.base)
                here = f"{there.scheme}://{there.netloc}{request.path}" + (f"?{request.query}" if request.query else "")
                return pages.towards(f"{view.site.base}{LOGIN}?redirect_to={quote(here, safe='')}&reauth=1")
            if second_factor.is_due(view, viewer):
                return pages.towards(f"{view.site.base}{ADMIN}/{ENROLMENT}")
            if (permitted := self.authorize.permitted(view, viewer, request, asked)) is not None:
                return permitted
        return self.authorize.approved(viewer, request, asked)


def flaws_of(request: Request, asked: Variables, language: Language) -> list[str]:
    """What is missing in the form of name and password."""
    flaws = []
    if not asked.posted("log").strip():
        flaws.append(language.text("The name is empty."))
    if not asked.posted("pwd"):
        flaws.append(language.text("The password is empty."))
    if "testcookie" in asked.sent and TEST not in request.cookies:
        flaws.append(language.text("Your browser does not take cookies from this site; logging in needs them."))
    return flaws


def _said(language: Language, *, mails: bool) -> dict[str, str]:
    """What the form says to those whom another page has sent; `mails`: whether mails leave the server."""
    sent = language.text("If there is such an account, a link for a new password is on its way to its e-mail address.")
    device = language.text("If there is such an account, a link for this device is on its way to its e-mail address.")
    if not mails:
        device = language.text("If there is such an account, a link for this device is in the log of this server.")
        sent = language.text(
            "If there is such an account, a link for a new password is in the log of this server: no mail leaves it."
            " Whoever runs the server can give you the link."
        )
    return {
        "loggedout": language.text("You are logged out."),
        "registration": language.text("New accounts are made by the newsroom only."),
        "devicemailed": device,
        "deviceknown": language.text("The account knows this device now. Log in."),
        "checkemail": sent,
    }


def _waiting(language: Language, error: Refused) -> str:
    if error.lasting:
        return language.text(
            "Too many wrong passwords were given for this account. Only devices that it knows may log in for now."
        )
    return language.count(
        "Too many wrong passwords. Try again in %(count)s second.",
        "Too many wrong passwords. Try again in %(count)s seconds.",
        error.wait,
    )
