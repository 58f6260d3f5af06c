"""Media: attachments and their files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wirepress.content.identity.permissions import may
from wirepress.model.post import Post
from wirepress.model.registry import PostType
from wirepress.render.strip import clean_line
from wirepress.wp import json
from wirepress.wp.call import Call
from wirepress.wp.common import int_param, need, refuse
from wirepress.wp.resource import (
    ALL,
    EDIT,
    NOTHING,
    READ,
    Entry,
    Field,
    Group,
    Link,
    Param,
    Resource,
    Rules,
    Target,
    To,
    boolean,
    choice,
    integer,
    listing,
    mapping,
    text,
    uri,
)
from wirepress.wp.resources.media.writes import verbs_of
from wirepress.wp.resources.posts import fields as f
from wirepress.wp.resources.posts.links import EMBEDDABLE
from wirepress.wp.resources.posts.resource import Taxonomies, order_of, resource_for
from wirepress.wp.resources.posts.rules import rules_of
from wirepress.wp.values import to_int

QUALITY = {"type": "integer", "minimum": 1, "maximum": 100}
SIZES = ("thumbnail", "medium", "medium_large", "large", "1536x1536", "2048x2048")
PREVIEWS = ("thumbnail", "medium", "large")
TYPES = ("image", "video", "text", "application", "audio")


def metadata(post: Post) -> dict[str, Any]:
    """What WordPress knows of the file (_wp_attachment_metadata)."""
    kept = post.first_meta("_wp_attachment_metadata", {})
    return kept if isinstance(kept, dict) else {}


def file_of(post: Post) -> str:
    """The path of the file under the uploads folder."""
    return str(post.first_meta("_wp_attached_file"))


def source_url(post: Post, call: Call) -> str:
    name = file_of(post)
    return call.site.upload_url(name) if name else call.site.guid(post)


def is_image(post: Post) -> bool:
    """wp_attachment_is_image: by type and by name."""
    extension = file_of(post).rpartition(".")[2].lower()
    return post.mime_type.startswith("image/") and extension in {
        "jpg", "jpeg", "jpe", "gif", "png", "webp", "avif", "heic", "bmp", "svg", "ico", "tif", "tiff",
    }  # fmt: skip


def details(post: Post, call: Call) -> Any:
    """`media_details`: the metadata with addresses for its sizes."""
    known = metadata(post)
    if not known:
        return {}
    shown: dict[str, Any] = {k: json.plain(v) for k, v in known.items()}
    sizes = known.get("sizes")
    if isinstance(sizes, Mapping) and sizes:
        shown["sizes"] = _sizes(post, call, known, sizes)
    else:
        shown["sizes"] = {}
    return shown


def _sizes(post: Post, call: Call, known: Mapping[str, Any], sizes: Mapping[str, Any]) -> dict[str, Any]:
    url = source_url(post, call)
    folder = url.rpartition("/")[0]
    shown: dict[str, Any] = {}
    for name, size in sizes.items():
        if isinstance(size, Mapping):
            entry = {("mime_type" if k == "mime-type" else k): json.plain(v) for k, v in size.items()}
            order = {k: entry.pop(k) for k in tuple(entry) if k != "mime_type"}
            shown[name] = {**order, **entry, "source_url": f"{folder}/{size.get('file', '')}"}
    if is_image(post):
        shown["full"] = {
            "file": url.rpartition("/")[2],
            "width": known.get("width", 0),
            "height": known.get("height", 0),
            "mime_type": post.mime_type,
            "source_url": url,
        }
    return shown


def missing_sizes(post: Post, call: Call) -> list[str]:
    """The sizes that a picture of its size should have and has not (wp_get_missing_image_subsizes)."""
    known = metadata(post)
    width, height = to_int(known.get("width", 0)), to_int(known.get("height", 0))
    sizes = known.get("sizes")
    made = sizes if isinstance(sizes, Mapping) else {}
    if post.mime_type == "application/pdf":  # pictures of its first page
        return [name for name in PREVIEWS if name not in made]
    if not is_image(post):
        return []
    absent = []
    for name in SIZES:
        side = to_int(name.partition("x")[0]) if "x" in name else 0
        most_wide = side or call.site.number(f"{name}_size_w")
        most_high = side or call.site.number(f"{name}_size_h")
        if name not in made and (0 < most_wide < width or 0 < most_high < height):
            absent.append(name)
    return absent


def filename(post: Post, _: Call) -> str:
    return str(metadata(post).get("original_image") or file_of(post)).rpartition("/")[2]


def filesize(post: Post, _: Call) -> int | None:
    size = metadata(post).get("filesize")
    return int(size) if isinstance(size, int | float | str) and str(size).isdigit() else None


def orientation(post: Post, _: Call) -> int:
    image = metadata(post).get("image_meta")
    kept = str(image.get("orientation") or "") if isinstance(image, Mapping) else ""
    return (int(kept) or 1) if kept.isdigit() else 1


def quality(post: Post, _: Call) -> dict[str, Any]:
    """The quality that WordPress makes sizes with."""
    return {"default": 86 if post.mime_type == "image/webp" else 82, "sizes": []}


def _image(post: Post, _: Call) -> bool:
    return is_image(post)


OWN: tuple[Entry[Post], ...] = (
    Group("description", "The description.", READ, (
        Field("raw", text("The description as it was written."), EDIT, lambda p, _: p.content, write="content"),
        Field("rendered", text("The description as it is shown."), READ, f.content_once),
    ), write="content", clean=f.as_sent, eager=False),
    Group("caption", "The caption.", ALL, (
        Field("raw", text("The caption as it was written."), EDIT, lambda p, _: p.excerpt, write="excerpt"),
        Field("rendered", text("The caption as it is shown."), ALL, f.excerpt),
    ), write="excerpt", clean=f.as_sent, eager=False),
    Field("alt_text", text("What is told where it cannot be shown."), ALL,
          lambda p, _: p.first_meta("_wp_attachment_image_alt"), write="alt",
          clean=lambda _, value: clean_line(str(value))),
    Field("media_type", choice("Whether it is a picture.", ("image", "file")), ALL,
          lambda p, _: "image" if is_image(p) else "file"),
    Field("mime_type", text("Its MIME type."), ALL, lambda p, _: p.mime_type),
    Field("media_details", mapping("What is known of the file."), ALL, details),
    Field("post", integer("The id of the post that it belongs to."), READ, lambda p, _: p.parent or None,
          write="parent", answer={"description": "The id of the post that it belongs to.",
                                  "type": ["integer", "null"]}),
    Field("source_url", uri("The address of the file."), ALL, source_url),
    Field("missing_image_sizes", listing("Sizes that are yet to be made.", "string"), EDIT, missing_sizes),
    Field("filename", text("The name of the file as it was uploaded."), READ, filename),
    Field("filesize", {"description": "The size of the file in bytes.", "type": ["integer", "null"]}, READ, filesize),
    Field("exif_orientation", integer("How the camera was held."), EDIT, orientation, when=_image),
    Field("image_output_format", {"description": "The type that its sizes are made in.",
          "type": ["string", "null"]}, EDIT, lambda *_: None, when=_image),
    Field("image_save_progressive", boolean("Whether its sizes are made interlaced."), EDIT, lambda *_: False,
          when=_image),
    Field("image_quality", mapping("The quality that its sizes are made with."), EDIT,
          quality, when=_image, tail={"properties": {
              "default": QUALITY, "sizes": {"type": "object", "properties": dict.fromkeys(SIZES, QUALITY)}}},
          answer={"type": "object", "properties": {"default": QUALITY, "sizes": NOTHING}}),
)  # fmt: skip

ORDER = (
    "alt_text", "caption", "description", "media_type", "mime_type", "media_details", "post", "source_url",
    "missing_image_sizes", "filename", "filesize", "exif_orientation", "image_quality", "image_output_format",
    "image_save_progressive",
)  # fmt: skip

PARAMS = (
    Param("media_type", {"default": None, "description": "Only files of these kinds.", "type": "array",
                         "items": {"type": "string", "enum": list(TYPES)}}),
    Param("mime_type", {"default": None, "description": "Only files of these MIME types.", "type": "array",
                        "items": {"type": "string"}}),
)  # fmt: skip
UPLOAD = (
    Param("generate_sub_sizes", boolean("Whether sizes are made.", default=True)),
    Param("convert_format", boolean("Whether the file's type may be changed.", default=True)),
    Param("url", uri("The address to take the file from.")),
)


def attached_to(post: Post, call: Call) -> To | None:
    parent = call.view.lookup.post(post.parent) if post.parent else None
    kind = call.site.type(parent.type) if parent else None
    if parent is None or kind is None or not kind.show_in_rest:
        return None
    more = {**EMBEDDABLE, "post_type": kind.name, "id": parent.id}
    href = f"{call.api}/{kind.rest_namespace}/{kind.rest_base}/{parent.id}"
    return To(href, more, Target("post", parent.id))


def media(kind: PostType, taxonomies: Taxonomies) -> Resource[Post]:
    """The resource of attachments."""
    shown: tuple[Entry[Post], ...] = (
        *f.HEAD,
        *f.names(),
        f.title_group(),
        f.AUTHOR,
        f.FEATURED,
        *f.DISCUSSION,
        f.TEMPLATE,
        f.meta_field({}),
        *f.taxonomies_of(kind, taxonomies),
        *f.pages(kind),
        *OWN,
    )
    base = resource_for(kind, taxonomies, shown)
    rules = rules_of(kind)

    def create(call: Call) -> None:
        if rules.create is not None:
            rules.create(call)
        if not may(call.view, call.viewer, "upload_files"):
            refuse(call, "rest_cannot_create", "You may not upload files.")
        parent = int_param(call.params, "post")
        if parent:
            post = call.view.lookup.post(parent)
            need(call, "edit_post", "rest_cannot_edit", "You may not upload files to this post.", post)

    at = next(i for i, link in enumerate(base.links) if link.rel.startswith("wp:action"))
    links = (*base.links[:at], Link("wp:attached-to", attached_to), *base.links[at:])
    own = tuple(name for name in order_of(shown) if name not in ORDER)
    return resource_for(
        kind,
        taxonomies,
        shown,
        rules=Rules(rules.browse, rules.read, create, rules.edit, rules.delete),
        params=(*base.params, *PARAMS),
        create_params=UPLOAD,
        item_params=(),
        links=links,
        order=(*own, *ORDER),
        known=lambda _: False,
        batch=None,
        verbs=verbs_of(kind, taxonomies, frozenset(entry.name for entry in shown)),
        whole=ORDER,
    )
