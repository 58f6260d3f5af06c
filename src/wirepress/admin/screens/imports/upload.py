"""Databases that are uploaded: in pieces by the page's script, so that their size is no matter, or whole by a form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from wirepress.admin import files
from wirepress.admin.visit import Visit
from wirepress.content import imports
from wirepress.model.blob import Blob
from wirepress.model.errors import Invalid, NotFound, WirepressError
from wirepress.model.web import Response
from wirepress.web.forms import Upload

PIECE: Final = 4 << 20
"""Bytes of a piece: it is held in memory."""
_AROUND: Final = 1 << 16
"""What surrounds a file in a form counts too where requests are bounded."""


def first(visit: Visit, name: str) -> Upload | None:
    """The file of a field, None where none was sent."""
    return next(iter(visit.sent.files.get(name, ())), None)


def prepare(visit: Visit) -> Any:
    """Puts on the disk what a form brings, before any write begins: the answer to a piece, the key of a whole file."""
    action = visit.sent.text("action")
    if action == "piece":
        return _piece(visit)
    if action == "upload" and (sent := first(visit, "file")) is not None:
        return _keep(visit, sent.data, key="", offset=0, size=sent.data.size)[0]
    return None


def _piece(visit: Visit) -> Response:
    """Keeps a piece and says as JSON how much there is, or what is wrong."""
    sent = first(visit, "piece")
    try:
        if sent is None:
            raise Invalid("no_piece", "Choose a file first.")
        offset, size = visit.sent.number("offset"), visit.sent.number("size")
        key, received = _keep(visit, sent.data, key=visit.sent.text("key"), offset=offset, size=size)
    except WirepressError as error:
        found = {"error": visit.why(error), **error.data}
        return _json(409 if "received" in error.data else 400, found)
    return _json(200, {"key": key, "received": received})


def _keep(visit: Visit, data: Blob, *, key: str, offset: int, size: int) -> tuple[str, int]:
    """Keeps some octets of a file: its key, and how many there are now."""
    held = visit.imports.files
    if held is None:
        raise NotFound("no_uploads", "This site takes no databases.")
    if not key:
        if size > held.limit:
            raise Invalid("too_large", "The file is larger than this site takes.")
        imports.check_beginning(data.read(PIECE))
        key = held.begin(size, visit.view.now().timestamp(), imports.kept_files(visit.view))
    if not data:
        return key, held.append(key, offset, b"", size)
    for piece in data.pieces():
        offset = held.append(key, offset, piece, size)
    return key, offset


def _json(status: int, found: Mapping[str, Any]) -> Response:
    headers = [("content-type", "application/json"), ("cache-control", "no-store, private")]
    return Response(status, headers, json.dumps(found).encode())


def whole_limit(visit: Visit) -> int:
    """The most bytes of a file that comes without script, in one request."""
    return max(0, min(visit.upload_limit - _AROUND, visit.imports.limit))


def terms(visit: Visit) -> Mapping[str, str]:
    """The data attributes of the form whose file the script sends."""
    say = visit.say
    limit = files.octets(visit, visit.imports.limit)
    return {
        "data-piece": str(min(PIECE, max(1, visit.upload_limit - _AROUND))),
        "data-limit": str(visit.imports.limit),
        "data-say-sending": say("Sending: %(percent)s %%", percent="{percent}"),
        "data-say-sent": say("The file is here. Looking what is in it."),
        "data-say-large": say("The file is too large: %(limit)s at most.", limit=limit),
        "data-say-empty": say("The file is empty."),
        "data-say-lost": say("The connection is lost. Sending goes on when it is back."),
        "data-say-ended": say("Your login has ended. Log in again in the other window, then go on here."),
        "data-say-failed": say("That did not work. Nothing was changed; try again."),
        "data-say-leave": say("Files are still being sent."),
    }
