"""The library: what is in it, and files on their way into it."""

from __future__ import annotations

from typing import Final

from wirepress.content.media import library
from wirepress.content.posts import reading
from wirepress.content.posts.changes import Changes
from wirepress.model.blob import Blob
from wirepress.model.errors import Invalid
from wirepress.model.post import Post
from wirepress.model.query import PostQuery
from wirepress.render.slugs import file_name
from wirepress.wp.xmlrpc import values
from wirepress.wp.xmlrpc.call import Call
from wirepress.wp.xmlrpc.faults import Fault, missing
from wirepress.wp.xmlrpc.post_values import media_value
from wirepress.wp.xmlrpc.posts import MOST, loaded
from wirepress.wp.xmlrpc.values import Bits, Value

NO_UPLOADS: Final = "You may not upload files."


def one(call: Call) -> Value:
    """`wp.getMediaItem`."""
    call.need("upload_files", message=NO_UPLOADS, code=403)
    post = call.view.lookup.post(call.number(3)) if call.number(3) > 0 else None
    if post is None or post.type != "attachment":
        raise missing("There is no such file.")
    return media_value(call.view, post)


def many(call: Call) -> Value:
    """`wp.getMediaLibrary`."""
    call.need("upload_files", message=NO_UPLOADS)
    given = call.struct(3)
    parents = None
    if "parent_id" in given and values.text(given["parent_id"]) != "":
        parents = (abs(values.number(given["parent_id"])),)
    mime = values.text(given.get("mime_type"))
    wanted = values.number(given.get("number", -1))
    query = PostQuery(
        types=("attachment",),
        statuses=("inherit",),
        per_page=min(wanted, MOST) if wanted > 0 else MOST,
        offset=abs(values.number(given.get("offset"))),
        parents=parents,
        mime_types=(mime,) if "/" in mime else (),
        mime_classes=(mime,) if mime and "/" not in mime else (),
        with_total=False,
    )
    ids = reading.browse(call.view, call.viewer, query).ids
    return (media_value(call.view, post) for post in loaded(call, ids))


# ---- into the library


def prepare(call: Call) -> library.Prepared:
    """Checks the file of a call and makes its sizes, before anybody has to wait for that.  Raises Fault where it is
    refused."""
    _may_upload(call)
    given = call.struct(3)
    bits = given.get("bits")
    data = bits.data if isinstance(bits, Bits) else Blob(values.text(bits).encode())
    name = _name(call)
    if not name:
        raise Fault(400, "A file needs a name.")
    try:
        prepared = library.prepare(call.site, data, name)
    except Invalid as error:
        raise Fault(500, error.message) from error
    return library.written(call.view.files, prepared)


def _may_upload(call: Call) -> None:
    call.need("upload_files", message=NO_UPLOADS)
    post_id = values.number(call.struct(3).get("post_id"))
    if post_id:
        post = call.view.lookup.post(post_id)
        call.need("edit_post", post, message="You may not edit this post.")


def _name(call: Call) -> str:
    """The name of the file of a call, without what no file's may hold."""
    return file_name(values.text(call.struct(3).get("name")), locale=call.site.locale)


def create(call: Call) -> Value:
    """`wp.uploadFile` and `metaWeblog.newMediaObject`: the new file as `wp.getMediaItem` shows it, and what older
    programs look for."""
    _may_upload(call)
    prepared: library.Prepared = call.prepared
    given = call.struct(3)
    changes = Changes(title=_name(call), parent=values.number(given.get("post_id")) or None)
    post = library.keep(call.view, call.viewer, prepared, changes, dated_as=0)
    shown = media_value(call.view, post)
    return {**shown, "id": shown["attachment_id"], "file": shown["title"], "url": shown["link"]}


def thumbnail(call: Call, given: Value) -> int:
    """The picture of a post that is named, 0 for none.  Raises Fault where there is no such picture."""
    number = values.number(given)
    if not values.is_true(given):
        return 0
    picture: Post | None = call.view.lookup.post(number) if number > 0 else None
    if picture is None or picture.type != "attachment":
        raise missing("There is no such file.")
    return number
