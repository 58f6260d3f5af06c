"""What only an answer knows, and the numbers that it has given out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from wirepress.model.post import Post
from wirepress.model.rendering import Text
from wirepress.model.user import User
from wirepress.render.budget import WORK_OF_ANSWER, Budget


def no_nonce(action: str) -> str:  # noqa: ARG001 - a stand-in for the real one
    """The nonce of an answer that signs nothing."""
    return ""


def nobody_may(capability: str) -> bool:  # noqa: ARG001 - a stand-in for the real one
    """What a viewer may of whom nothing is known."""
    return False


def opens_nothing(post: Post) -> bool:  # noqa: ARG001 - a stand-in for the real one
    """Whether a protected post is open to a viewer of whom nothing is known."""
    return False


def _whole() -> Budget:
    return Budget(WORK_OF_ANSWER)


@dataclass(frozen=True, slots=True)
class ResponseContext:
    """What only the answer knows: the time, who asks (None: nobody known), the path and query asked for, how to make a
    nonce for an action of the viewer, and whether they have a capability.

    `opens`: whether a protected post shows itself to them (WordPress: what they may edit, in `context=edit` of one
    post, where it is asked for); `opens_own`: whether the post that the answer is about does (where its password was
    sent, not in `context=edit`).
    `budget` is what all texts that are rendered for the answer may take together; what is too much for it is an error
    where several items are `listed`, and shown as it was written where there is one.  `patient` False: OverBudget is
    raised instead, since others wait.
    """

    now: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    viewer: User | None = None
    address: str = "/"
    nonce: Callable[[str], str] = no_nonce
    opens: Callable[[Post], bool] = opens_nothing
    opens_own: Callable[[Post], bool] = opens_nothing
    may: Callable[[str], bool] = nobody_may
    listed: bool = False
    patient: bool = True
    budget: Budget = field(default_factory=_whole)


@dataclass(slots=True)
class Counters:
    """The numbers an answer has given out.

    `after_blocks`: a content made of blocks has been rendered in this answer.  WordPress takes its paragraph filter
    out for it and puts it back behind the one that unwraps shortcodes, so later classic contents keep a paragraph
    around a shortcode that stands alone.
    """

    taken: dict[str, int] = field(default_factory=dict)
    after_blocks: bool = False

    def advance(self, text: Text) -> None:
        """Counts what a text takes, shown or not."""
        for name, count in text.takes:
            self.taken[name] = self.taken.get(name, 0) + count
