"""The style guide: a page with all core blocks and their styles, for those who work on how the site looks.

It is rendered as every article is, of the samples beside this file, and shown where the option says so: the demo does.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib import resources

from wirepress.content.newsroom import View
from wirepress.content.rendering import render
from wirepress.model.post import Post

PATH = "/-/styleguide"
OPTION = "wirepress_styleguide"
"""The option that shows it."""
_SAMPLES = ("text.html", "media.html", "design.html", "widgets.html", "theme.html")
_NOTES = '[{"id":"one","content":"A note at the foot, with <a href=\\"#fog\\">a link</a>."}]'


@cache
def samples() -> str:
    """The blocks of the page."""
    folder = resources.files("wirepress.site") / "samples"
    return "\n\n".join((folder / name).read_text("utf-8") for name in _SAMPLES)


def style_guide(view: View) -> Post:
    """The page as a post, which is kept nowhere."""
    notes = {"footnotes": [_NOTES]}
    post = Post(0, "page", "publish", title="Style guide", slug="styleguide", content=samples(), meta=notes)
    return replace(post, rendering=render(view, post))
