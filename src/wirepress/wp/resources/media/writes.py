"""What uploading, changing, editing and deleting media does with what was sent (WP_REST_Attachments_Controller)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wirepress.content.media import library
from wirepress.content.media.library import ALT
from wirepress.content.media.sizes import Step
from wirepress.content.media.sniffing import EDITABLE, PICTURES
from wirepress.content.posts import publishing, reading
from wirepress.content.posts.changes import Changes
from wirepress.content.posts.cleaning import Cleaned
from wirepress.model.errors import Invalid
from wirepress.model.post import Post
from wirepress.render.slugs import slug as slug_of
from wirepress.render.strip import clean_line
from wirepress.render.values import to_boolean
from wirepress.wp import schema as s
from wirepress.wp import upload
from wirepress.wp.call import Call
from wirepress.wp.collection import need_force
from wirepress.wp.declaration import Param, Verbs, worded
from wirepress.wp.errors import WireError
from wirepress.wp.resource import Resource
from wirepress.wp.resources.media.fetched import fetched_picture
from wirepress.wp.resources.posts.writes import cleaned_ahead, loose_text, text
from wirepress.wp.result import Result
from wirepress.wp.routes import Endpoint, Route
from wirepress.wp.schema import Schema
from wirepress.wp.writing import item_of, made_at, shown

_TOO_BIG = {"upload_too_big": 413, "upload_image_too_large": 400}
_NAMED = {"title": "title", "content": "description", "excerpt": "caption"}
"""What the texts of a post are called here."""
_NO_PARENTS = ("attachment", "revision")


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was sent, checked and with its sizes made; its name as its sender wrote it, None of one that was
    fetched."""

    file: library.Prepared
    sent: upload.Sent | None = None

    def release(self) -> None:
        self.file.release()


def create(call: Call, changes: Changes) -> Post:
    taken: Taken = call.prepared
    if taken.sent is None:
        return library.keep(call.view, call.viewer, taken.file, _of_picture(call, taken), alt=taken.file.noted("alt"))
    caption = changes.excerpt or taken.file.noted("caption") or changes.excerpt
    changes = replace(changes, title=_title(call, taken), excerpt=caption)
    alt = clean_line(str(call.params.get("alt_text") or "")) or taken.file.noted("alt")
    post = library.keep(call.view, call.viewer, taken.file, changes, alt=alt)
    return _with_thumbnail(call, post)


def update(call: Call, post: Post, changes: Changes) -> Post:
    publishing.update(call.view, call.viewer, post.id, replace(changes, ahead=call.prepared))
    if call.params.get("alt_text") is not None:
        alt = clean_line(str(call.params["alt_text"]))
        library.describe(call.view, post.id, {ALT: [alt] if alt or ALT in post.meta else []})
    return _with_thumbnail(call, post)


def prepare(call: Call) -> Taken | Cleaned:
    """Takes the file of an upload and makes its sizes, or cleans the long texts of a change, before anybody has to wait
    for that.

    Raises where no file is sent, where it is refused, and where it cannot belong to the post that is named.
    """
    if call.params.get("id"):  # a change of what is there already
        return cleaned_ahead(call, _NAMED)
    check_parent(call)
    sizes = to_boolean(call.params.get("generate_sub_sizes", True))
    if call.holds("url"):
        return Taken(library.written(call.view.files, fetched_picture(call, str(call.params["url"]), sizes=sizes)))
    sent = upload.sent_file(call.request)
    if sent.form and sizes and sent.kind.startswith("image/") and sent.kind not in (*PICTURES, "image/svg+xml"):
        message = "No sizes can be made of pictures of this type here; JPEG and PNG are taken."
        raise WireError("rest_upload_image_type_not_supported", message, 400)
    return Taken(library.written(call.view.files, checked_file(call, sent, sizes=sizes)), sent)


def checked_file(call: Call, sent: upload.Sent, *, sizes: bool) -> library.Prepared:
    """A file that was sent, checked, with its `sizes` made where they are asked for.  Raises where it is refused."""
    try:
        return library.prepare(call.site, sent.data, sent.name, strict=True, sizes=sizes)
    except Invalid as error:
        if status := _TOO_BIG.get(error.code):
            raise WireError("rest_upload_file_too_big", error.message, status) from error
        raise upload.refused(error.message, form=sent.form) from error


def delete(call: Call, post: Post) -> None:
    """Deletes a file for good: attachments have no trash (MEDIA_TRASH).  Raises without `force`."""
    need_force(call, "Media have no trash; force=true deletes them.")
    library.delete(call.view, post.id)


