"""The Font Library: families of fonts that the site's people have named, and the faces under them with their files
(wp_font_family, wp_font_face)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from wirepress.content.identity.viewer import NEWSROOM, Viewer
from wirepress.content.newsroom import View
from wirepress.content.options import table
from wirepress.content.posts import publishing, reading, trash
from wirepress.content.posts.changes import Changes
from wirepress.model.blob import Blob
from wirepress.model.errors import Conflict, Invalid
from wirepress.model.post import Post
from wirepress.model.query import PostQuery
from wirepress.render.slugs import file_name
from wirepress.render.slugs import slug as slug_of
from wirepress.render.strip import clean_line
from wirepress.store import posts as store
from wirepress.store import uploads

FAMILY: Final = "wp_font_family"
FACE: Final = "wp_font_face"
FOLDER: Final = "fonts"
FILE: Final = "_wp_font_face_file"
"""The meta key of the files of a face, as paths in the folder of fonts."""
MOST_BYTES: Final = 16 * 1024 * 1024
MOST: Final = 1000
"""How many faces are listed with families."""
_SIGNS: Final[Mapping[str, tuple[bytes, ...]]] = {
    "otf": (b"OTTO",),
    "ttf": (b"\x00\x01\x00\x00", b"true"),
    "woff": (b"wOFF",),
    "woff2": (b"wOF2",),
}
"""What files of each type begin with."""
_PLAIN: Final = re.compile(r"(?:generic\([a-zA-Z-]+\)|[a-zA-Z-]+)\Z")
_WEIGHTS: Final = {"normal": "400", "bold": "700"}
_STRETCHES: Final = {
    "normal": "100%", "ultra-condensed": "50%", "extra-condensed": "62.5%", "condensed": "75%",
    "semi-condensed": "87.5%",
    "semi-expanded": "112.5%", "expanded": "125%", "extra-expanded": "150%", "ultra-expanded": "200%",
}  # fmt: skip

Settings = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FontFile:
    """A file that was sent with a face: its name, checked, and its bytes."""

    name: str
    data: bytes


def checked_file(name: str, sent: Blob, locale: str = "") -> FontFile:
    """A font file as it may be kept.  Raises Invalid: `font_type` for what is no font by its name or by what it
    begins with, `font_size` for what is empty or too big."""
    if not 0 < sent.size <= MOST_BYTES:
        raise Invalid("font_size", "A font file holds something, and at most 16 MB.")
    name = file_name(re.split(r"[/\\]", name)[-1], locale=locale)
    stem, _, extension = name.rpartition(".")
    if not (data := sent.read()).startswith(_SIGNS.get(extension.lower(), ()) or (b"\0none",)):
        raise Invalid("font_type", "This is no OpenType, TrueType, WOFF or WOFF2 font.")
    return FontFile(f"{stem[:100] or 'font'}.{extension.lower()}", data)


def family_name(text: str) -> str:
    """A CSS list of font names with quotes where they need some (WP_Font_Utils::sanitize_font_family)."""
    text = clean_line(text)
    return ", ".join(name for name in map(_quoted, text.split(",")) if name)


def _quoted(name: str) -> str:
    name = name.strip()
    if not name or _PLAIN.match(name):
        return name
    bare = name.strip("\"'")
    return f'"{bare}"'


def face_title(settings: Settings) -> str:
    """What tells a face from all others (WP_Font_Utils::get_font_face_slug)."""
    weight = str(settings.get("fontWeight") or "400").lower()
    stretch = str(settings.get("fontStretch") or "100%").lower()
    parts = (
        str(settings.get("fontFamily") or "").lower(),
        str(settings.get("fontStyle") or "normal").lower(),
        _WEIGHTS.get(weight, weight),
        _STRETCHES.get(stretch, stretch),
        str(settings.get("unicodeRange") or "U+0-10FFFF").upper(),
    )
    bare = (re.sub(r",\s+", ",", re.sub("[\"';]", "", part).strip()) for part in parts)
    return clean_line(";".join(bare))


def family_settings(post: Post) -> dict[str, Any]:
    """What a family says of itself."""
    kept = _kept(post)
    more = {name: str(kept.get(name) or "") for name in ("fontFamily", "preview")}
    return {"name": post.title, "slug": post.slug, **more}


def face_settings(post: Post) -> dict[str, Any]:
    """What a face says of itself."""
    return _kept(post) or {"fontFamily": "", "src": []}


def _kept(post: Post) -> dict[str, Any]:
    try:
        return {**table(json.loads(post.content))}
    except (ValueError, RecursionError):
        return {}


def faces_of(view: View, families: Sequence[int]) -> dict[int, list[int]]:
    """The ids of families' faces by family, the oldest first."""
    found: dict[int, list[int]] = {family: [] for family in families}
    if families:
        query = PostQuery(
            types=(FACE,), parents=tuple(families), orderby="id", order="asc", per_page=MOST, with_total=False
        )
        ids = reading.browse(view, NEWSROOM, query).ids
        loaded = store.load(view.unit, ids)
        for face in ids:
            found[loaded[face].parent].append(face)
    return found


