"""One request of a screen, and what a screen is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol
from urllib.parse import urlencode

from wirepress.admin.forms import Values
from wirepress.admin.live import Fragment
from wirepress.content.identity import nonces
from wirepress.content.identity.attempts import Attempts
from wirepress.content.identity.permissions import Thing, may
from wirepress.content.identity.viewer import Viewer
from wirepress.content.imports import Allowed
from wirepress.content.languages import Language
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.site import Site
from wirepress.content.themes.theme import Theme
from wirepress.model.errors import WirepressError
from wirepress.model.post import Post
from wirepress.model.registry import PostType
from wirepress.model.user import User
from wirepress.model.web import Request, Response

Preload = Callable[[View, Viewer, Request, Post, PostType], Mapping[str, Any]]
Group = Literal["", "posts", "media", "pages", "comments", "sources", "users", "settings", "tools"] | str
"""A group of the menu: one of these, or one that a menu entry brings along with its `heading`."""


class ThemeFlaw(Protocol):
    """Something that is wrong with a theme, and in which of its files."""

    @property
    def place(self) -> str: ...

    @property
    def message(self) -> str: ...


class Activation(Protocol):
    """Checks themes and has the site shown in one; the readers' site has it."""

    def check(self, name: str) -> tuple[Theme, Sequence[ThemeFlaw]]: ...

    def ready(self, name: str) -> tuple[Theme, Sequence[ThemeFlaw]]: ...

    def activate(self, view: View, theme: Theme) -> None: ...


@dataclass(frozen=True, slots=True)
class Ports:
    """What the administration is given by whoever composes it.

    `preload` gives what the editor of a post would ask of the API, `themes` checks and activates themes, `attempts`
    counts wrong passwords and codes, `upload_limit` is the most bytes of a file, `imports` what may be imported from
    here, `editor_texts` gives the block editor's own texts in a language.  `mails`: whether mails leave the server;
    else they come into its log.  `degraded` says what of the site does not work now (`DEGRADED` of `pages`).
    """

    newsroom: Newsroom
    preload: Preload
    attempts: Attempts
    themes: Activation
    upload_limit: int = 64 << 20
    imports: Allowed = field(default_factory=Allowed)
    editor_texts: Callable[[str], Mapping[str, Any]] = lambda locale: {}  # noqa: ARG005 (nobody has laid any down)
    mails: bool = True
    degraded: Callable[[], Sequence[str]] = tuple


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of a screen: the view that it is answered from, who asks, and what they sent.

    `asked` are the variables of the address, `sent` those of the form.  `prepared` is what the screen made ready before
    the write began, `opened` what opening the page made, `counted` what was counted for it already.
    """

    ports: Ports
    view: View
    viewer: Viewer
    request: Request
    language: Language
    screen: Screen
    asked: Values = field(default_factory=Values)
    sent: Values = field(default_factory=Values)
    opened: Any = None
    prepared: Any = None
    counted: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def newsroom(self) -> Newsroom:
        return self.ports.newsroom

    @property
    def upload_limit(self) -> int:
        return self.ports.upload_limit

    @property
    def imports(self) -> Allowed:
        return self.ports.imports

    @property
    def attempts(self) -> Attempts:
        """Wrong passwords and codes, counted together with those of logging in."""
        return self.ports.attempts

    @property
    def site(self) -> Site:
        return self.view.site

    @property
    def user(self) -> User:
        """The user who asks; nobody else gets to a screen."""
        assert self.viewer.user is not None
        return self.viewer.user

    def may(self, capability: str, thing: Thing = None) -> bool:
        """Whether the user has a capability, for a thing where it is asked of one (current_user_can)."""
        return may(self.view, self.viewer, capability, thing)

    def say(self, text: str, /, **words: object) -> str:
        """A text of ours in the user's language, with words put in its places (`%(name)s`)."""
        return self.language.text(text, **words)

    def why(self, error: WirepressError) -> str:
        """What went wrong, in the user's language."""
        return self.language.error(error)

    def address(self, path: str = "", /, **variables: Any) -> str:
        """The address of a screen; variables that are empty are left out."""
        given = {name: value for name, value in variables.items() if value not in ("", None, 0, ())}
        found = f"{self.site.base}/wp-admin/{path}"
        if given:
            found += ("&" if "?" in path else "?") + urlencode(given, doseq=True)
        return found

    def nonce(self, action: str = "") -> str:
        """What a form of a screen carries, so that no other site can send it."""
        return nonces.nonce(self.view, self.viewer, f"admin:{action or self.screen.path}")


@dataclass(frozen=True, slots=True)
class Menu:
    """A screen's place in the menu; `order` counts in its group, the first one stands for it.

    `heading` is what a group is called that is not one of ours: it stands behind the pages.  `count` is how much waits
    there.
    """

    label: str
    group: Group = ""
    order: int = 0
    icon: str = ""
    heading: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """A page of the administration.

    `path` is its address below `/wp-admin/`; screens of one path are told apart by `page` (`admin.php?page=sources`).
    `may` is asked before anything else, with what was sent.  `show` answers a GET, `act` a POST whose nonce holds, in a
    view that writes; `again` gives the page of a form that `act` refused (Invalid, Conflict), with what was typed;
    nothing of it was kept.  `opens` is what opening the page changes (a new post, a lock), in a view that writes and
    before `show`, which finds its result as `visit.opened`.  `menus` gives the entries of the menu: screens of every
    type or taxonomy have some, a part of another screen none.  `live` gives the part of the page that follows what goes
    on (`events=1` among the variables); it is asked every second, in a view that reads.

    `prepare` does the costly part of a POST that is allowed (pictures, password hashes) in a view that reads, so that
    no other write waits for it; `act` finds it as `visit.prepared`.  A Response of it is the answer, and nothing is
    written.  `files`: forms of this screen may bring files.  `enrols`: it answers those as well who have to have a
    second factor and have none.
    """

    path: str
    show: Callable[[Visit], Response]
    may: Callable[[Visit], bool]
    page: str = ""
    act: Callable[[Visit], Response] | None = None
    again: Callable[[Visit, WirepressError], Response] | None = None
    opens: Callable[[Visit], Any] | None = None
    prepare: Callable[[Visit], Any] | None = None
    files: bool = False
    enrols: bool = False
    menus: Callable[[Visit], Mapping[str, Menu]] | None = None
    live: Callable[[Visit], Fragment] | None = None


def needs(capability: str) -> Callable[[Visit], bool]:
    """The rule that asks for a capability."""
    return lambda visit: visit.may(capability)
