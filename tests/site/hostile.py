"""A site whose texts want out of wherever they stand."""

from __future__ import annotations

from pathlib import Path

from tests.golden.site import newsroom_of
from wirepress.content import options
from wirepress.content.newsroom import Newsroom
from wirepress.store import posts


def hostile(folder: Path) -> Newsroom:
    """The golden site with a post and a name that want out of wherever they stand."""
    newsroom = newsroom_of("golden", folder)
    bad = "</script><script>alert(1)</script> ]]> \x01\x0b\ufffe & &nbsp; &bogus; <b>"
    with newsroom.write() as view:
        posts.update(view.unit, 11, title=bad, content=bad, excerpt=bad, date="2025-06-14 10:00:00")
        options.set(view.unit, "blogname", bad)
        options.set(view.unit, "blogdescription", bad)
    return newsroom