def keep_family(view: View, viewer: Viewer, settings: Settings, before: Post | None = None) -> Post:
    """Adds a family, or changes one.  Raises Conflict when another has its slug."""
    slug = slug_of(str(settings["slug"]), locale=view.site.locale)
    if before is None and store.slugs_taken(view.unit, (slug,), types=(FAMILY,)):
        raise Conflict("duplicate_font_family", "There is a font family with this slug.")
    rest = {name: value for name, value in settings.items() if name not in ("name", "slug")}
    changes = Changes(title=str(settings["name"]), slug=slug, content=_encoded(rest), status="publish")
    if before is None:
        return publishing.create(view, viewer, FAMILY, changes)
    return publishing.update(view, viewer, before.id, changes)


def keep_face(view: View, viewer: Viewer, family: Post, settings: Settings, files: Mapping[str, FontFile]) -> Post:
    """Adds a face to a family; a source that names one of the files is where this lies from now on.  The files get
    their names with the commit.  Raises Conflict when there is such a face."""
    title = face_title(settings)
    if _known(view, title):
        raise Conflict("duplicate_font_face", "There is such a font face already.")
    sources = settings["src"] if isinstance(settings["src"], list) else [settings["src"]]
    places = {source: _free_path(view, files[source].name) for source in sources if source in files}
    urls = {source: view.site.upload_url(path) for source, path in places.items()}
    addresses = [urls.get(source, source) for source in sources]
    settings = {**settings, "src": addresses[0] if len(addresses) == 1 else addresses}
    meta = {FILE: [path.removeprefix(f"{FOLDER}/") for path in places.values()]}
    changes = Changes(
        title=title, slug=slug_of(title), content=_encoded(settings), status="publish", parent=family.id, meta=meta
    )
    post = publishing.create(view, viewer, FACE, changes)
    for source, path in places.items():
        uploads.note(view.unit, path, post.id, files[source].data)
        view.staged.put(path, files[source].data)
    return post


def _known(view: View, title: str) -> bool:
    query = PostQuery(types=(FACE,), slugs=(slug_of(title),), per_page=MOST, with_total=False)
    found = store.load(view.unit, reading.browse(view, NEWSROOM, query).ids)
    return any(post.title == title for post in found.values())


def _free_path(view: View, name: str) -> str:
    stem, _, extension = name.rpartition(".")
    number = 0
    while True:
        path = f"{FOLDER}/{stem}-{number}.{extension}" if number else f"{FOLDER}/{name}"
        if not view.staged.taken(path) and not uploads.known(view.unit, path):
            return path
        number += 1


def delete_family(view: View, family: int) -> None:
    """Removes a family with its faces and their files (_wp_after_delete_font_family)."""
    for face in faces_of(view, (family,))[family]:
        delete_face(view, face)
    trash.delete(view, family)


def delete_face(view: View, face: int) -> None:
    """Removes a face; its files go with the commit (_wp_before_delete_font_face)."""
    paths: Sequence[str] = uploads.of_post(view.unit, face)
    trash.delete(view, face)
    for path in paths:
        view.staged.remove(path)


def _encoded(settings: Settings) -> str:
    return json.dumps(settings, separators=(",", ":")).replace("/", "\\/")
