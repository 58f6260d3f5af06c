"""Filling the gaps of rendered texts in the order in which they stand in an answer."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from wirepress.content.identity.nonces import nonce
from wirepress.content.posts.reading import unlocked
from wirepress.content.rendering import Postponed
from wirepress.model.post import Post
from wirepress.model.rendering import HoleKind
from wirepress.render.budget import WORK_OF_ANSWER, Budget, OverBudget, answer_too_large
from wirepress.render.holes import fill
from wirepress.render.response_context import Counters, ResponseContext, opens_nothing
from wirepress.wp import json
from wirepress.wp.call import Call

MOST_BYTES = 32 << 20
"""How long the answer of a list may be.  That of one item is bounded by what one text may become."""
PRIVATE = frozenset({HoleKind.VIEWER, HoleKind.ADDRESS, HoleKind.TIME})


class Filling:
    """One answer's bytes; `private`: something in it is for this caller or this moment only.

    `single`: the answer is one item, which WordPress opens with context=edit for whoever may edit it.  `counters`: the
    numbers that other answers to the same request have come to.
    """

    def __init__(self, call: Call, *, single: bool = False, counters: Counters | None = None) -> None:
        self._call = call
        self._single = single
        self._counters = counters or Counters()
        self._answer: ResponseContext | None = None
        self.private = False

    def join(self, pieces: Iterable[bytes | json.Gap]) -> bytes:
        """The bytes of an answer.  Raises Invalid for a list that is longer than an answer may be, Postponed in a view
        that writes where a text takes too long."""
        found: list[bytes] = []
        size = 0
        for piece in pieces:
            made = piece if isinstance(piece, bytes) else self._filled(piece)
            size += len(made)
            if size > MOST_BYTES and not self._single:
                raise answer_too_large()
            found.append(made)
        return b"".join(found)

    def _filled(self, gap: json.Gap) -> bytes:
        counters, lookup = self._counters, self._call.view.lookup
        if gap is json.AFTER_BLOCKS:
            counters.after_blocks = True
            return b""
        kinds = {piece.kind for piece in gap.text.pieces if not isinstance(piece, str)}
        made_now = kinds - {HoleKind.NUMBER}
        self.private |= not kinds.isdisjoint(PRIVATE)
        post = None
        if made_now and gap.post:
            post = lookup.post(gap.post)
        try:
            html = fill(gap.text, counters, lookup, self._asked(), post)
        except OverBudget as error:
            raise Postponed(gap.post) from error
        counters.after_blocks |= gap.blocks
        if gap.shown:
            return json.inside(html)
        return b""

    def _opens_own(self, post: Post) -> bool:
        """Whether the blocks of a protected post show what they tell of it: its password has to be sent."""
        is_asked = self._call.request.method in ("GET", "HEAD")
        return self._single and is_asked and unlocked(post, self._call.password)

    def _asked(self) -> ResponseContext:
        if self._answer is None:
            call = self._call
            query = ""
            if call.request.query:
                query = f"?{call.request.query}"
            is_asked = call.request.method in ("GET", "HEAD")
            is_edited = call.context == "edit" and self._single
            self._answer = ResponseContext(
                call.view.now(),
                call.viewer.user,
                call.request.path + query,
                partial(nonce, call.view, call.viewer),
                may=call.viewer.can,
                opens=partial(call.may, "edit_post") if is_edited and is_asked else opens_nothing,
                opens_own=self._opens_own,
                listed=not self._single,
                patient=call.view.purse is None,
                budget=call.view.purse or Budget(WORK_OF_ANSWER),
            )
        return self._answer
