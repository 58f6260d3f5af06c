"""The second step of logging in: after a right password, the code of somebody's second factor."""

from __future__ import annotations

import threading

from wirepress.content import notices
from wirepress.content.identity import devices, first_step, second_factor
from wirepress.content.identity.actors import stranger
from wirepress.content.identity.attempts import Attempts, at_code
from wirepress.content.identity.cookies import Jar
from wirepress.content.languages import Language
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.site import Site
from wirepress.model.errors import CannotWrite, Conflict
from wirepress.model.user import User
from wirepress.model.web import Request, Response
from wirepress.wp import login_pages as pages
from wirepress.wp.entering import back, entered, entered_unkept
from wirepress.wp.form import Variables

ACTION = "second-factor"


class SecondStep:
    """The form of the code, and what becomes of it."""

    def __init__(self, newsroom: Newsroom, attempts: Attempts) -> None:
        self.newsroom = newsroom
        self.attempts = attempts
        self._lock = threading.Lock()
        self._used: dict[int, int] = {}  # by user, the last step that was taken while the store took nothing

    def ask(self, view: View, user: User, asked: Variables) -> Response:
        """The form, for a user whose password was right."""
        return self._form(view.site, pages.language_for(view.site, asked, user), asked, first_step.token(view, user))

    def answer(self, request: Request, asked: Variables) -> Response | None:
        """What becomes of a code that is sent; None where the first step no longer holds."""
        token = asked.posted("first_step")
        with self.newsroom.view() as view:  # nobody without the first step gets a turn to write
            known = first_step.owner_of(view, token)
            if known is None:
                return None
            device = Jar.of(view.site, request).device(view, request, known)
            place = device if devices.has_logged_in(device) else ""
            if wait := second_factor.wait(view, known.id, place):
                return self._waiting(view.site, pages.language_for(view.site, asked, known), asked, token, wait)
        try:
            with self.newsroom.write(stranger(request)) as view:
                user = first_step.owner_of(view, token)
                if user is None:
                    return None
                language = pages.language_for(view.site, asked, user)
                wait = second_factor.wait(view, user.id, place)
                if wait:
                    return self._waiting(view.site, language, asked, token, wait)
                if not second_factor.takes(view, user.id, asked.posted("authcode")):
                    if second_factor.failed(view, user.id, place):
                        notices.codes_refused(view, user)
                    return self._form(view.site, language, asked, token, _wrong(language))
                second_factor.passed(view, user.id, place)
                return entered(view, request, asked, user)
        except Conflict:
            return None
        except CannotWrite:
            return self._without_store(request, asked, token, place)

    def _without_store(self, request: Request, asked: Variables, token: str, place: str) -> Response | None:
        """As `answer`, where nothing can be written: guesses and used codes are remembered by this process."""
        with self.newsroom.view() as view:
            user = first_step.owner_of(view, token)
            if user is None:
                return None
            guess = at_code(view, user.id, place)
        self.attempts.take(guess)
        with self.newsroom.view() as view:
            step = second_factor.step_of(view, user.id, asked.posted("authcode"))
            if step is None or not self._use(user.id, step):
                language = pages.language_for(view.site, asked, user)
                return self._form(view.site, language, asked, token, _wrong(language))
        self.attempts.forgive(guess)
        with self.newsroom.view() as view:
            return entered_unkept(view, request, asked, user)

    def _use(self, user_id: int, step: int) -> bool:
        with self._lock:
            if self._used.get(user_id, -1) >= step:
                return False
            self._used[user_id] = step
            return True

    def _waiting(self, site: Site, language: Language, asked: Variables, token: str, wait: int) -> Response:
        error = language.count(
            "Too many wrong codes. Try again in %(count)s second.",
            "Too many wrong codes. Try again in %(count)s seconds.",
            wait,
        )
        response = self._form(site, language, asked, token, error)
        response.status = 429
        response.headers.append(("Retry-After", str(wait)))
        return response

    def _form(self, site: Site, language: Language, asked: Variables, token: str, *errors: str) -> Response:
        say = language.text
        words = [say("Open your authenticator app and enter its code for this site, or one of your recovery codes.")]
        field = pages.text_field("authcode", language.text("Code"), "authcode", complete="one-time-code")
        hidden = {**back(site, asked), "first_step": token}
        if asked.posted("rememberme"):
            hidden["rememberme"] = "forever"
        address = f"{site.base}/wp-login.php?action={ACTION}"
        form = pages.form(address, field, pages.button(say("Go on")), hidden=hidden, kind="second-factor-form")
        interim = "interim-login" in asked
        kind = "interim-login" if interim else "login-action-second-factor"
        again = pages.link(f"{site.base}/wp-login.php", language.text("Log in as somebody else"))
        if interim:
            again = ""
        body = f"{pages.notices(errors, words)}\n{form}\n{again}"
        return pages.page(site, language, language.text("Second step"), body, kind=kind, interim=interim)


def _wrong(language: Language) -> str:
    return language.text("This code does not hold. Codes change every half minute, and each one counts once.")
