"""The renderings of what has come, made ahead so that no reader waits for them."""

from __future__ import annotations

from typing import Final

from wirepress.content.newsroom import Newsroom
from wirepress.content.rendering import mark
from wirepress.transfer.wordpress.report import Progress, quiet

_BATCH: Final = 200
_DUE: Final = (
    "posts p LEFT JOIN renderings r ON r.post = p.id AND r.post_version = p.version AND r.render_version = ?"
    " WHERE p.type <> 'revision' AND r.post IS NULL"
)


def render_posts(newsroom: Newsroom, progress: Progress = quiet) -> int:
    """Renders every post that has no rendering that holds; how many these were.

    What answers show does not change by it: without it each would be rendered when it is first read.
    """
    with newsroom.view() as view:
        version = mark(view.site)
        total = int(view.unit.rows(f"SELECT count(*) FROM {_DUE}", (version,))[0][0])
    done, last = 0, 0
    progress("renderings", 0, total)
    while True:
        with newsroom.view() as view:
            found = view.unit.rows(
                f"SELECT p.id FROM {_DUE} AND p.id > ? ORDER BY p.id LIMIT {_BATCH}", (version, last)
            )
        ids = [row[0] for row in found]
        if not ids:
            return done
        newsroom.render_apart(ids)
        done, last = done + len(ids), ids[-1]
        progress("renderings", min(done, total), total)
