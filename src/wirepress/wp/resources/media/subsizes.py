"""Sizes that the browser makes: `sideload` takes their files one by one, `finalize` notes them all at once
(WP_REST_Attachments_Controller::sideload_item, finalize_item)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from wirepress.content.media import library, subsizes
from wirepress.content.media.subsizes import SPECIAL, UNMEASURED, regular_sizes
from wirepress.model.errors import Invalid
from wirepress.model.post import Post
from wirepress.wp import schema as s
from wirepress.wp import upload
from wirepress.wp.call import Call
from wirepress.wp.declaration import ItemPermission, Param, worded
from wirepress.wp.endpoints import shown_schema
from wirepress.wp.errors import WireError, wire
from wirepress.wp.fields import pick, tree
from wirepress.wp.resource import Resource
from wirepress.wp.resources.media.files import is_image, is_pdf
from wirepress.wp.resources.media.writes import checked_file
from wirepress.wp.result import Result
from wirepress.wp.routes import Endpoint, Route, Shows
from wirepress.wp.schema import Schema
from wirepress.wp.validation import Flaw, check
from wirepress.wp.writing import item_of, shown

_NAME: Schema = s.text(minLength=1)
SIZE_NAMES: Schema = {"type": ["string", "array"], "items": _NAME, "minItems": 1, "minLength": 1}
"""The name of a size, or several that share a file."""
_COUNT = s.integer(minimum=1)
ENTRIES: Schema = {
    "type": "array",
    "default": [],
    "maxItems": 100,
    "items": {
        "type": "object",
        "properties": {
            "image_size": {**SIZE_NAMES, "required": True},
            "width": _COUNT,
            "height": _COUNT,
            "file": _NAME,
            "mime_type": s.text(pattern="^image/.*"),
            "filesize": _COUNT,
            "original_image": _NAME,
        },
    },
}
TOLD: Schema = {
    "width": s.integer(),
    "height": s.integer(),
    "file": s.text(),
    "mime_type": s.text(),
    "filesize": s.integer(),
    "original_image": s.text(),
}


def _name_flaw(value: Any, name: str, regular: Collection[str]) -> Flaw | None:
    """What is wrong with the names of sizes (validate_image_size_names)."""
    if not isinstance(value, str | list):
        return Flaw("rest_invalid_type", f"{name} has to be a text or a list of texts.")
    if isinstance(value, str):
        known = value in regular or value in SPECIAL
    else:
        known = all(one in regular for one in value)
    return None if known else Flaw("rest_not_in_enum", f"{name} names a size that there is not.")


def _size_flaw(call: Call, value: Any) -> Flaw | None:
    return check(value, SIZE_NAMES, "image_size") or _name_flaw(value, "image_size", regular_sizes(call.site))


def _entries_flaw(call: Call, value: Any) -> Flaw | None:
    if flaw := check(value, ENTRIES, "sub_sizes"):
        return flaw
    regular = regular_sizes(call.site)
    for place, entry in enumerate(value if isinstance(value, list) else ()):
        sizes = entry.get("image_size") if isinstance(entry, Mapping) else None
        if flaw := _name_flaw(sizes, f"sub_sizes[{place}][image_size]", regular):
            return flaw
    return None


SIDELOAD = worded(
    (
        Param("id", s.integer()),
        Param("image_size", SIZE_NAMES, eager=True, required=True, validate=_size_flaw),
        Param("convert_format", s.boolean(default=True)),
    )
)
FINALIZE = worded((Param("id", s.integer()), Param("sub_sizes", ENTRIES, validate=_entries_flaw)))


def _names_of(call: Call) -> tuple[str, ...]:
    """The sizes that a file is sent for."""
    wanted = call.params["image_size"]
    return (wanted,) if isinstance(wanted, str) else tuple(wanted)


def _prepare(resource: Resource[Post], call: Call) -> library.Prepared:
    """The file of a size, checked and written down.  Raises where it cannot be one of this attachment."""
    post = item_of(resource, call)
    if not (is_image(post) or is_pdf(post)):
        raise WireError("rest_post_invalid_id", "Sizes belong to pictures and PDFs.", 400)
    if not subsizes.has_place(post):
        message = "The file of this attachment does not lie among the uploads."
        raise WireError("rest_sideload_attachment_not_in_uploads", message, 403)
    prepared = checked_file(call, upload.sent_file(call.request), sizes=False)
    names = _names_of(call)
    if not UNMEASURED.intersection(names):
        if not (prepared.width and prepared.height):
            raise WireError("rest_upload_invalid_image", "The measures of this picture cannot be read.", 400)
        try:
            subsizes.check_measures(call.site, post, names, prepared.width, prepared.height)
        except Invalid as error:
            raise wire(error, logged_in=True, status=400) from error
    return library.written(call.view.files, prepared)


def _sideload(resource: Resource[Post], call: Call) -> Result:
    prepared: library.Prepared = call.prepared
    try:
        kept = subsizes.keep_beside(call.view, item_of(resource, call).id, prepared, _names_of(call))
    except Invalid as error:
        raise wire(error, logged_in=True, status=400) from error
    entry = {"image_size": call.params["image_size"], **kept}
    return Result(value=pick(entry, tree(call.fields)) if call.fields else entry)


def _finalize(resource: Resource[Post], call: Call) -> Result:
    try:
        post = subsizes.finalize(call.view, item_of(resource, call).id, call.params["sub_sizes"])
    except Invalid as error:
        raise wire(error, logged_in=True, status=400) from error
    return shown(resource, call, post)


def subsize_routes(resource: Resource[Post]) -> tuple[Route, ...]:
    """`sideload` and `finalize` of an attachment."""
    edited = replace(resource, verbs=replace(resource.verbs, context=lambda _: "edit"))
    edit: ItemPermission[Post] | None = resource.rules.edit
    assert edit is not None

    def may_send(call: Call) -> None:
        if not call.may("upload_files"):
            call.refuse("rest_cannot_edit_image", "You may not upload files.")
        edit(call, item_of(resource, call))

    item, schema = f"{resource.route}/{resource.key}", partial(shown_schema, resource)
    entry = Shows("value", s.mapping(properties={"image_size": SIZE_NAMES, **TOLD}))
    sideload = Endpoint(
        ("POST",), partial(_sideload, resource), may_send, SIDELOAD, shows=entry, alters=True,
        prepare=partial(_prepare, resource),
    )  # fmt: skip
    finalize = Endpoint(
        ("POST",), partial(_finalize, edited), may_send, FINALIZE, shows=Shows("one", resource), alters=True
    )
    return (
        Route(f"{item}/sideload", (sideload,), resource.namespace, schema),
        Route(f"{item}/finalize", (finalize,), resource.namespace, schema),
    )
