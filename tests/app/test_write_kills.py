"""Killed at any moment, a server has kept every write that it answered, and no half of one that it did not.

WIREPRESS_WRITE_KILLS says how often it is killed: twice in `make test`, fifty times where there is time.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from random import Random

from tests.app.load import Acknowledged, Writer, kill_all, picture, serving, site_with_key
from tests.app.press import opened
from wirepress.app.doctor import examine
from wirepress.app.settings import load
from wirepress.content.newsroom import View
from wirepress.store import comments, posts, uploads
from wirepress.store.sweep import sweep, unfinished

KILLS = int(os.environ.get("WIREPRESS_WRITE_KILLS", "2"))
CLIENTS = 8


def test_no_kill_loses_or_halves_a_write(tmp_path: Path) -> None:
    site = site_with_key(tmp_path / "site")
    dice, image = Random(20250615), picture()
    everything: list[Acknowledged] = []
    for turn in range(KILLS):
        with serving(site) as (port, process):
            writers = [Writer(port, f"t{turn}c{n}", 100 * turn + n, image) for n in range(CLIENTS)]
            for writer in writers:
                writer.start()
            # Counted in writes that were made, so that a slow machine is killed in the middle of its work as well.
            wanted = dice.randint(CLIENTS, 12 * CLIENTS)
            while sum(writer.count for writer in writers) < wanted and any(w.is_alive() for w in writers):
                time.sleep(0.001)
            kill_all(process)
            for writer in writers:
                writer.join(30)
            assert [line for writer in writers for line in writer.strange] == []
            everything += [writer.known for writer in writers]
        check(site, everything)
    assert sum(len(known.posts) for known in everything) > KILLS


def check(site: Path, everything: list[Acknowledged]) -> None:
    """What was told is there, whole; what was not told is there whole or not at all."""
    with opened(site) as newsroom:
        with newsroom.view() as view:
            for known in everything:
                check_known(view, known)
            for post in posts.load(view.unit, every_post(view)).values():
                assert post.type != "post" or post.title.startswith("Story") or whole(view, post.id)
        for part in unfinished(newsroom.files):
            os.utime(newsroom.files.root / part, (0, 0))  # long ago: nobody is writing them any more
        with newsroom.write() as view:
            sweep(view.unit, view.files, view.now().timestamp())
        assert list(unfinished(newsroom.files)) == []
    assert [f for f in examine(load(site, {})) if f.state != "ok"] == []


def every_post(view: View) -> list[int]:
    return [row[0] for row in view.unit.rows("SELECT id FROM posts WHERE type = 'post'")]


def whole(view: View, post_id: int) -> bool:
    """Whether title, content, rendering, revision and category of a post are of one write."""
    post = posts.load(view.unit, [post_id])[post_id]
    assert post.content.count(post.title) == 2, post.content
    assert post.rendering is not None
    assert str(post.rendering.content).count(post.title) >= 2
    last = posts.get(view.unit, post.last_revision) if post.last_revision else None
    assert (last is None) == (post.revisions == 0)
    assert last is None or last.title == post.title
    assert [term.taxonomy for term in post.terms][:1] == ["category"]
    return True


def check_known(view: View, known: Acknowledged) -> None:
    found = posts.load(view.unit, [*known.posts, *known.gone])
    for post_id, word in known.posts.items():
        allowed = {word, known.doubtful.get(post_id, word)}
        title = found[post_id].title if post_id in found else None
        assert title in allowed, (post_id, title, allowed)
    assert found.keys().isdisjoint(known.gone)
    for medium in known.media:
        paths = uploads.of_post(view.unit, medium)
        assert len(paths) > 1
        assert [path for path in paths if not view.files.exists(path)] == []
    for comment, post_id in known.comments.items():
        if post_id in found:  # with a post go its comments
            assert comments.get(view.unit, comment) is not None
    assert known.terms <= {row[0] for row in view.unit.rows("SELECT id FROM terms")}