# ---- from parameters to changes


def check_parent(call: Call, _: Post | None = None) -> None:
    """Raises where a file cannot belong to the post that is named."""
    number = call.integer("post")
    parent = None
    if number > 0:
        parent = reading.get(call.view, number)
    if number < 0 or (parent is not None and parent.type in _NO_PARENTS):
        raise WireError("rest_invalid_param", "A file cannot belong to this.", 400)


def _of_picture(call: Call, taken: Taken) -> Changes:
    """What is kept of a picture that was fetched (media_handle_sideload): what stands in the file, whatever else was
    sent."""
    return Changes(
        title=_noted_title(call, taken),
        content=taken.file.noted("caption") or None,
        parent=call.integer("post") or None,
    )


def _noted_title(call: Call, taken: Taken) -> str | None:
    """The title that a camera noted, where it is more than a number."""
    noted = taken.file.noted("title")
    return noted if noted and not slug_of(noted, locale=call.site.locale).isdigit() else None


def _title(call: Call, taken: Taken) -> str | None:
    """The title of an upload: as it was sent, as the camera noted it, or the file's name as its sender wrote it; None
    for the name that it gets here."""
    title = loose_text(call, call.params.get("title"), None)
    if not call.params.get("title") and (noted := _noted_title(call, taken)):
        title = noted
    if not title and taken.sent is not None and taken.sent.form:
        title = taken.sent.name.rpartition(".")[0]
    return title or None


def _with_thumbnail(call: Call, post: Post) -> Post:
    """The post with the picture that stands for it; sounds and films alone can have one."""
    wanted = call.params.get("featured_media")
    if wanted is not None and post.mime_type.startswith(("audio/", "video/")):
        number = call.integer("featured_media")
        picture = None
        if number > 0:
            picture = reading.get(call.view, number)
        if picture is not None or not number:
            image = picture is not None and picture.mime_type.startswith("image/")
            library.describe(call.view, post.id, {"_thumbnail_id": [str(number)] if image else []})
    found = reading.get(call.view, post.id)
    assert found is not None, post.id
    return found


# ---- routes of their own


def _step_of(title: str, word: str, args: Schema) -> Schema:
    return {"title": title, "properties": {"type": s.choice("", (word,)), "args": args}}


def _needs(**properties: Schema) -> Schema:
    return {"type": "object", "required": list(properties), "properties": properties}


_NUMBER = s.of("number")
_PERCENT = s.of("number", minimum=0, maximum=100)
_CORNERS = dict.fromkeys(("left", "top", "width", "height"), _NUMBER)
MODIFIERS: Schema = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "required": ["type", "args"],
        "oneOf": [
            _step_of("Flip", "flip", _needs(flip=_needs(horizontal=s.boolean(), vertical=s.boolean()))),
            _step_of("Rotation", "rotate", _needs(angle=_NUMBER)),
            _step_of("Crop", "crop", _needs(**_CORNERS)),
        ],
    },
}
TURNED = s.integer(minimum=0, exclusiveMinimum=True, maximum=360, exclusiveMaximum=True)
PROCESS = worded((Param("id", s.integer()), Param("action", s.choice("", ("create-image-subsizes",)), required=True)))


def edit_params(resource: Resource[Post]) -> tuple[Param, ...]:
    """What `edit` takes: the file, what is to be done to it, and the copy's own words."""
    words = {
        param.name: replace(param, clean=None, eager=param.name in {"post", "alt_text"})
        for param in resource.arguments("edit")
    }
    return worded(
        (
            Param("src", s.uri(), required=True),
            Param("modifiers", MODIFIERS),
            Param("rotation", TURNED),
            *(Param(name, _PERCENT) for name in ("x", "y", "width", "height")),
            *(words[name] for name in ("caption", "description", "title", "post", "alt_text")),
        )
    )


