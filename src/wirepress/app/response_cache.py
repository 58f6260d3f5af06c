"""Whole anonymous answers in bounded memory, kept until a write touches what they were made of, and the heads of
requests that they answer.

A client, a proxy or a crawler sends the same head again and again.  A head that is the same to the byte as one that a
kept answer was sent for gets the same answer, without being read.
"""

from __future__ import annotations

import gzip
import hashlib
import math
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass, field

from wirepress.model.web import http_date
from wirepress.store.tags import ALL
from wirepress.web.encodings import takes

Headers = list[tuple[bytes, bytes]]

HEAD_BYTES = 4096
"""A longer head is not remembered."""
HEADS = 64
"""So many heads of one answer are remembered: who sends others for a hot address takes nobody else's place."""
TAG_BYTES = 160
"""What one tag of an answer costs in memory, counted high: its text, its place in the answer and in the index."""
SMALL = 860
"""Bodies below this many bytes gain nothing from compression."""


@dataclass(slots=True)
class CachedResponse:
    """An answer ready to be sent: its headers hold everything but what depends on the request."""

    status: int
    headers: Headers
    body: bytes
    etag: bytes = b""
    compressed: bytes | None = None
    full_headers: Headers = field(default_factory=list)
    modified: bytes = b""
    tags: frozenset[str] | None = None
    """What it was made of (`store.tags`); None: nobody knows, and any write drops it."""
    until: float = math.inf
    """Seconds since 1970 after which it is not given any more."""
    holds_at: int = -1
    """The epoch up to which it is known to hold; below 0: no cache before us may keep it."""
    heads: dict[bytes, None] = field(default_factory=dict)
    """The heads that are remembered of requests for it, the oldest first."""

    def seal(self) -> None:
        """Gives the answer its strong ETag (RFC 9110, 8.8.3) and the headers of its plain form."""
        self.etag = next((value for name, value in self.headers if name == b"etag"), b"")
        if not self.etag:
            self.etag = b'"' + hashlib.blake2b(self.body, digest_size=12).hexdigest().encode() + b'"'
            self.headers.append((b"etag", self.etag))
        self.modified = next((value for name, value in self.headers if name == b"last-modified"), b"")
        self.full_headers = [*self.headers, (b"content-length", str(len(self.body)).encode())]

    def packed(self, accepted: bytes) -> tuple[Headers, bytes] | None:
        """The gzip form for a client that accepts these codings; None where it does not take it, or there is none."""
        return self.zipped() if self.etag and takes(accepted.decode("latin-1"), "gzip") else None

    def zipped(self) -> tuple[Headers, bytes] | None:
        """The gzip form, made once; None where it would not be smaller.  A variant has an ETag of its own."""
        if self.compressed is None:
            self.compressed = b""
            if len(self.body) > SMALL and len(small := gzip.compress(self.body, 5, mtime=0)) < len(self.body):
                self.compressed = small
        if not self.compressed:
            return None
        headers = [(n, v) for n, v in self.headers if n not in {b"etag", b"vary"}]
        vary = b", ".join([*(v for n, v in self.headers if n == b"vary"), b"Accept-Encoding"])
        headers += [
            (b"etag", self.etag[:-1] + b'-gz"'),
            (b"vary", vary),
            (b"content-encoding", b"gzip"),
            (b"content-length", str(len(self.compressed)).encode()),
        ]
        return headers, self.compressed

    def matches(self, if_none_match: bytes) -> bool:
        """Whether an If-None-Match header names this answer, in any of its forms (weak comparison)."""
        if if_none_match.strip() == b"*":
            return True
        wanted = {tag.strip().removeprefix(b"W/") for tag in if_none_match.split(b",")}
        return self.etag in wanted or self.etag[:-1] + b'-gz"' in wanted

    def unchanged(self, if_none_match: bytes | None, if_modified_since: bytes | None) -> bool:
        """Whether the client has this answer.  The date counts only where the answer bears one (a feed), and then, as
        with WordPress, beside the tag; RFC 9110 would let the tag alone decide."""
        if if_modified_since is None or not self.modified:
            return if_none_match is not None and bool(self.etag) and self.matches(if_none_match)
        since = http_date(if_modified_since.decode("latin-1"))
        own = http_date(self.modified.decode("latin-1"))
        fresh = since is None or (own is not None and since >= own)
        if if_none_match is not None:
            return fresh and self.matches(if_none_match)
        return since is not None and fresh


