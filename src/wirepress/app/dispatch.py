"""What a web process answers with: the API, the administration, the feeds, the reader's pages."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, TypeVar
from urllib.parse import urlsplit

from wirepress.admin.admin import Admin
from wirepress.admin.visit import Ports
from wirepress.app.bodies import FOLDER, Sender, Spooled
from wirepress.app.compose import open_newsroom
from wirepress.app.editor_texts import EditorTexts
from wirepress.app.health import Health
from wirepress.app.hubs import Callbacks
from wirepress.app.imports import allowed
from wirepress.app.metrics import Counts, Metrics
from wirepress.app.postbox import Postbox
from wirepress.app.settings import Settings
from wirepress.content import beforehand
from wirepress.content.beforehand import Outcomes, Wanted
from wirepress.content.identity.attempts import Attempts
from wirepress.content.identity.permissions import may
from wirepress.content.newsroom import Newsroom
from wirepress.feeds.feeds import Feeds
from wirepress.model.errors import ConnectionLost, Unavailable
from wirepress.model.web import Request, Response
from wirepress.net.mail import leaves, mailer_of
from wirepress.site.activating import Activation
from wirepress.site.reader import Reader
from wirepress.wp.api import Api
from wirepress.wp.errors import WireError
from wirepress.wp.login import Login
from wirepress.wp.preload import preloaded
from wirepress.wp.xmlrpc.server import XmlRpc

T = TypeVar("T")

FILES: Final = ("upload_files", "edit_theme_options", "import")
"""Who may do one of these may send files: to the library, as fonts, to be imported."""


class Dispatcher:
    """What the web process answers with: the API, the administration, the feeds, the reader's pages, in this order.

    `root` is the folder that the site's address names, "" for none; requests come here without it.
    """

    def __init__(self, newsroom: Newsroom, settings: Settings) -> None:
        self.newsroom = newsroom
        self.health = Health(newsroom, settings)
        self.metrics = Metrics(newsroom, Counts(), settings.metrics_token)
        self.callbacks = Callbacks(newsroom)
        attempts = Attempts(newsroom)
        with newsroom.view() as view:
            self.root = urlsplit(view.site.home).path.rstrip("/")
        self.api = Api(newsroom, memory=settings.documents_memory, attempts=attempts)
        spool = partial(Spooled, settings.folder / FOLDER)
        self.metrics.kept["items"] = self.api.documents
        self.xmlrpc = XmlRpc(newsroom, attempts, self.api.uses, spool=spool)
        self.post = Postbox(mailer_of(settings.mail, settings.mail_from))
        newsroom.post = self.post.take
        mails = leaves(settings.mail)
        self.login = Login(newsroom, attempts, self.post, mails=mails)
        ports = Ports(
            newsroom,
            partial(preloaded, self.api),
            attempts,
            Activation(newsroom),
            settings.body_limit,
            imports=allowed(settings),
            editor_texts=EditorTexts(settings.folder),
            mails=mails,
            degraded=self.health.degraded,
        )
        self.admin = Admin(ports)
        self.feeds = Feeds(newsroom)
        self.reader = Reader(newsroom)
        self.metrics.kept["stories"] = self.reader.cards

    def begin(self, ask: Callable[[Request], T], request: Request, outcomes: Outcomes) -> T | Wanted:
        """What `ask` says of a request, or costly work that has to be done before; it is asked again then."""
        try:
            with beforehand.elsewhere(outcomes):
                return self._asked_once_more(ask, request)
        except Wanted as wanted:
            return wanted.with_traceback(None)

    def _asked_once_more(self, ask: Callable[[Request], T], request: Request) -> T:
        """What `ask` says; asked anew where a connection ended before anything was kept."""
        with self.newsroom.database.watch() as watch:
            try:
                found = ask(request)
            except ConnectionLost:
                if watch.written:
                    raise
            else:
                has_failed = isinstance(found, Response) and found.status == 503
                if not watch.lost or watch.written or not has_failed:
                    if isinstance(found, Response) and found.keepable:
                        found.tags = frozenset(watch.tags)
                    return found
        return ask(request)

    def signed_inside(self, request: Request) -> bool:
        """Whether it stands in the body of a request whose it is, and not in its headers."""
        return self.xmlrpc.serves(request.path)

    def sender(self, request: Request) -> Sender | Response:
        """Whose a request is, of which nothing but the headers has come (or the beginning of its body, where it says
        that there), or the answer where these are refused.

        Nobody but hubs and who speaks to the API, over XML-RPC or to the administration is known: all other addresses
        take small bodies only.
        """
        if self.callbacks.serves(request.path):
            return self.callbacks.sender(request)
        try:
            with self.newsroom.view() as view:
                viewer = None
                if self.api.serves(request.path, request.query):
                    viewer = self.api.sender(view, request)
                elif self.xmlrpc.serves(request.path):
                    viewer = self.xmlrpc.sender(view, request)
                elif self.admin.serves(request.path):
                    viewer = self.admin.sender(view, request)
                if viewer is None:
                    return Sender.NOBODY
                with_files = any(may(view, viewer, capability) for capability in FILES)
                return Sender.WITH_FILES if with_files else Sender.KNOWN
        except WireError:
            return self.api.answer(request)  # which refuses it too, before it looks for a body

    def answer(self, request: Request) -> Response:
        if request.path.startswith("/-/health"):
            return self.health.answer(request.path)
        if self.metrics.serves(request):
            return self.metrics.answer()
        if request.method == "TRACE":  # would show what a browser keeps from scripts (RFC 9110, 9.3.8)
            return Response(405, [("content-type", "text/html"), ("allow", "GET, HEAD")])
        if self.callbacks.serves(request.path):
            return self.callbacks.answer(request)
        if self.api.serves(request.path, request.query):
            return self.api.answer(request)
        if self.xmlrpc.serves(request.path):
            return self.xmlrpc.answer(request)
        if self.admin.serves(request.path):
            return self.admin.answer(request)
        if self.login.serves(request.path):
            return self.login.answer(request)
        return self.feeds.answer(request) or self.reader.answer(request)

    def settle(self) -> None:
        """Writes down what answers have left to note; called when they are gone, so that nobody waits for it."""
        with contextlib.suppress(Unavailable):  # what is not noted now is noted at the next use
            self.api.uses.settle(self.newsroom)
            self.reader.settle()

    def cors(self, key: bytes, origin: bytes) -> Sequence[tuple[bytes, bytes]]:
        """The headers that an Origin adds to a kept answer."""
        path, _, query = key.decode("latin-1").partition("?")
        if not self.api.serves(path, query):
            return ()
        return [(n.lower().encode(), v.encode("latin-1")) for n, v in self.api.cors(origin.decode("latin-1"))]

    def forget(self, *, items: bool) -> None:
        """For measuring: drops encoded items and stories (totals are kept nowhere but in whole answers)."""
        if items:
            self.api.forget()
            self.reader.cards.clear()


def compose(settings: Settings) -> Dispatcher:
    """Everything a web process needs."""
    return Dispatcher(open_newsroom(settings), settings)
