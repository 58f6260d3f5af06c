"""`/wp-login.php?action=setup&key=...`: makes the first administrator of a site that has no user."""

from __future__ import annotations

from wirepress.content.identity.actors import stranger
from wirepress.content.identity.passwords import hash_password
from wirepress.content.languages import Language
from wirepress.content.newsroom import Newsroom
from wirepress.content.people import first_user, users
from wirepress.content.site import Site
from wirepress.model.errors import WirepressError
from wirepress.model.web import Request, Response
from wirepress.render.values import is_email
from wirepress.wp import login_pages as pages
from wirepress.wp.entering import entered
from wirepress.wp.form import Variables
from wirepress.wp.lost_password import password_flaws

ACTION = "setup"


class Setup:
    """The form of the first administrator, and what becomes of it."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom

    def answer(self, request: Request, asked: Variables) -> Response:
        key = asked.text("key")
        with self.newsroom.view() as view:
            site = view.site
            language = pages.language_for(site, asked)
            if not first_user.holds(view, key):
                return self._gone(site, language)
            if request.method != "POST":
                return self._form(site, language, asked, ())
            login, email = asked.posted("user_login").strip(), asked.posted("email").strip()
            errors = [] if users.is_login(view, login) else [language.text(users.NO_LOGIN)]
            if not is_email(email):
                errors.append(language.text("This is no e-mail address."))
            errors += password_flaws(asked, language)
        if errors:
            return self._form(site, language, asked, errors)
        hashed = hash_password(asked.posted("pass1"))
        try:
            with self.newsroom.write(stranger(request)) as view:
                if not first_user.holds(view, key):
                    return self._gone(site, language)
                return entered(view, request, asked, first_user.create(view, login, email, hashed))
        except WirepressError as error:
            return self._form(site, language, asked, [language.error(error)])

    def _gone(self, site: Site, language: Language) -> Response:
        gone = language.text("This address holds no more: it was used, or the server has shown a newer one since.")
        body = pages.notices([gone]) + pages.link(f"{site.base}/wp-login.php", language.text("Log in"))
        return pages.page(site, language, language.text("Setup"), body, status=403)

    def _form(self, site: Site, language: Language, asked: Variables, errors: list[str] | tuple[()]) -> Response:
        words = [
            language.text("Welcome. This site has no user yet: make the first administrator, who can then make others.")
        ]
        login, email = asked.posted("user_login"), asked.posted("email")
        fields = (
            pages.text_field("user_login", language.text("Username"), "user_login", value=login),
            pages.text_field("email", language.text("E-mail address"), "email", value=email, complete="email"),
            pages.password_field("pass1", language.text("Password"), "pass1", complete="new-password"),
            pages.password_field("pass2", language.text("The same again"), "pass2", complete="new-password"),
        )
        address = f"{site.base}/wp-login.php?action={ACTION}"
        button = pages.button(language.text("Make the administrator"))
        hidden = {"key": asked.text("key")}
        form = pages.form(address, "\n".join(fields), button, hidden=hidden, kind="setup")
        return pages.page(site, language, language.text("Setup"), f"{pages.notices(errors, words)}\n{form}")