@dataclass(frozen=True, slots=True)
class Form:
    """A kept answer in the form that one request has asked for, ready to be written: the status line, what follows the
    server's own headers, and the body."""

    key: bytes
    line: bytes
    headers: bytes
    body: bytes


class ResponseCache:
    """Answers by (path and query); the least recently asked for go first when memory is full.  Forms of them by the
    heads that have asked for these, in an eighth of that memory beside it."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.epoch = -1
        self.bytes = 0
        self.head_bytes = 0
        self.answers: OrderedDict[bytes, CachedResponse] = OrderedDict()
        self.tagged: dict[str, set[bytes]] = {}
        self.forms: OrderedDict[bytes, Form] = OrderedDict()
        self.soonest = math.inf
        """When the first of the answers is not given any more, or sooner."""

    def __len__(self) -> int:
        return len(self.answers)

    def at(self, epoch: int, touched: frozenset[str] | None) -> None:
        """Drops what the writes between its epoch and another have touched; None: everything."""
        if touched is None:
            self.answers.clear()
            self.tagged.clear()
            self.forms.clear()
            self.bytes = self.head_bytes = 0
        else:
            for tag in (*touched, ALL) if touched else ():
                for key in tuple(self.tagged.get(tag, ())):
                    self.drop(key)
        self.epoch = epoch

    def expire(self, now: float) -> None:
        """Drops what was not to be given any more at a moment."""
        if now >= self.soonest:
            for key in [key for key, answer in self.answers.items() if answer.until <= now]:
                self.drop(key)
            self.soonest = min((answer.until for answer in self.answers.values()), default=math.inf)

    def get(self, key: bytes) -> CachedResponse | None:
        answer = self.answers.get(key)
        if answer is not None:
            self.answers.move_to_end(key)
        return answer

    def keep(self, key: bytes, answer: CachedResponse) -> None:
        if weight(key, answer) > self.limit // 8:
            return
        self.drop(key)
        self.answers[key] = answer
        self.soonest = min(self.soonest, answer.until)
        for tag in tags_of(answer):
            self.tagged.setdefault(tag, set()).add(key)
        self.bytes += weight(key, answer)
        while self.bytes > self.limit:
            self.drop(next(iter(self.answers)))

    def drop(self, key: bytes) -> None:
        if (old := self.answers.pop(key, None)) is not None:
            self.bytes -= weight(key, old)
            for head in tuple(old.heads):
                self._forget(head, old)
            for tag in tags_of(old):
                self.tagged[tag].discard(key)
                if not self.tagged[tag]:
                    del self.tagged[tag]

    def form(self, head: bytes) -> Form | None:
        """The form that a head has asked for before."""
        form = self.forms.get(head)
        if form is not None:
            self.answers.move_to_end(form.key)
        return form

    def remember(self, head: bytes, answer: CachedResponse, form: Form) -> None:
        """Has a head stand for a form of an answer, as long as that is kept."""
        if len(head) > HEAD_BYTES or self.answers.get(form.key) is not answer or head in self.forms:
            return
        if len(answer.heads) >= HEADS:
            self._forget(next(iter(answer.heads)), answer)
        answer.heads[head] = None
        self.forms[head] = form
        self.head_bytes += burden(head, form)
        while self.head_bytes > self.limit // 8:
            oldest = next(iter(self.forms))
            self._forget(oldest, self.answers[self.forms[oldest].key])

    def _forget(self, head: bytes, answer: CachedResponse) -> None:
        del answer.heads[head]
        self.head_bytes -= burden(head, self.forms.pop(head))


def tags_of(answer: CachedResponse) -> Collection[str]:
    """What it goes with when it is touched."""
    return (ALL,) if answer.tags is None else answer.tags


def burden(head: bytes, form: Form) -> int:
    """What remembering a head costs; its body is that of the kept answer."""
    return len(head) + len(form.key) + len(form.headers) + 512


def weight(key: bytes, answer: CachedResponse) -> int:
    """What keeping an answer may cost: the compressed form is made later and is never larger than the body."""
    return len(key) + 2 * len(answer.body) + 1024 + TAG_BYTES * len(tags_of(answer))
