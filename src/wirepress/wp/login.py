"""Logging in and out by cookie: `/wp-login.php`, and what of `/wp-admin/` belongs to the API."""

from __future__ import annotations

from urllib.parse import quote, urlencode, urlsplit

from wirepress.content.identity import nonces, post_passwords, sessions
from wirepress.content.identity.actors import actor_of
from wirepress.content.identity.attempts import Attempts
from wirepress.content.identity.cookies import AUTH, LOGGED_IN, TEST, TEST_VALUE, Jar
from wirepress.content.identity.viewer import ANONYMOUS, Viewer
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.site import Site
from wirepress.model.errors import Conflict
from wirepress.model.web import Request, Response
from wirepress.wp import ajax
from wirepress.wp import login_pages as pages
from wirepress.wp.auth import failing
from wirepress.wp.authorize import Authorize
from wirepress.wp.form import Variables, own_address
from wirepress.wp.lost_password import LostPassword, Postbox

LOGIN, ADMIN = "/wp-login.php", "/wp-admin"
AUTHORIZE = f"{ADMIN}/authorize-application.php"
WRONG = "The name or the password is wrong."
LARGEST = 1 << 20
"""The most bytes of a form here: nobody has passwords that long."""
LOST = frozenset({"lostpassword", "retrievepassword"})
RESET = frozenset({"rp", "resetpass"})


