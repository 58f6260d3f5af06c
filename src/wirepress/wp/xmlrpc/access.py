"""Who makes a call: a name with a password or an application password, which stand among its parameters.

A wrong login ends what a request can try: the other calls of a `system.multicall` are refused without a look at their
passwords, right or wrong, as in WordPress.  Guesses count with all others at the account.
"""

from __future__ import annotations

from collections.abc import Sequence

from wirepress.content.identity import authentication, second_factor
from wirepress.content.identity.application_passwords import Uses
from wirepress.content.identity.attempts import Attempts, at_login
from wirepress.content.identity.viewer import Viewer, viewer_of
from wirepress.content.newsroom import View
from wirepress.content.people import users
from wirepress.model.errors import TooMany
from wirepress.model.user import ApplicationPassword, User
from wirepress.model.web import Request
from wirepress.wp.xmlrpc.faults import Fault, wrong_login


class Gate:
    """Who makes the calls of one request."""

    def __init__(self, request: Request, attempts: Attempts, uses: Uses | None) -> None:
        self.request = request
        self.attempts = attempts
        self.uses = uses
        self.has_failed = False

    def viewer(self, view: View, login: str, password: str) -> Viewer:
        """Whose name and password these are.  Raises Fault where they are nobody's, or are not looked at any more.

        Takes its time where a hash does (`hashing`), so it is asked before anything is written.
        """
        if self.has_failed:
            raise wrong_login()
        try:
            found = self._known(view, login, password)
        except TooMany as error:
            self.has_failed = True
            raise Fault(403, error.message) from None
        if found is None:
            self.has_failed = True
            raise wrong_login()
        return found

    def _known(self, view: View, login: str, password: str) -> Viewer | None:
        login = login.strip()
        if not login or not password:
            return None
        user, token = users.by_login(view, login), authentication.token_of(password)
        entries = self._entries(view, user)
        entry = authentication.recognised(entries, token)
        if entry is None:
            alone = user is not None and not _needs_more(view, user)
            key = ("xml-rpc", login, password, user.password if user else "", tuple(one.hash for one in entries))
            found = self.attempts.tried(
                view,
                at_login(view, user, login, self.request.remote),
                key,
                lambda: _verified(user, entries, password, token, alone=alone),
            )
            if not found:
                return None
            entry = next((one for one in entries if one.uuid == found), None)
        if user is None:
            return None
        if entry is None:
            return viewer_of(view.site, user)
        if self.uses is not None:
            self.uses.note(view, entry, self.request.remote)
        return authentication.by_application(view.site, user, entry)

    def _entries(self, view: View, user: User | None) -> Sequence[ApplicationPassword]:
        """The application passwords that count; none over plain HTTP to a hardened site."""
        if view.site.hardened and self.request.scheme != "https":
            return ()
        return authentication.application_passwords(view, user)


def _verified(
    user: User | None, entries: Sequence[ApplicationPassword], password: str, token: str, *, alone: bool
) -> str:  # fmt: skip
    """What a guess is: "password", the id of an application password, or "" where it is wrong.

    The password counts where it may stand `alone`: not of an account that has a second factor, or should have one.
    """
    if authentication.is_password(user, password) and alone:
        return "password"
    entry = authentication.found(entries, token)
    return entry.uuid if entry is not None else ""


def _needs_more(view: View, user: User) -> bool:
    return second_factor.is_on(view, user.id) or second_factor.is_required(view, viewer_of(view.site, user).roles)
