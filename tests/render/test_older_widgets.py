"""Older widgets in contents."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from tests.render.test_site_blocks import shown
from wirepress.model.php import serialize


@pytest.mark.parametrize(
    ("kind", "settings", "html"),
    [
        ("text", {"title": "A & <b>", "text": "x<script>y</script>"},
         ('<div class="widget widget_text"><h2 class="widgettitle">A &amp; &lt;b&gt;</h2>'
         '\t\t\t<div class="textwidget">xy</div>\n\t\t</div>')),
        ("custom_html", {"content": "<i onclick=x>y</i>"},
         ('<div class="widget_text widget widget_custom_html">'
         '<div class="textwidget custom-html-widget"><i>y</i></div></div>')),
        ("block", {"content": "<!-- wp:html --><script>x</script><!-- /wp:html -->"}, ""),
        ("text", {"text": "<!-- wp:shortcode -->x", "visual": True},
         ('<div class="widget widget_text">'
         '\t\t\t<div class="textwidget"><p><!-- shortcode -->x</p>\n</div>\n\t\t</div>')),
        ("text", {"text": "<!-- wp:wp:search /-->x", "visual": True},
         ('<div class="widget widget_text">'
         '\t\t\t<div class="textwidget"><p><!-- search /-->x</p>\n</div>\n\t\t</div>')),
        ("media_gallery", {"ids": []}, ""),
        ("nix", {}, ""),
    ],
)  # fmt: skip
def test_an_older_widget_is_shown_without_markup_that_acts(kind: str, settings: dict[str, Any], html: str) -> None:
    encoded = base64.b64encode(serialize(settings).encode()).decode()
    block = json.dumps({"idBase": kind, "instance": {"encoded": encoded}})
    assert shown(f"<!-- wp:legacy-widget {block} /-->") == html
