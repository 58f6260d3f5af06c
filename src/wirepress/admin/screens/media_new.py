"""`media-new.php`: adding files; without script one at a time, by a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wirepress.admin import files, pages, uploading
from wirepress.admin.visit import Menu, Screen, Visit, needs
from wirepress.content.media import library
from wirepress.content.posts.changes import Changes
from wirepress.model.errors import Invalid
from wirepress.model.web import Response


def show(visit: Visit, error: str = "") -> Response:
    return pages.page(
        visit,
        "media-new.html",
        visit.say("Add files"),
        status=400 if error else 200,
        rules={"connect_src": uploading.reach(visit)},
        error=error,
        limit=files.octets(visit, library.MOST_BYTES),
        upload=uploading.terms(visit),
        library=visit.address("upload.php"),
    )


def prepare(visit: Visit) -> Any:
    """The file that was sent with its sizes, or the page that says why it is refused."""
    sent = visit.sent.files.get("file")
    if sent is None:
        return show(visit, visit.say("Choose a file first."))
    try:
        prepared = library.prepare(visit.site, sent.data, _basename(sent.name), strict=True)
    except Invalid as error:
        return show(visit, f"{_basename(sent.name)}: {visit.why(error)}")
    return library.written(visit.view.files, prepared)


def act(visit: Visit) -> Response:
    """Keeps the file under the title that the camera noted, else the name as its sender wrote it
    (media_handle_upload)."""
    prepared: library.Prepared = visit.prepared
    name = _basename(visit.sent.files["file"].name)
    noted = prepared.noted("title")
    title = noted if noted and not noted.isdigit() else name.rpartition(".")[0]
    changes = Changes(title=title or None, excerpt=prepared.noted("caption") or None)
    post = library.keep(visit.view, visit.viewer, prepared, changes, alt=prepared.noted("alt"))
    return pages.towards(visit, "upload.php", item=post.id, added=1)


def _basename(name: str) -> str:
    """A file's name without the folders that a browser may put before it."""
    return name.replace("\\", "/").rpartition("/")[2].replace("\0", "")


def _menus(visit: Visit) -> Mapping[str, Menu]:
    if visit.may("upload_files"):
        return {"media-new.php": Menu("Add files", "media", 10)}
    return {}


SCREENS = (
    Screen(
        path="media-new.php",
        show=show,
        act=act,
        prepare=prepare,
        files=True,
        may=needs("upload_files"),
        menus=_menus,
    ),
)
