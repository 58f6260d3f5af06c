"""`/wp-admin/authorize-application.php`: a program asks a user for an application password of its own."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import urlencode

from wirepress.content.identity import application_passwords, nonces
from wirepress.content.identity.actors import actor_of
from wirepress.content.identity.permissions import may
from wirepress.content.identity.viewer import Viewer
from wirepress.content.languages import Language
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.site import Site
from wirepress.model.web import Request, Response
from wirepress.url.parse import parse, plain_url
from wirepress.wp import login_pages as pages
from wirepress.wp.form import Variables

ACTION = "authorize_application_password"
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)
FORBIDDEN = frozenset({"javascript", "data", "vbscript", "file", "blob", "about", "filesystem", "view-source"})
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
LONGEST = 2000
NAMES = ("app_name", "app_id", "success_url", "reject_url")


class Authorize:
    """Shows what is asked for, and makes the password once the user has agreed."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom

    def permitted(self, view: View, viewer: Viewer, request: Request, asked: Variables) -> Response | None:
        """The answer to everything but an approval that holds; that is `approved`, when no view is open any more."""
        site = view.site
        language = pages.language_for(site, asked, viewer.user)
        if site.hardened and request.scheme != "https":
            return refused(site, language, language.text("Application passwords are given over https only."))
        if not may(view, viewer, "create_app_password", viewer.user):
            return refused(site, language, language.text("You may not make application passwords."))
        given = {name: asked.text(name) for name in NAMES}
        flaws = flaws_of(language, given)
        if flaws:
            return refused(site, language, *flaws, status=400)
        if request.method != "POST" or asked.posted("action") != ACTION:
            return self.form(view, viewer, language, given)
        if not nonces.holds(view, viewer, ACTION, asked.posted("_wpnonce")):
            return refused(site, language, language.text("This form has expired."))
        if "approve" not in asked.sent:
            return pages.towards(rejected(given) or f"{site.base}/wp-admin/")
        if given["app_name"].strip():
            return None
        return self.form(view, viewer, language, given, [language.text("The application needs a name.")])

    def approved(self, viewer: Viewer, request: Request, asked: Variables) -> Response:
        """Makes the password, and hands it over: to the program, or to the user's eyes."""
        assert viewer.user is not None
        given = {name: asked.text(name) for name in NAMES}
        with self.newsroom.write(actor_of(viewer, request)) as view:
            kept, secret = application_passwords.create(view, viewer.id, given["app_name"], given["app_id"])
            site, name = view.site, kept.name
        if given["success_url"]:
            words = {"site_url": site.base, "user_login": viewer.user.login, "password": secret}
            return pages.towards(with_words(given["success_url"], words))
        grouped = application_passwords.grouped(secret)
        language = pages.language_for(site, asked, viewer.user)
        said = language.text("The password for %(name)s. It is shown this once:", name=name)
        body = f'{pages.notices((), [said])}<p dir="ltr"><code>{grouped}</code></p>'
        return pages.page(site, language, language.text("Application password"), body)

    def form(
        self, view: View, viewer: Viewer, language: Language, given: dict[str, str], errors: list[str] | None = None
    ) -> Response:
        assert viewer.user is not None
        name = given["app_name"].strip()
        after = _asked(language, name, viewer.user.login, given["success_url"].partition("?")[0])
        label = language.text("Name of the application")
        fields = pages.text_field("app_name", label, "app_name", value=name, complete="off")
        hidden = {n: given[n] for n in NAMES if n != "app_name"}
        hidden |= {"action": ACTION, "_wpnonce": nonces.nonce(view, viewer, ACTION)}
        allow, refuse = escape(language.text("Allow")), escape(language.text("Refuse"))
        buttons = f'<button type="submit" name="approve" value="1">{allow}</button>'
        buttons += f'<button type="submit" name="reject" value="1" formnovalidate>{refuse}</button>'
        here = f"{view.site.base}/wp-admin/authorize-application.php"
        asking = pages.form(here, fields, buttons, hidden=hidden, kind="authorize")
        body = pages.notices(errors or (), after) + asking
        return pages.page(view.site, language, language.text("Application"), body)


def _asked(language: Language, name: str, login: str, target: str) -> list[str]:
    """What an application asks for; `target` is the address that the password is handed over to, or ""."""
    if name:
        lines = [language.text("%(name)s asks for access to this site as %(login)s.", name=name, login=login)]
    else:
        lines = [language.text("An application asks for access to this site as %(login)s.", login=login)]
    lines.append(
        language.text("Allow this only to an application that you know. Its password can be taken back at any time.")
    )
    if target:
        lines.append(language.text("The password will be handed over to %(address)s", address=target))
    return lines


def refused(site: Site, language: Language, *errors: str, status: int = 403) -> Response:
    body = pages.notices(errors)
    return pages.page(site, language, language.text("Refused"), body, status=status)


def flaws_of(language: Language, given: dict[str, str]) -> list[str]:
    """What is wrong with a program's question (wp_is_authorize_application_password_request_valid)."""
    flaws = []
    if given["app_id"] and not UUID.fullmatch(given["app_id"]):
        flaws.append(language.text("The application's id is no UUID."))
    wrong = [name for name in NAMES[2:] if given[name] and not _usable(given[name])]
    flaws += [language.text("The address %(name)s cannot be used.", name=name) for name in wrong]
    return flaws


def _usable(address: str) -> bool:
    """An address of https, of a program's own scheme, or of this very machine, that nobody could read otherwise."""
    if not address.isascii() or not address.isprintable() or set(address) & set(" \\") or len(address) > LONGEST:
        return False
    there = parse(address)
    if there is None or there.scheme in FORBIDDEN:
        return False
    if there.scheme in ("http", "https"):
        there = plain_url(address)
        return there is not None and not there.login and (there.scheme == "https" or there.host in LOOPBACK)
    return True


def rejected(given: dict[str, str]) -> str:
    """Where a refusal leads; "" for nowhere."""
    if given["reject_url"]:
        return given["reject_url"]
    if given["success_url"]:
        return with_words(given["success_url"], {"success": "false"})
    return ""


def with_words(address: str, words: dict[str, str]) -> str:
    """An address with more variables (add_query_arg)."""
    front, hash_, fragment = address.partition("#")
    front += ("&" if "?" in front else "?") + urlencode(words)
    return front + hash_ + fragment
