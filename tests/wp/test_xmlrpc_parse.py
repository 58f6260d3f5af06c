"""Calls as strangers write them: what is read, and what is refused before it costs anything."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from xmlrpc.client import Binary, dumps, loads

import pytest

from wirepress.app.bodies import Spooled
from wirepress.model.blob import Blob
from wirepress.model.moment import Stamp
from wirepress.wp.xmlrpc import parse
from wirepress.wp.xmlrpc.faults import BAD_CALL, NOT_WELL_FORMED, Fault, answered, refused
from wirepress.wp.xmlrpc.values import Bits, Date, date, encoded, is_numeric, is_true, number, text

CALL = "<methodCall><methodName>demo.sayHello</methodName><params>{}</params></methodCall>"


def read(body: str | bytes) -> parse.Called:
    return parse.parsed(Blob(body.encode() if isinstance(body, str) else body))


def one(value: str) -> Any:
    [param] = read(CALL.format(f"<param><value>{value}</value></param>")).params
    return param


def test_values_of_every_type() -> None:
    when = datetime(2025, 3, 4, 5, 6, 7)  # noqa: DTZ001 - XML-RPC's dates have no zone
    sent: tuple[Any, ...] = (1, -2, True, 1.5, "t & <x>", when, [1, [2, "x"]], {"a": {"b": [True]}, "c": ""}, None, [])
    called = read(dumps(sent, "a.b", allow_none=True))
    stamp = Date(Stamp("2025-03-04 05:06:07"))
    assert called.method == "a.b"
    assert called.params == [
        1, -2, True, 1.5, "t & <x>", stamp, [1, [2, "x"]], {"a": {"b": [True]}, "c": ""}, None, [],
    ]  # fmt: skip


def test_base64_comes_in_lines_and_with_references() -> None:
    [bits] = read(dumps((Binary(b"some octets" * 20),), "a")).params
    assert isinstance(bits, Bits)
    assert bits.data.read() == b"some octets" * 20
    assert one("<base64>&#13;\n c29t &#x0A; ZQ==</base64>").data.read() == b"some"
    assert one("<base64></base64>").data.read() == b""


def test_long_base64_goes_to_the_disk(tmp_path: Path) -> None:
    octets = bytes(range(256)) * 20_000
    body = Blob(dumps((1, Binary(octets)), "wp.uploadFile").encode())
    called = parse.parsed(body, lambda: Spooled(tmp_path / "bodies"))
    assert isinstance(called.params[1], Bits)
    data = called.params[1].data
    assert (data.in_memory, data.size, data.read()) == (False, len(octets), octets)
    called.close()
    assert not list((tmp_path / "bodies").iterdir())


def test_values_without_a_type_are_texts() -> None:
    assert [one("words"), one(" <!-- nothing -->x "), one(""), one("<string> kept </string>")] == [
        "words",
        " x ",
        "",
        " kept ",
    ]


ODD = (
    "<what>1</what>",
    "<int><b>3</b></int>",
    "<boolean>maybe</boolean>",
    "<int>3.7x</int>",
    f"<int>{'9' * 5_000}</int>",
    "<dateTime.iso8601>soon</dateTime.iso8601>",
    "<double>much</double>",
    "<base64><base64>YQ==</base64></base64>",
    "<struct><value>1</value></struct>",
    "<struct><name>a</name></struct>",
    "<array>1</array>",
)


@pytest.mark.parametrize("unknown", ODD, ids=range(len(ODD)))
def test_odd_values_are_read_as_something(unknown: str) -> None:
    one(unknown)


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + CALL.format("<param><value>&b;</value></param>")
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + CALL.format("<param><value>&a;</value></param>")
REFUSED = {
    "billion laughs": LAUGHS,
    "an entity from elsewhere": OUTSIDE,
    "a document type": '<!DOCTYPE methodCall SYSTEM "http://127.0.0.1/x.dtd">' + CALL.format(""),
    "an entity that nobody declared": CALL.format("<param><value>&nothing;</value></param>"),
    "deep arrays": CALL.format("<param>" + "<value><array><data>" * 200 + "</data></array></value>" * 200 + "</param>"),
    "deep structs": CALL.format("<param>" + "<value><struct><member><name>a</name>" * 100),
    "deep nothing": "<a>" * 100_000,
    "many values": CALL.format("<param><value><array><data>" + "<value><i4>1</i4></value>" * 20_000),
    "many parameters": CALL.format("<param><value>1</value></param>" * 30_000),
    "bad UTF-8": b"<methodCall><methodName>a\xff\xfe</methodName></methodCall>",
    "an encoding of nobody's": b"<?xml version='1.0' encoding='klingon'?><methodCall/>",
    "NUL": b"<methodCall>\0</methodCall>",
    "a comment of megabytes": CALL.format(f"<!-- {'x' * (3 << 20)} -->"),
    "a comment of megabytes before all": f"<!-- {'x' * (3 << 20)} -->" + CALL.format(""),
    "an instruction of megabytes": CALL.format(f"<?x {'x' * (3 << 20)} ?>"),
    "an attribute of megabytes": CALL.format(f"<param a='{'x' * (3 << 20)}'/>"),
    "a name of megabytes": CALL.format(f"<{'x' * (3 << 20)}/>"),
    "blanks of megabytes in a tag": CALL.format(f"<param{' ' * (3 << 20)}/>"),
    "no XML": "junk",
    "nothing": "",
    "a call that breaks off": CALL.format("<param><value>")[:-30],
    "another root": "<a/>",
    "an answer": "<methodResponse><params/></methodResponse>",
}


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED)
def test_is_refused(body: str | bytes) -> None:
    with pytest.raises(Fault) as caught:
        read(body)
    assert caught.value.code in (NOT_WELL_FORMED, BAD_CALL)


def test_texts_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parse, "MOST_TEXT", 1_000)
    assert len(one("x" * 900)) == 900
    with pytest.raises(Fault):
        one("x" * 2_000)


def test_long_texts_are_no_long_tags() -> None:
    """Whatever is text is taken as it comes, however long it is, and comments of a usual length are passed over."""
    long = "x" * (3 << 20)
    assert one(f"<string>{long}</string>") == long
    assert one(f"<string><![CDATA[{long}]]></string>") == long
    assert one(f"<string><!-- {'x' * 10_000} -->kept</string>") == "kept"
    assert one(f"<base64>{'eHh4' * (1 << 20)}</base64>").data.size == 3 << 20
    assert read(CALL.format(" " * (3 << 20))).method == "demo.sayHello"


def test_the_beginning_of_a_call_says_who_calls() -> None:
    body = dumps((1, "ada", "secret", {"bits": Binary(b"x" * 100_000)}), "wp.uploadFile").encode()
    called = parse.begun(body[:5_000])
    assert (called.method, called.params) == ("wp.uploadFile", [1, "ada", "secret"])
    assert parse.begun(b"junk <").params == []


def test_what_is_written_is_read_by_others() -> None:
    value = {
        "a": [1, True, 1.5, "x & <y> \"z\" 'q'"],
        "b": {"c": date(Stamp("2025-03-04 05:06:07"))},
    }
    [[found], _] = loads(answered(encoded(value)), use_builtin_types=True)
    assert found == {"a": [1, True, 1.5, "x & <y> \"z\" 'q'"], "b": {"c": datetime(2025, 3, 4, 5, 6, 7)}}  # noqa: DTZ001
    [[controls], _] = loads(answered(encoded("a\0\x01\x0b\ud800b\tc")))
    assert controls == "ab\tc"
    assert b"<int>-5</int>" in refused(Fault(-5, "<>"))


def test_values_are_converted_as_php_does() -> None:
    numbers: list[Any] = ["12abc", " 7", "x", "", None, True, 2.9, [], [0], "1e3", "9" * 30]
    assert [number(one) for one in numbers] == [12, 7, 0, 0, 0, 1, 2, 0, 1, 1, 10**18]
    assert all(is_true(one) for one in ("00", [0], "false", 1, Bits(Blob())))
    nothing: list[Any] = ["0", "", [], {}, 0, 0.0, None, False]
    assert not any(is_true(one) for one in nothing)
    texts: list[Any] = [True, False, 5, None, [], {}, "x", Bits(Blob(b"y"))]
    assert [text(one) for one in texts] == ["1", "", "5", "", "", "", "x", "y"]
    mixed: list[Any] = ["5", "5x", "", 5, True, " 5", ".5"]
    assert [is_numeric(one) for one in mixed] == [True, False, False, True, False, True, True]
