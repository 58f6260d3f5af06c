"""`/wp-login.php?action=confirmaction`: a link by mail confirms a request for somebody's personal data."""

from __future__ import annotations

from wirepress.content.identity import attempts
from wirepress.content.identity.actors import stranger
from wirepress.content.identity.attempts import Attempts
from wirepress.content.languages import Language
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.privacy import requests
from wirepress.content.privacy.requests import Kind, PersonalRequest
from wirepress.model.web import Request, Response
from wirepress.wp import login_pages as pages
from wirepress.wp.form import Variables
from wirepress.wp.lost_password import too_many, too_many_mails

ACTION = "confirmaction"


class ConfirmRequest:
    """The page of such a link, and what becomes of its button."""

    def __init__(self, newsroom: Newsroom, attempts_: Attempts) -> None:
        self.newsroom = newsroom
        self.attempts = attempts_

    def answer(self, request: Request, asked: Variables) -> Response:
        number, key = _number(asked.text("request_id")), asked.text("confirm_key")
        with self.newsroom.view() as view:  # nobody without a link gets a turn to write
            language = pages.language_for(view.site, asked)
            guess = attempts.of_link(view, request.remote)
            try:
                attempts.check(view, guess, self.attempts.remembered)
            except attempts.Refused as refused:
                page = _page(view, language, pages.notices([too_many_mails(language, refused)]), 429)
                return too_many(page, refused)
            found = requests.holding(view, number, key)
            if found is not None and request.method != "POST":
                return _opened(view, language, found, key)
        if found is None:
            self.attempts.take(guess)  # of either method: both tell whether a key holds
            return self._gone(language)
        with self.newsroom.write(stranger(request)) as view:
            done = requests.confirm(view, number, key)
        if done is None:
            return self._gone(language)
        with self.newsroom.view() as view:
            return _page(view, language, pages.notices((), [_thanks(language, done.kind)]))

    def _gone(self, language: Language) -> Response:
        words = language.text("This link does not hold any more. Links hold for a day, and once.")
        with self.newsroom.view() as view:
            return _page(view, language, pages.notices([words]), 403)


def _opened(view: View, language: Language, found: PersonalRequest, key: str) -> Response:
    """The page of a link: opening it alone does nothing, since what looks at mails opens links too."""
    what = requests.asked_for(language, found.kind)
    words = [language.text("Do you ask this for %(address)s: %(what)s?", address=found.address, what=what)]
    if found.kind is Kind.ERASE:
        words.append(language.text("What is erased cannot be brought back."))
    hidden = {"request_id": str(found.id), "confirm_key": key}
    button = pages.button(language.text("Yes, I ask for it"))
    address = f"{view.site.base}/wp-login.php?action={ACTION}"
    form = pages.form(address, "", button, hidden=hidden, kind="confirmaction")
    return _page(view, language, pages.notices((), words) + form)


def _thanks(language: Language, kind: Kind) -> str:
    if kind is Kind.EXPORT:
        return language.text("Thank you. The newsroom has been told, and sends you what it holds of you.")
    return language.text("Thank you. The newsroom has been told. You get a mail when it is done.")


def _page(view: View, language: Language, body: str, status: int = 200) -> Response:
    return pages.page(view.site, language, language.text("Personal data"), body, status=status)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
