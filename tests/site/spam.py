"""A run of spam as forms of comments get it: programs that fill in every field, send without having read a page, copy
the field of another page, or answer at once.  `python -m tests.site.spam [NUMBER]` sends 10,000."""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

from tests.golden.site import NOW, newsroom_of
from wirepress.app.clock import FrozenClock
from wirepress.app.dispatch import Dispatcher
from wirepress.app.settings import Settings
from wirepress.content import options
from wirepress.content.comments.traps import HASTY, STALE, form_time
from wirepress.content.newsroom import Newsroom
from wirepress.model.web import Request
from wirepress.site.commenting import HIDDEN, PATH, TIME

POSTS = (11, 12, 14, 15, 20, 96)
SUBJECTS = ("casino", "loans", "pills", "watches", "followers", "coins")
PRAISE = ("Great article!", "I really liked this.", "Thanks for sharing, very helpful.", "Keep it up.")
_APART = 7
"""Seconds between two forms of a run."""


class Run:
    """Forms of a run, on a site whose clock goes on with them."""

    def __init__(self, folder: Path, seed: int = 1) -> None:
        self.chance = random.Random(seed)
        self.newsroom: Newsroom = newsroom_of("golden", folder)
        with self.newsroom.write() as view:  # nothing but the traps stands between the run and the readers
            for name, value in {"comment_previously_approved": "0", "comment_max_links": "0"}.items():
                options.set(view.unit, name, value)
        self.dispatcher = Dispatcher(self.newsroom, Settings(folder))
        self.mails: list[object] = []
        self.newsroom.post = self.mails.extend
        self.now = NOW

    def at(self, seconds: float) -> None:
        self.newsroom.clock = FrozenClock(self.now + timedelta(seconds=seconds))

    def time(self, post: int, age: float) -> str:
        """The time of a form of such an age."""
        self.at(-age)
        with self.newsroom.view() as view:
            found = form_time(view, post)
        self.at(0)
        return found

    def form(self) -> dict[str, str]:
        """What one of the programs sends."""
        chance, post = self.chance, self.chance.choice(POSTS)
        subject = chance.choice(SUBJECTS)
        address = f"http://{subject}{chance.randrange(10_000)}.example/"
        form = {
            "comment_post_ID": str(post),
            "author": chance.choice((subject.title(), f"Ann {chance.randrange(10_000)}", "admin")),
            "email": f"{subject}{chance.randrange(10**6)}@mail.example",
            "url": address,
            "comment": f"{chance.choice(PRAISE)} <a href='{address}'>{subject}</a> {chance.random()}",
            "comment_parent": "0",
        }
        match chance.randrange(5):
            case 0:  # every field is filled in, of a page that was read
                form |= {HIDDEN: chance.choice((subject, address)), TIME: self.time(post, 60)}
            case 1:  # no page was read
                pass
            case 2:  # another page's field, or one that is made up
                form[TIME] = (
                    self.time(10, 60) if chance.random() < 0.5 else f"{int(self.now.timestamp()) - 60}.{'0' * 20}"
                )
            case 3:
                form[TIME] = self.time(post, chance.random() * (HASTY - 1))
            case _:
                form[TIME] = self.time(post, STALE + 1 + chance.random() * STALE)
        return form

    def network(self) -> str:
        """Half of a run comes from few machines, half from all over the world."""
        if self.chance.random() < 0.5:
            return f"198.51.100.{self.chance.randrange(8)}"
        return ".".join(str(self.chance.randrange(1, 250)) for _ in range(4))

    def statuses(self, number: int) -> Iterator[int]:
        """Sends so many forms and gives the statuses of the answers."""
        headers = {"host": "news.example.com", "content-type": "application/x-www-form-urlencoded"}
        for _ in range(number):
            self.now += timedelta(seconds=_APART)
            self.at(0)
            body = urlencode(self.form()).encode()
            yield self.dispatcher.answer(Request("POST", PATH, "", headers, body, self.network(), "https")).status

    def kept(self) -> Counter[str]:
        """The states of the comments that the run has left."""
        with self.newsroom.view() as view:
            rows = view.unit.rows("SELECT approved, count(*) FROM comments WHERE id > 26 GROUP BY approved")
        return Counter({state: int(number) for state, number in rows})


def main(number: int = 10_000) -> int:
    with tempfile.TemporaryDirectory() as folder:
        run = Run(Path(folder))
        print(Counter(run.statuses(number)), run.kept(), f"{len(run.mails)} mails")
        return 1 if run.kept()["1"] or run.mails else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
