"""`media-new.php`: adding files; without script by a form, all of them or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wirepress.admin import files, pages, uploading
from wirepress.admin.visit import Menu, Screen, Visit, needs
from wirepress.content.media import library
from wirepress.content.posts.changes import Changes
from wirepress.model.blob import Blob
from wirepress.model.errors import Invalid
from wirepress.model.post import Post
from wirepress.model.web import Response
from wirepress.web.forms import MOST_FILES


@dataclass(frozen=True, slots=True)
class Files:
    """Files that were sent, with their names and their sizes made."""

    files: tuple[tuple[str, library.Prepared], ...]

    def release(self) -> None:
        """Removes what was written of them and not kept."""
        for _, prepared in self.files:
            prepared.release()


def show(visit: Visit, errors: Sequence[str] = ()) -> Response:
    return pages.page(
        visit,
        "media-new.html",
        visit.say("Add files"),
        status=400 if errors else 200,
        rules={"connect_src": uploading.reach(visit)},
        errors=errors,
        limit=files.octets(visit, library.MOST_BYTES),
        upload=uploading.terms(visit),
        library=visit.address("upload.php"),
    )


def prepare(visit: Visit) -> Files | Response:
    """The files that were sent with their sizes, or the page that says why one is refused: then none is added."""
    sent = visit.sent.files.get("file", ())
    if not sent:
        return show(visit, [visit.say("Choose a file first.")])
    if visit.sent.passed_over:
        return show(visit, [visit.say("These are too many files: %(most)s at once.", most=MOST_FILES)])
    ready: list[tuple[str, library.Prepared]] = []
    errors = []
    for upload in sent:
        name = _basename(upload.name)
        try:
            ready.append((name, _prepared(visit, upload.data, name)))
        except Invalid as error:
            errors.append(f"{name}: {visit.why(error)}")
    if errors:
        return show(visit, errors)
    return Files(tuple((name, library.written(visit.view.files, prepared)) for name, prepared in ready))


def _prepared(visit: Visit, data: Blob, name: str) -> library.Prepared:
    """A file with its sizes.  Raises Invalid for what cannot be taken, and for a picture of which nothing can be shown:
    the API takes these, as WordPress does."""
    prepared = library.prepare(visit.site, data, name, strict=True)
    if prepared.is_broken:
        raise Invalid("broken_picture", "This picture is damaged: nothing of it can be shown.")
    return prepared


def act(visit: Visit) -> Response:
    """Keeps the files under the titles that their cameras noted, else their names as their sender wrote them
    (media_handle_upload)."""
    sent: Files = visit.prepared
    posts = [_kept(visit, name, prepared) for name, prepared in sent.files]
    if len(posts) == 1:
        return pages.towards(visit, "upload.php", item=posts[0].id, added=1)
    return pages.towards(visit, "upload.php", added=len(posts))


def _kept(visit: Visit, name: str, prepared: library.Prepared) -> Post:
    noted = prepared.noted("title")
    title = noted if noted and not noted.isdigit() else name.rpartition(".")[0]
    changes = Changes(title=title or None, excerpt=prepared.noted("caption") or None)
    return library.keep(visit.view, visit.viewer, prepared, changes, alt=prepared.noted("alt"))


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