def edit_routes(resource: Resource[Post]) -> tuple[Route, ...]:
    """`edit`, which keeps a changed copy of a picture, and `post-process`, which makes the sizes that it lacks."""
    viewed = replace(resource, verbs=replace(resource.verbs, context=_view))
    edit = resource.rules.edit
    assert edit is not None

    def may_edit(call: Call) -> None:
        edit(call, item_of(resource, call))

    def may_copy(call: Call) -> None:
        if not call.may("upload_files"):
            call.refuse("rest_cannot_edit_image", "You may not upload files.")
        may_edit(call)

    def copy(call: Call) -> Result:
        post = _keep_edited(call, item_of(resource, call))
        return made_at(call, f"{resource.route}/{post.id}", shown(viewed, call, post))

    def process(call: Call) -> Result:
        return shown(resource, call, library.keep_missing(call.view, item_of(resource, call).id, call.prepared or ()))

    def ready_copy(call: Call) -> library.Prepared:
        return _prepare_edited(call, item_of(resource, call))

    def ready_sizes(call: Call) -> Any:
        return library.prepare_missing(call.view, item_of(resource, call))

    item = f"{resource.route}/{resource.key}"
    return (
        Route(
            f"{item}/post-process",
            (Endpoint(("POST",), process, may_edit, PROCESS, alters=True, prepare=ready_sizes),),
        ),
        Route(
            f"{item}/edit",
            (Endpoint(("POST",), copy, may_copy, edit_params(resource), alters=True, prepare=ready_copy),),
        ),
    )


def _view(_: Call) -> str:
    return "view"


def _keep_edited(call: Call, original: Post) -> Post:
    alt = call.params.get("alt_text")
    changes = Changes(
        title=loose_text(call, call.params.get("title"), original),
        excerpt=text(call, call.params.get("caption"), original),
        content=text(call, call.params.get("description"), original),
        parent=None if call.params.get("post") is None else call.integer("post"),
    )
    noted = None if alt is None else clean_line(str(alt))
    return library.keep_copy(call.view, call.viewer, original, call.prepared, changes, noted)


def _prepare_edited(call: Call, post: Post) -> library.Prepared:
    """The edited copy, or what speaks against it (edit_media_item)."""
    path = library.original_path(post)
    own = path and call.view.files.exists(path) and _is_of(str(call.params.get("src")), library.metadata_of(post))
    if not own:
        raise WireError("rest_unknown_attachment", "The picture is not one of this item's.", 404)
    if post.mime_type not in EDITABLE:
        raise WireError("rest_cannot_edit_file_type", "Files of this type cannot be edited.", 400)
    steps = _steps(call)
    if not steps:
        raise WireError("rest_image_not_edited", "Nothing is to be done to the picture.", 400)
    try:
        return library.written(call.view.files, library.prepare_edited(call.view, post, steps))
    except Invalid as error:
        unreadable = error.code == "upload_image_unreadable"
        code = "rest_image_crop_failed"
        if unreadable:
            code = "rest_unknown_image_file_type"
        raise WireError(code, error.message, 500) from error


def _is_of(src: str, metadata: Mapping[str, Any]) -> bool:
    """Whether an address is that of a picture's file or of one of its sizes (wp_image_file_matches_image_meta)."""
    file = str(metadata.get("file") or "")
    if len(file) <= 4:
        return False
    folder = file.rpartition("/")[0]
    sizes = metadata.get("sizes")
    files = [size.get("file") for size in sizes.values()] if isinstance(sizes, Mapping) else []
    names = [str(name) for name in (metadata.get("original_image"), *files) if name]
    paths = [file, *(f"{folder}/{name}".lstrip("/") for name in names)]
    return src.partition("?")[0].endswith(tuple(paths))


def _steps(call: Call) -> Sequence[Step]:
    """What is to be done, in order: the modifiers, or what an older client names one by one."""
    params = call.params
    modifiers = params.get("modifiers")
    if modifiers is None:
        modifiers = []
        if params.get("rotation"):
            modifiers.append({"type": "rotate", "args": {"angle": params["rotation"]}})
        if all(params.get(name) is not None for name in ("x", "y", "width", "height")):
            crop = {"left": params["x"], "top": params["y"], "width": params["width"], "height": params["height"]}
            modifiers.append({"type": "crop", "args": crop})
    return [_step(modifier) for modifier in modifiers]


def _step(modifier: Mapping[str, Any]) -> Step:
    args = modifier["args"]
    if modifier["type"] == "rotate":
        return Step("rotate", (float(args["angle"]),))
    if modifier["type"] == "flip":
        flip = args["flip"]
        return Step("flip", (float(to_boolean(flip["horizontal"])), float(to_boolean(flip["vertical"]))))
    return Step("crop", tuple(float(args[name]) for name in ("left", "top", "width", "height")))


def _number_of(call: Call, post: Post) -> Mapping[str, str]:
    """The number of a file that was sent, with which a client goes on where making its sizes fails."""
    if call.holds("url"):
        return {}
    return {"X-WP-Upload-Attachment-ID": str(post.id)}


VERBS: Verbs[Post] = Verbs(Changes, create, update, delete, check_parent, prepare, headers=_number_of)
