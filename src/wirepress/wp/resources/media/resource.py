"""Media: attachments and their files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from wirepress.content.site import Site
from wirepress.model.post import Post
from wirepress.model.registry import PostType
from wirepress.wp import json
from wirepress.wp import schema as s
from wirepress.wp.askable import may_be_asked
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.cleaning import as_sent, plain_text
from wirepress.wp.declaration import (
    ALL,
    EDIT,
    EMBEDDABLE,
    READ,
    Entry,
    Field,
    Group,
    Link,
    Param,
    Rules,
    Target,
    To,
    Write,
    by_verb,
    constant,
)
from wirepress.wp.meta import sent
from wirepress.wp.resource import Resource
from wirepress.wp.resources.media.files import file_of, is_image
from wirepress.wp.resources.media.subsizes import subsize_routes
from wirepress.wp.resources.media.writes import VERBS, edit_routes
from wirepress.wp.resources.posts import fields as f
from wirepress.wp.resources.posts.resource import order_of, resource_for
from wirepress.wp.resources.posts.rules import rules_of
from wirepress.wp.resources.posts.writes import Taxonomies, text
from wirepress.wp.routes import Route
from wirepress.wp.validation import Flaw, check
from wirepress.wp.values import to_int

QUALITY = {"type": "integer", "minimum": 1, "maximum": 100}
SIZES = ("thumbnail", "medium", "medium_large", "large", "1536x1536", "2048x2048")
PREVIEWS = ("thumbnail", "medium", "large")
TYPES = ("image", "video", "text", "application", "audio")


def metadata(post: Post) -> dict[str, Any]:
    """What WordPress knows of the file (_wp_attachment_metadata)."""
    kept = post.first_meta("_wp_attachment_metadata", {})
    if isinstance(kept, dict):
        return kept
    return {}


def source_url(post: Post, call: Call) -> str:
    name = file_of(post)
    if name:
        return call.site.upload_url(name)
    return call.site.guid(post)


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
        shown["full"] = _full(post, known, url)
    return shown


def _full(post: Post, known: Mapping[str, Any], url: str) -> dict[str, Any]:
    """The picture as it is: its own file, or the one that a client gave the size of this name."""
    size = known["sizes"].get("full")
    measured: Mapping[str, Any] = known
    if isinstance(size, Mapping) and size.get("file"):
        url = f"{url.rpartition('/')[0]}/{size['file']}"
        if size.get("width") or size.get("height"):
            measured = size
    return {
        "file": url.rpartition("/")[2],
        "width": measured.get("width", 0),
        "height": measured.get("height", 0),
        "mime_type": post.mime_type,
        "source_url": url,
    }


def missing_sizes(post: Post, call: Call) -> list[str]:
    """The sizes that a picture of its size should have and has not; one whose size is not known should have all
    (wp_get_missing_image_subsizes)."""
    known = metadata(post)
    width, height = to_int(known.get("width", 0)), to_int(known.get("height", 0))
    sizes = known.get("sizes")
    made = sizes if isinstance(sizes, Mapping) else {}
    if post.mime_type == "application/pdf":  # pictures of its first page
        return [name for name in PREVIEWS if name not in made]
    if not is_image(post) or not file_of(post):
        return []
    wanted = [name for name in SIZES if name not in made]
    if not width or not height:
        return wanted
    return [name for name in wanted if _is_smaller(name, width, height, call.site)]


def _is_smaller(name: str, width: int, height: int, site: Site) -> bool:
    """Whether the size of a name bounds a picture of these measures."""
    side = to_int(name.partition("x")[0]) if "x" in name else 0
    most_wide, most_high = side or site.number(f"{name}_size_w"), side or site.number(f"{name}_size_h")
    return 0 < most_wide < width or 0 < most_high < height


def filename(post: Post, _: Call) -> str | None:
    if not file_of(post):
        return None
    return str(metadata(post).get("original_image") or file_of(post)).rpartition("/")[2]


def filesize(post: Post, _: Call) -> int | None:
    size = metadata(post).get("filesize")
    if isinstance(size, int | float | str) and str(size).isdigit():
        return int(size)
    return None


def orientation(post: Post, _: Call) -> int:
    image = metadata(post).get("image_meta")
    kept = ""
    if isinstance(image, Mapping):
        kept = str(image.get("orientation") or "")
    if kept.isdigit():
        return int(kept) or 1
    return 1


def quality(post: Post, _: Call) -> dict[str, Any]:
    """The quality that WordPress makes sizes with."""
    return {"default": 86 if post.mime_type == "image/webp" else 82, "sizes": []}


def _image(post: Post, _: Call) -> bool:
    return is_image(post)


OWN: tuple[Entry[Post], ...] = (
    Group("description", s.mapping("The description."), READ, (
        Field("raw", s.text("The description as it was written."), EDIT, "content", write=Write("content")),
        Field("rendered", s.text("The description as it is shown."), READ, f.content_once),
    ), write=Write("content", text, clean=as_sent, eager=False)),
    Group("caption", s.mapping("The caption."), ALL, (
        Field("raw", s.text("The caption as it was written."), EDIT, "excerpt", write=Write("excerpt")),
        Field("rendered", s.text("The caption as it is shown."), ALL, f.excerpt),
    ), write=Write("excerpt", text, clean=as_sent, eager=False)),
    Field("alt_text", s.text("What is told where it cannot be shown."), ALL,
          lambda p, _: p.first_meta("_wp_attachment_image_alt"), write=Write(convert=by_verb, clean=plain_text)),
    Field("media_type", s.choice("Whether it is a picture.", ("image", "file")), ALL,
          lambda p, _: "image" if is_image(p) else "file"),
    Field("mime_type", s.text("Its MIME type."), ALL),
    Field("media_details", s.mapping("What is known of the file."), ALL, details),
    Field("post", s.integer("The id of the post that it belongs to."), READ, lambda p, _: p.parent or None,
          write=Write("parent"),
          answer={"description": "The id of the post that it belongs to.", "type": ["integer", "null"]}),
    Field("source_url", s.uri("The address of the file."), ALL, source_url),
    Field("missing_image_sizes", s.array("Sizes that are yet to be made.", "string"), EDIT, missing_sizes),
    Field("filename", s.text("The name of the file as it was uploaded."), READ, filename),
    Field("filesize", {"description": "The size of the file in bytes.", "type": ["integer", "null"]}, READ, filesize),
    Field("exif_orientation", s.integer("How the camera was held."), EDIT, orientation, when=_image),
    Field("image_output_format", {"description": "The type that its sizes are made in.",
          "type": ["string", "null"]}, EDIT, constant(None), when=_image),
    Field("image_save_progressive", s.boolean("Whether its sizes are made interlaced."), EDIT, constant(False),
          when=_image),
    Field("image_quality", s.mapping("The quality that its sizes are made with."), EDIT,
          quality, when=_image, tail={"properties": {
              "default": QUALITY, "sizes": {"type": "object", "properties": dict.fromkeys(SIZES, QUALITY)}}},
          answer={"type": "object", "properties": {"default": QUALITY, "sizes": s.NOTHING}}),
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


def _url_flaw(call: Call, value: Any) -> Flaw | None:
    """What is wrong with an address to take a file from."""
    flaw = check(value, s.text(), "url")
    if flaw is None and not may_be_asked(call, value):
        return Flaw("rest_invalid_url", "No picture is taken from this address.", {"status": 400})
    return flaw


UPLOAD = (
    Param("generate_sub_sizes", s.boolean("Whether sizes are made.", default=True)),
    Param("convert_format", s.boolean("Whether the file's type may be changed.", default=True)),
    Param("url", s.uri("The address to take the file from."), eager=True, validate=_url_flaw),
)


def attached_to(post: Post, call: Call) -> To | None:
    parent = None
    if post.parent:
        parent = call.view.lookup.post(post.parent)
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
        *f.names(kind),
        f.title_group(),
        f.AUTHOR,
        replace(f.FEATURED, write=Write(convert=by_verb)),
        *f.DISCUSSION,
        f.TEMPLATE,
        replace(f.meta_field({}), write=Write(convert=by_verb, clean=sent, eager=False)),
        *f.taxonomies_of(kind, taxonomies),
        *f.pages(kind),
        *OWN,
        *f.ours(kind),
    )
    base, rules = resource_for(kind, taxonomies, shown), rules_of(kind)
    at = next(i for i, link in enumerate(base.links) if link.rel.startswith("wp:action"))
    own = tuple(name for name in order_of(shown) if name not in ORDER)
    return replace(
        base,
        rules=replace(rules, create=partial(_uploads, rules)),
        params=(*base.params, *PARAMS),
        create_params=UPLOAD,
        item_params=(),
        links=(*base.links[:at], Link("wp:attached-to", attached_to), *base.links[at:]),
        order=(*own, *ORDER),
        public=None,
        batch=None,
        verbs=VERBS,
        exact_fields=ORDER,
    )


def _uploads(rules: Rules[Post], call: Call) -> None:
    """Who may upload a file, and make it a part of a post."""
    if rules.create is not None:
        rules.create(call)
    if not call.may("upload_files"):
        call.refuse("rest_cannot_create", "You may not upload files.")
    if parent := call.integer("post"):
        post = call.view.lookup.post(parent)
        call.need("edit_post", "rest_cannot_edit", "You may not upload files to this post.", post)


def routes(catalog: Catalog) -> tuple[Route, ...]:
    """What can be done with a picture besides: editing it, and adding sizes."""
    attachments = catalog.posts.get("attachment")
    if attachments is not None:
        return (*edit_routes(attachments), *subsize_routes(attachments))
    return ()
