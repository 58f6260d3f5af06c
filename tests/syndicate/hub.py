"""A paper whose feed names a hub, and the hub, which a test lets confirm, deny, deliver or be silent."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.net.loopback import Loopback, reply
from tests.syndicate.site import HOME, Site, polled
from tests.syndicate.test_bad_input import feed
from wirepress.app.hubs import Callbacks
from wirepress.model.subscription import Subscription
from wirepress.model.web import Request, Response
from wirepress.model.wire import Rights, Rules
from wirepress.store import sources, subscriptions
from wirepress.syndicate.websub.keeping import Keeping

DAY = 86400


@dataclass
class Paper:
    """A feed and its hubs on one server; `names` are its articles, the newest first."""

    names: list[str] = field(default_factory=lambda: ["a"])
    hubs: list[str] = field(default_factory=lambda: ["/hub"])
    status: int = 202
    feed_status: int = 200
    url: str = ""
    more: str = ""
    """Items besides, as they are written."""
    edition: int = 0
    during: Callable[[], object] = lambda: None
    """What happens while the feed is asked for."""
    answered: int = 0
    """How often the feed was asked."""

    def __call__(self, path: str, headers: dict[str, str]) -> bytes:
        if not path.startswith("/feed"):
            return reply(self.status)
        self.answered += 1
        self.during()
        if self.feed_status != 200:
            return reply(self.feed_status)
        tag = f'"{len(self.names)} {self.edition}"'
        if headers.get("if-none-match") == tag:
            return reply(304)
        links = ", ".join(f"<{hub}>; rel=hub" for hub in self.hubs)
        body = feed(*self.names, end=f"{self.more}</channel></rss>")
        return reply(body=body, ETag=tag, Link=f"{links}, </feed>; rel=self")


@dataclass
class Round:
    """A site with the paper as its source, and what passes between its worker, its web process and the hub."""

    site: Site
    paper: Paper
    server: Loopback
    number: int
    keeping: Keeping

    @property
    def asked(self) -> list[dict[str, str]]:
        """What hubs were asked, in order."""
        return [dict(parse_qsl(body.decode())) for body in self.server.sent]

    @property
    def hubs(self) -> list[str]:
        """Which hubs were asked, in order."""
        return [path for path in self.server.paths() if path.startswith("/hub")]

    @property
    def known(self) -> Subscription:
        found = self.found
        assert found is not None
        return found

    @property
    def found(self) -> Subscription | None:
        with self.site.newsroom.database.read() as unit:
            return subscriptions.of_source(unit, self.number)

    def work(self) -> None:
        """What the worker's threads do until nothing is due."""
        polled(self.site)
        self.keeping.compare()
        while self.keeping.ask():
            pass
        polled(self.site)

    def callback(self, method: str, path: str, query: str = "", body: bytes = b"", **headers: str) -> Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return Callbacks(self.site.newsroom).answer(Request(method, path, query, named, body))

    def ask_back(self, form: dict[str, str], **changed: str) -> Response:
        """The hub asks the callback of what it was asked; a field that is changed to "" is left out."""
        said = {"hub.mode": form["hub.mode"], "hub.topic": form["hub.topic"], "hub.challenge": "c-1 &é"}
        if form["hub.mode"] == "subscribe":
            said["hub.lease_seconds"] = form["hub.lease_seconds"]
        said |= {f"hub.{name}": value for name, value in changed.items()}
        return self.callback("GET", path_of(form), urlencode({name: value for name, value in said.items() if value}))

    def confirm(self, **changed: str) -> None:
        assert self.ask_back(self.asked[-1], **changed).status == 200

    def deliver(self, body: bytes = b"<rss/>", method: str = "sha256", secret: str = "") -> Response:
        """The hub delivers."""
        signed = hmac.new((secret or self.known.secret).encode(), body, method).hexdigest()
        return self.callback("POST", path_of(self.asked[-1]), body=body, x_hub_signature=f"{method}={signed}")

    def publish(self, name: str) -> None:
        self.paper.names.insert(0, name)

    def titles(self) -> list[str]:
        return [post.title.removeprefix("Story ") for post in self.site.posts()]

    def next_in(self) -> int:
        """Seconds until the source is looked at by itself."""
        with self.site.newsroom.database.read() as unit:
            standing = sources.standing(unit, self.number)
        assert standing is not None
        return standing.next_at - int(self.site.clock.now().timestamp())


def path_of(form: dict[str, str]) -> str:
    assert form["hub.callback"].startswith(f"{HOME}/-/websub/")
    return urlsplit(form["hub.callback"]).path


@contextmanager
def subscribing(site: Site, *, websub: bool = True) -> Iterator[Round]:
    """The source was looked at, and its hub asked."""
    paper = Paper()
    with Loopback(paper) as server:
        paper.url = server.url
        number = site.add(f"{server.url}/feed", Rights.LINK, rules=Rules(page=False, websub=websub))
        made = Round(site, paper, server, number, Keeping(site.newsroom, site.fetcher))
        made.work()
        yield made


@contextmanager
def subscribed(site: Site) -> Iterator[Round]:
    """The hub has confirmed, too."""
    with subscribing(site) as made:
        made.confirm()
        yield made
