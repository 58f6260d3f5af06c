"""Files that are more than they seem, uploaded, edited and shown."""

from __future__ import annotations

import base64
import json
import tempfile
from pathlib import Path
from typing import Any, Final

from hypothesis import given
from hypothesis import seed as seeded
from hypothesis import strategies as st

from tests.hostile.campaign import Campaign, Told, drawn
from tests.hostile.contents import API
from tests.hostile.files import EXTENSIONS, files
from tests.hostile.measure import Meter, Watched
from tests.hostile.requests import Site, look_at, shown

UPLOADS: Final = 40
"""That one process makes."""
MEGABYTES: Final = 350
"""A picture of 50 megapixels, the most that is taken, in four bytes each, and what it is made to."""
KINDS: Final = ("image/jpeg", "image/png", "image/gif", "audio/mpeg", "video/mp4", "text/plain", "x/y", "")
EDITS: Final[tuple[dict[str, Any], ...]] = (
    {"modifiers": [{"type": "rotate", "args": {"angle": 33}}]},
    {"modifiers": [{"type": "rotate", "args": {"angle": 90}}] * 200},
    {"modifiers": [{"type": "crop", "args": {"left": 1, "top": 1, "width": 97.5, "height": 0.01}}]},
    {"rotation": 45, "x": 10, "y": 10, "width": 50, "height": 50},
)


def post(path: str, body: bytes, kind: str = "application/json", **headers: str) -> dict[str, Any]:
    """The request of an editor."""
    sent = {"body": base64.b64encode(body).decode(), "kind": kind, "headers": headers}
    return {"label": f"POST {path}", "role": "editor", "method": "POST", "path": API + path, **sent}


def life(folder: Path, seed: int, told: Told) -> None:
    """Uploads some files, edits those that were taken, and looks at them."""
    site = Site(folder)
    meter = Meter(Watched(site.newsroom))

    @seeded(seed)
    @drawn(UPLOADS)
    @given(files(), st.sampled_from(EXTENSIONS), st.sampled_from(KINDS), st.sampled_from(EDITS))
    def sent(data: bytes, extension: str, kind: str, edit: dict[str, Any]) -> None:
        upload = post("/media", data, kind, **{"content-disposition": f'attachment; filename="x.{extension}"'})
        answer = look_at(site, meter, told, upload)
        if answer is None or answer.status != 201:
            return
        source = json.loads(answer.body)["source_url"]
        block = f'<!-- wp:image {{"id":{site.made}}} -->'
        text = f'{block}<img src="{source}" class="wp-image-{site.made}"/><!-- /wp:image -->'
        looks = (
            shown(f"{API}/media/{{made}}?context=edit", "editor", "upload"),
            post("/media/{made}/edit", json.dumps({"src": source, **edit}).encode()),
            post("/posts", json.dumps({"content": text * 50, "featured_media": site.made}).encode()),
            shown(f"{API}/media?_embed", "", "upload"),
        )
        for look in looks:
            look_at(site, meter, told, {**look, "before": [upload]})

    sent()


def main(seconds: float, seed: int = 0) -> int:
    """Looks for so long; whether something was found."""
    with tempfile.TemporaryDirectory() as name:
        Site.prepare(Path(name))
        return Campaign("uploads", life, megabytes=MEGABYTES).run(seconds, seed)
