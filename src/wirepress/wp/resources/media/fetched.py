"""Pictures that are taken from an address (WP_REST_Attachments_Controller::create_item_from_url)."""

from __future__ import annotations

from functools import partial
from typing import Final
from urllib.parse import urlsplit

from wirepress.content import beforehand
from wirepress.content.media import library
from wirepress.model.blob import Blob
from wirepress.model.errors import Invalid
from wirepress.net.port import Fault, FetchError
from wirepress.render.filetypes import file_type
from wirepress.wp.call import Call
from wirepress.wp.errors import WireError
from wirepress.wp.params import refuse
from wirepress.wp.validation import Flaw

_NOWHERE: Final = frozenset((Fault.ADDRESS, Fault.DNS))
_UNANSWERED: Final = frozenset((Fault.CONNECT, Fault.PROTOCOL, Fault.TIME))
"""Told apart these would say which ports are open, and what stands behind them."""


def fetched_picture(call: Call, url: str, *, sizes: bool) -> library.Prepared:
    """The picture at an address, checked, with its `sizes` where they are asked for.

    Raises WordPress's errors for an address that names no picture, for what cannot be fetched, and for what came and is
    no picture.
    """
    name = urlsplit(url).path.rstrip("/").rpartition("/")[2]
    if not name:
        raise WireError("rest_invalid_url", "This address names no file.", 400)
    named = file_type(name)
    if named is None or not named[1].startswith("image/"):
        raise WireError("rest_invalid_url", "This address does not name a picture.", 400)
    data = _fetched(call, url)
    try:
        return library.prepare(call.site, data, name, strict=True, sizes=sizes)
    except Invalid as error:
        raise WireError("upload_error", error.message, None) from error


def _fetched(call: Call, url: str) -> Blob:
    """What is at an address; the request waits for it before it is answered, and holds nothing meanwhile."""
    outside = call.view.outside
    if outside is None:
        raise WireError("http_request_failed", "Nothing is fetched here.", None)
    work = partial(outside.fetched, url, library.MOST_BYTES)
    try:
        return beforehand.done(("fetched", url), work, "elsewhere", call.viewer.id)
    except FetchError as error:
        if error.fault in _NOWHERE:
            refuse({"url": Flaw("rest_invalid_url", "No picture is taken from this address.", {"status": 400})})
        raise _told(error) from error


def _told(error: FetchError) -> WireError:
    """What a client is told of a fetch that failed (download_url); what the other server said stays here."""
    if error.fault is Fault.SIZE:
        return WireError("rest_upload_file_too_big", error.message, 400)
    if error.fault is Fault.STATUS:
        return WireError("http_404", error.message, None, data={"code": error.status})
    if error.fault in _UNANSWERED:
        return WireError("http_request_failed", "The other server gave no answer that could be used.", None)
    return WireError("http_request_failed", error.message, None)
