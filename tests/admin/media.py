"""Files for tests of the library: taken into it, sent by its form, looked up again."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyvips

from tests.admin.client import Client, Page
from tests.content.desk import HOME
from tests.store import many
from wirepress.content.identity.viewer import viewer_of
from wirepress.content.media import library
from wirepress.content.posts.changes import Changes
from wirepress.model.post import Post
from wirepress.store import bulk

BOUNDARY = "frontier"
WORDS = {"post_title": "T", "alt": "A", "excerpt": "C", "content": "D"}


def picture(width: int = 400, height: int = 300, kind: str = ".jpg") -> bytes:
    image = pyvips.Image.xyz(width, height).extract_band(0).cast("uchar")
    return bytes(image.bandjoin([image, image]).copy(interpretation="srgb").write_to_buffer(kind))


JPEG = picture()


def shelve(client: Client, name: str = "wall.jpg", data: bytes = JPEG, user: int = 3, **changes: object) -> int:
    """Takes a file into the library in the name of a user; its id."""
    with client.newsroom.write() as view:
        viewer = viewer_of(view.site, view.lookup.user(user))
        prepared = library.prepare(view.site, data, name)
        return library.keep(view, viewer, prepared, Changes(**changes), alt="").id  # type: ignore[arg-type]


def keep(client: Client, *posts: Post) -> None:
    with client.newsroom.database.write() as unit:
        many.posts(unit, posts)
        bulk.settle(unit)


def send(client: Client, role: str, name: str, data: bytes, *, nonce: str | None = None, path: str = "") -> Page:
    """Sends a file by the form of `media-new.php`."""
    return send_all(client, role, [(name, data)], nonce=nonce, path=path)


def send_all(
    client: Client, role: str, files: Sequence[tuple[str, bytes]], *, nonce: str | None = None, path: str = ""
) -> Page:
    """Sends files by the form of `media-new.php`."""
    path = path or "media-new.php"
    given = client.nonce(role, path) if nonce is None else nonce
    parts = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="_wpnonce"\r\n\r\n{given}\r\n'.encode()]
    for name, data in files:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        parts += (head.encode(), b"Content-Type: image/jpeg\r\n\r\n", data, b"\r\n")
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    body = b"".join((*parts, f"--{BOUNDARY}--\r\n".encode()))
    return client.ask(role, "POST", path, body, content_type=kind, origin=HOME)


def item_of(page: Page) -> int:
    found = re.search(r"item=(\d+)", page.location)
    assert found is not None, page.location
    return int(found[1])


def known(client: Client, post_id: int) -> Post | None:
    with client.newsroom.view() as view:
        return view.lookup.post(post_id)


def kept(client: Client, post_id: int) -> Post:
    post = known(client, post_id)
    assert post is not None
    return post


def stored(client: Client) -> list[str]:
    return sorted(client.newsroom.files.all())