class Login:
    """WordPress's pages for identities.  Safe to be asked by many threads."""

    def __init__(self, newsroom: Newsroom, attempts: Attempts, post: Postbox) -> None:
        self.newsroom = newsroom
        self.attempts = attempts
        self.lost = LostPassword(newsroom, attempts, post)
        self.authorize = Authorize(newsroom)

    @staticmethod
    def serves(path: str) -> bool:
        """Whether a path (as sent) is one of these pages."""
        return path in (LOGIN, ajax.PATH, AUTHORIZE)

    def answer(self, request: Request) -> Response:
        if len(request.body) > LARGEST:
            return Response(413, [("Content-Type", "text/plain"), *pages.UNCACHED], b"The form is too large.\n")
        asked = Variables.of(request)
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
                return pages.towards(self.destination(view.site, known, asked))
            if not posted:
                return self.form(view.site, request, asked)
            login, password = asked.posted("log").strip(), asked.posted("pwd")
            errors = [
                f"{what} is empty." for what, given in (("The name", login), ("The password", password)) if not given
            ]
            if "testcookie" in asked.sent and TEST not in request.cookies:
                errors.append("Your browser does not take cookies from this site; logging in needs them.")
            if errors:
                return self.form(view.site, request, asked, errors=errors)
            viewer = sessions.verified(view, login, password)
            if viewer is None or viewer.user is None:
                return self.refused(view, request, asked, login)
        newer = sessions.newer_hash(viewer.user, password)
        return self.begun(request, asked, viewer, newer)

    def begun(self, request: Request, asked: Variables, viewer: Viewer, newer: str) -> Response:
        """The answer to a right password: a new login with a token of its own, whatever cookies came along."""
        assert viewer.user is not None
        remember = bool(asked.posted("rememberme"))
        agent = request.headers.get("user-agent", "")
        try:
            with self.newsroom.write(actor_of(viewer, request)) as view:
                session = sessions.begin(
                    view, viewer.user, remember=remember, ip=request.remote, agent=agent.replace("\0", ""), newer=newer
                )
                user = view.lookup.user(viewer.id)
                assert user is not None
                lines = Jar.of(view.site, request).logged_in(view, user, session, remember=remember)
                site = view.site
        except Conflict as error:
            with self.newsroom.view() as view:
                return self.form(view.site, request, asked, errors=[error.message])
        if "interim-login" in asked:
            response = pages.page(
                site, "Logged in", pages.notices((), ["You are logged in."]), kind="interim-login-success"
            )
            response.headers += lines
            return response
        return pages.towards(self.destination(site, viewer, asked), *lines)

    def refused(self, view: View, request: Request, asked: Variables, login: str) -> Response:
        """The answer to a wrong password: the form again, or 429 after too many."""
        wait = self.attempts.fail(*failing(view, request, login))
        if not wait:
            return self.form(view.site, request, asked, errors=[WRONG])
        error = f"Too many wrong passwords. Try again in {wait} seconds."
        response = self.form(view.site, request, asked, errors=[error])
        response.status = 429
        response.headers.append(("Retry-After", str(wait)))
        return response

    def form(self, site: Site, request: Request, asked: Variables, errors: list[str] | None = None) -> Response:
        messages = []
        if not errors:
            messages = [words for name, words in TOLD.items() if name in asked.asked]
        response = pages.login_form(
            site,
            login=asked.posted("log"),
            back=own_address(site, asked.text("redirect_to"), f"{site.base}{ADMIN}/"),
            remember=bool(asked.posted("rememberme")),
            interim="interim-login" in asked,
            errors=errors or (),
            messages=messages,
        )
        jar = Jar.of(site, request)
        response.headers.append(jar.line(TEST, TEST_VALUE, jar.path))
        if asked.text("reauth"):
            response.headers += jar.logged_out()
        return response

    def destination(self, site: Site, viewer: Viewer, asked: Variables) -> str:
        """Where somebody goes who has logged in; who writes nothing goes to his profile."""
        admin = f"{site.base}{ADMIN}/"
        wanted = own_address(site, asked.text("redirect_to"), admin)
        if wanted in (admin, f"{ADMIN}/", f"{ADMIN}", "wp-admin/") and not viewer.can("edit_posts"):
            if viewer.can("read"):
                return f"{admin}profile.php"
            return site.home + "/"
        return wanted

    # ---- the passwords of posts

    def unlock(self, request: Request, asked: Variables) -> Response:
        """Notes the password that a reader gives for a post, right or wrong, and leads back to the post."""
        with self.newsroom.view() as view:
            site, jar = view.site, Jar.of(view.site, request)
            back = own_address(site, asked.posted("redirect_to") or request.headers.get("referer", ""), site.home + "/")
            given = asked.posted("post_password")
            if request.method != "POST" or not given or len(given) > post_passwords.LONGEST:
                return pages.towards(back)
            value = post_passwords.proof(view, given)
            name, seconds = post_passwords.cookie_name(site), post_passwords.LIFE
            return pages.towards(back, jar.line(name, value, jar.path, seconds=seconds))

    # ---- logging out

    def log_out(self, request: Request, asked: Variables) -> Response:
        """Ends the login that the request came with; without a nonce it asks first."""
        with self.newsroom.view() as view:
            site, jar = view.site, Jar.of(view.site, request)
            viewer = jar.viewer(view, request, LOGGED_IN, AUTH) or ANONYMOUS
            if viewer.user is not None and not nonces.holds(view, viewer, "log-out", asked.text("_wpnonce")):
                words = pages.notices((), ["Do you really want to log out?"])
                body = words + pages.link(self.log_out_address(view, viewer, asked.text("redirect_to")), "Log out")
                return pages.page(site, "Log out", body, status=403)
        if viewer.session:
            with self.newsroom.write(actor_of(viewer, request)) as view:
                sessions.end(view, viewer)
        away = own_address(site, asked.text("redirect_to"), f"{site.base}{LOGIN}?loggedout=true&wp_lang=en_US")
        return pages.towards(away, *jar.logged_out())

    @staticmethod
    def log_out_address(view: View, viewer: Viewer, back: str = "") -> str:
        words = {"action": "logout", "_wpnonce": nonces.nonce(view, viewer, "log-out")}
        return f"{view.site.base}{LOGIN}?{urlencode({**words, 'redirect_to': back} if back else words)}"

    # ---- application passwords that a program asks for

    def authorized(self, request: Request, asked: Variables) -> Response:
        """`authorize-application.php`: the question, and what becomes of the answer."""
        with self.newsroom.view() as view:
            viewer = Jar.of(view.site, request).viewer(view, request, AUTH)
            if viewer is None:
                there = urlsplit(view.site.base)
                back = f"{there.scheme}://{there.netloc}{request.path}" + (f"?{request.query}" if request.query else "")
                return pages.towards(f"{view.site.base}{LOGIN}?redirect_to={quote(back, safe='')}&reauth=1")
            if (permitted := self.authorize.permitted(view, viewer, request, asked)) is not None:
                return permitted
        return self.authorize.approved(viewer, request, asked)


TOLD = {
    "loggedout": "You are logged out.",
    "registration": "New accounts are made by the newsroom only.",
    "checkemail": "If there is such an account, a link for a new password is on its way to its e-mail address.",
}
"""What the form says to those whom another page has sent."""
