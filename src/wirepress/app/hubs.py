"""Hubs (WebSub): what they say to a web process at the callbacks, and the worker's threads that ask
them, and tell one of the site's own feeds."""

from __future__ import annotations

import logging
import threading
from urllib.parse import parse_qsl

from wirepress.app.bodies import Sender
from wirepress.app.repeating import repeat
from wirepress.content.hub import hub_of
from wirepress.content.newsroom import Newsroom
from wirepress.model.web import Request, Response
from wirepress.net.port import Posting
from wirepress.store import feed_notices
from wirepress.syndicate.websub import callback
from wirepress.syndicate.websub.callback import PATH, Question

logger = logging.getLogger("wirepress.websub")

REST = 5.0
"""Seconds between two looks for hubs that are to be asked."""
COMPARED = 60.0
"""Seconds between two comparisons of what is wanted with what there is."""
MOST_FIELDS = 20
_HEADERS = [("content-type", "text/plain; charset=UTF-8"), ("cache-control", "no-store")]


class Callbacks:
    """What hubs say.  Whoever does not know a callback's address gets the same answers as for one that never was."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom

    def serves(self, path: str) -> bool:
        return path.startswith(PATH)

    def sender(self, request: Request) -> Sender:
        """Whose a request is: a hub with a subscription may deliver more than a stranger may send."""
        known = callback.find(self.newsroom, request.path.removeprefix(PATH))
        return Sender.NOBODY if known is None else Sender.KNOWN

    def answer(self, request: Request) -> Response:
        token = request.path.removeprefix(PATH)
        if request.method == "GET":
            return self._to_question(token, request.query)
        if request.method == "POST":
            signature = request.headers.get("x-hub-signature", "")
            received = callback.receive(self.newsroom, token, signature, request.body)
            return Response(410 if received == "gone" else 202, list(_HEADERS))
        return Response(405, [*_HEADERS, ("allow", "GET, POST")])

    def _to_question(self, token: str, query: str) -> Response:
        question = question_of(query)
        said = callback.answer(self.newsroom, token, question) if question else None
        if said is None:
            return Response(404, list(_HEADERS))
        return Response(200, list(_HEADERS), said.encode("utf-8", "surrogateescape"))


def question_of(query: str) -> Question | None:
    """What a hub asks by a query; None for nothing of the sort.  Of two fields of one name the first counts."""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, errors="surrogateescape", max_num_fields=MOST_FIELDS)
    except ValueError:
        return None
    said = dict(reversed(pairs))
    names = ("mode", "topic", "challenge", "lease_seconds", "reason")
    return Question(*(said.get(f"hub.{name}", "") for name in names))


def keep_subscriptions(newsroom: Newsroom, posting: Posting, stop: threading.Event, *, on: bool) -> None:
    """Keeps the subscriptions until it is asked to stop; where none are to be (`on`), it ends those that there are."""
    from wirepress.syndicate.websub.keeping import IN_A_WRITE, Keeping

    keeping = Keeping(newsroom, posting, on=on)
    compared = float("-inf")

    def step() -> None:
        nonlocal compared
        now = newsroom.clock.monotonic()
        if now - compared >= COMPARED:
            compared = now if keeping.compare() < IN_A_WRITE else float("-inf")
        keeping.ask(stop.is_set)

    repeat("subscriptions at hubs", step, stop, REST, logger)


def tell_of_feeds(newsroom: Newsroom, posting: Posting, stop: threading.Event) -> None:
    """Tells the hub that the site's feeds name of their news until it is asked to stop."""

    def step() -> None:
        with newsroom.view() as view:
            if not feed_notices.due(view.unit, int(newsroom.clock.now().timestamp()), 1, hub_of(view)):
                return
        from wirepress.syndicate.websub.telling import Telling

        Telling(newsroom, posting).tell(stop.is_set)

    repeat("telling the hub of feeds", step, stop, REST, logger)
