"""Texts that grow, saved by those who may save them, into everything that keeps a text; then shown to readers."""

from __future__ import annotations

import base64
import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from hypothesis import given
from hypothesis import seed as seeded
from hypothesis import strategies as st

from tests.hostile import growing
from tests.hostile.campaign import Campaign, Told, drawn
from tests.hostile.growing import texts
from tests.hostile.measure import Meter, Watched
from tests.hostile.requests import PAGES, ROOT, Answered, Site, look_at, shown

API: Final = f"{ROOT}/wp/v2"
SAVES: Final = 60
"""That one process makes."""
TEXT: Final = "{text}"
LINE: Final = "{line}"
"""Stands for at most 60,000 characters: what WordPress's short columns hold, and a bit less."""
THEME: Final = "twentytwentyfive//"

SAVED: Final[Mapping[str, tuple[str, Any]]] = {
    "post": ("/posts", {"title": "x", "content": TEXT}),
    "published": ("/posts", {"title": "x", "content": TEXT, "status": "publish"}),
    "changed": ("/posts/11", {"content": TEXT}),
    "autosave": ("/posts/11/autosaves", {"content": TEXT}),
    "title": ("/posts", {"title": LINE, "excerpt": LINE, "content": "x", "status": "publish"}),
    "slug": ("/posts", {"title": "x", "slug": LINE, "password": LINE}),
    "footnotes": ("/posts/11", {"meta": {"footnotes": json.dumps([{"id": "a", "content": "{json}"}])}}),
    "page": ("/pages", {"title": "x", "content": TEXT, "status": "publish"}),
    "pattern": ("/blocks", {"title": "x", "content": TEXT, "status": "publish"}),
    "navigation": ("/navigation", {"title": "x", "content": TEXT, "status": "publish"}),
    "template": (f"/templates/{THEME}index", {"content": TEXT}),
    "part": (f"/template-parts/{THEME}header", {"content": TEXT, "title": LINE}),
    "comment": ("/comments", {"post": 11, "content": LINE, "author_name": "x", "author_email": "x@a.example"}),
    "commenter": ("/comments", {"post": 11, "content": "x", "author_name": LINE, "author_url": LINE}),
    "category": ("/categories", {"name": "x{number}", "description": TEXT}),
    "tag": ("/tags", {"name": LINE, "slug": LINE, "description": LINE}),
    "menu": ("/menus", {"name": LINE, "description": TEXT}),
    "menu item": ("/menu-items", {"title": LINE, "url": "http://a.example/" + LINE, "description": TEXT}),
    "biography": ("/users/me", {"description": TEXT, "name": LINE, "url": LINE, "nickname": LINE}),
    "options": ("/settings", {"title": LINE, "description": LINE, "date_format": LINE}),
    "styles": ("/global-styles/{styles}", {"styles": {"css": TEXT, "color": {"text": LINE}}}),
    "caption": ("/media/{media}", {"caption": TEXT, "alt_text": LINE, "description": TEXT}),
    "font": ("/font-families", {"font_family_settings": '{"name":"x","slug":"x","fontFamily":"{json}"}'}),
    "block": ("/block-renderer/core/latest-posts", {"context": "edit", "attributes": {"className": TEXT}}),
    "widget": ("/widgets", {"id_base": "block", "sidebar": "x", "instance": {"raw": {"content": TEXT}}}),
}  # fmt: skip
"""What is saved: a path, and a body in which texts stand for others."""
EDITORS: Final = {
    "comment": ("", "subscriber", "contributor", "editor"),
    "commenter": ("", "subscriber", "editor"),
    "post": ("contributor", "author", "editor"),
    "biography": ("subscriber", "contributor", "admin"),
}
"""Who saves what is not the administrator's alone to save."""
SHOWN: Final = (
    *PAGES,
    f"{API}/posts/11?context=edit",
    f"{API}/posts/11/revisions?context=edit",
    "/index.php/category/uncategorized/",
)


def filled(draw: Callable[..., Any], body: Any, number: int) -> Any:
    """A body with texts in the places of those that stand for them."""
    if isinstance(body, dict):
        return {name: filled(draw, value, number) for name, value in body.items()}
    if not isinstance(body, str):
        return body
    for place, most in ((TEXT, 1_000_000), (LINE, 60_000)):
        if place in body:
            return body.replace(place, draw(texts(most)))
    if "{json}" in body:
        return body.replace("{json}", json.dumps(draw(texts(300_000)))[1:-1])
    return body.replace("{number}", str(number))


def life(folder: Path, seed: int, told: Told) -> None:
    """Saves some texts, and looks at what came of each."""
    site = Site(folder)
    meter = Meter(Watched(site.newsroom))
    known = {"media": str(site.known("/wp/v2/media")[0]), "styles": _styles(site)}
    number = 0

    @seeded(seed)
    @drawn(SAVES)
    @given(st.data())
    def saved(data: st.DataObject) -> None:
        nonlocal number
        number += 1
        what = data.draw(st.sampled_from(sorted(SAVED)))
        path, body = SAVED[what]
        role = data.draw(st.sampled_from((*EDITORS.get(what, ("editor",)), "admin")))
        choices = [growing.number(data.draw) for _ in range(2)]
        sent = json.dumps(filled(data.draw, body, number)).encode()
        for name, value in known.items():
            path = path.replace("{" + name + "}", value)
        asked = {
            "label": what,
            "role": role,
            "method": "POST",
            "path": API + path,
            "body": base64.b64encode(sent).decode(),
        }
        answer = look_at(site, meter, told, asked)
        pages = (*SHOWN, *_of_item(API + path, answer))
        for choice in choices:
            look_at(site, meter, told, shown(pages[choice % len(pages)], role, what))

    saved()


def _styles(site: Site) -> str:
    with site.newsroom.view() as view:
        return str(view.unit.rows("SELECT id FROM posts WHERE type = 'wp_global_styles'")[0][0])


def _of_item(path: str, answer: Answered | None) -> list[str]:
    """Where a new item is shown."""
    if answer is None or answer.status != 201:
        return []
    item = json.loads(answer.body)
    shown = [f"{path}/{item['id']}?context=edit"] if "id" in item else []
    if "link" in item:
        shown.append(urlsplit(item["link"]).path)
    return shown * 5


def main(seconds: float, seed: int = 0) -> int:
    """Looks for so long; whether something was found."""
    with tempfile.TemporaryDirectory() as name:
        Site.prepare(Path(name))
        return Campaign("contents", life).run(seconds, seed)
