"""What goes wrong, as XML-RPC tells it: a number as WordPress has it, and a line of ours for a person."""

from __future__ import annotations

from typing import Final

from wirepress.model.errors import Conflict, Forbidden, Invalid, NotFound, TooLarge, TooMany, WirepressError
from wirepress.wp.errors import WireError
from wirepress.wp.xmlrpc.values import escaped

NOT_WELL_FORMED: Final = -32700
NO_METHOD: Final = -32601
BAD_CALL: Final = -32600


class Fault(Exception):
    """A call that failed: `code` is WordPress's, `message` one line for a person."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    def as_struct(self) -> dict[str, int | str]:
        """The fault as one among the answers of `system.multicall`."""
        return {"faultCode": self.code, "faultString": self.message}


def too_few() -> Fault:
    """A call that brings fewer parameters than its method needs."""
    return Fault(400, "This method needs more parameters.")


def wrong_login() -> Fault:
    return Fault(403, "The name or the password is wrong.")


def forbidden(message: str, code: int = 401) -> Fault:
    """Something that whoever asks may not do."""
    return Fault(code, message)


def missing(message: str = "There is no such post.", code: int = 404) -> Fault:
    """Something that is not there."""
    return Fault(code, message)


_CODES: Final[dict[type[WirepressError], int]] = {
    Invalid: 500, Conflict: 500, NotFound: 404, Forbidden: 401, TooLarge: 500, TooMany: 403,
}  # fmt: skip


def fault_of(error: WirepressError | WireError) -> Fault:
    """The fault that an error of the content is."""
    if isinstance(error, WireError):
        return Fault(error.status if error.status >= 400 else 500, error.message)
    return Fault(next((code for kind, code in _CODES.items() if isinstance(error, kind)), 500), error.message)


# ---- answers


def answered(encoded: str) -> bytes:
    """The answer that holds an encoded value."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<methodResponse>\n  <params>\n    <param>\n      <value>\n'
        f"      {encoded}\n      </value>\n    </param>\n  </params>\n</methodResponse>\n"
    ).encode()


def refused(fault: Fault) -> bytes:
    """The answer that tells a fault."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<methodResponse>\n  <fault>\n    <value>\n      <struct>\n'
        "        <member>\n          <name>faultCode</name>\n"
        f"          <value><int>{fault.code}</int></value>\n        </member>\n"
        "        <member>\n          <name>faultString</name>\n"
        f"          <value><string>{escaped(fault.message)}</string></value>\n        </member>\n"
        "      </struct>\n    </value>\n  </fault>\n</methodResponse>\n"
    ).encode()
