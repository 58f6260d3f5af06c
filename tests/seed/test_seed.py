"""The record of a real site, byte for byte."""

from __future__ import annotations

from pathlib import Path

from tests.golden.site import newsroom_of
from wirepress.model.web import Request
from wirepress.wp.api import Api

HERE = Path(__file__).parent


def test_the_seed_comes_out_byte_for_byte(tmp_path: Path) -> None:
    # The site's theme shortens excerpts in its own way; here that is two options.
    newsroom = newsroom_of("seed", tmp_path, excerpt_length=35, excerpt_more="&hellip;")
    request = Request("GET", "/index.php/wp-json/wp/v2/posts/3701", headers={"host": "example.com"})
    assert Api(newsroom).answer(request).body == (HERE / "post-3701.json").read_bytes()
