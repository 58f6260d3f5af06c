"""What the machinery keeps in English is found again, and said in the user's language."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.house.tree import PACKAGE, text
from wirepress.admin.screens.sources.machinery import LONGEST, said
from wirepress.content.languages import language_of

GERMAN = language_of("de_DE")
UNSEEN = frozenset({"oembed.py", "pingbacks.py", "remote.py"})
"""Whose errors no page shows."""


def lines() -> Iterator[str]:
    """The messages of the errors that are kept with sources and orders, with something in their places."""
    for room in ("net", "syndicate"):
        for path in sorted((PACKAGE / room).rglob("*.py")):
            for call in ast.walk(ast.parse(text(path))) if path.name not in UNSEEN else ():
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
                    if call.func.id == "FetchError" and len(call.args) > 1:
                        yield from _said(call.args[1])
                    elif call.func.id == "Unreadable":
                        yield from _said(call.args[0])


def _said(message: ast.expr) -> Iterator[str]:
    if isinstance(message, ast.Constant):
        yield str(message.value)
    elif isinstance(message, ast.JoinedStr) and ast.unparse(message) != "f'{host} {reason}'":
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "X" for part in message.values)


def known() -> list[str]:
    return [line.replace("X matches", "no link matches") for line in lines()]


def test_every_line_is_known() -> None:
    assert len(known()) > 30
    assert [line for line in known() if said(GERMAN, line) == line] == []


@pytest.mark.parametrize(
    ("line", "german"),
    [
        ("paper.example takes no connection on port 443", "paper.example nimmt auf Port 443 keine Verbindung an"),
        (
            "the server answered with status 410: gone for good; it is asked no more",
            "der Server hat mit dem Status 410 geantwortet: für immer weg, hier wird nicht mehr gefragt",
        ),
        (
            "https://a.example/1: picture left out: a.example did not answer in time",
            "https://a.example/1: Bild weggelassen: a.example hat nicht rechtzeitig geantwortet",
        ),
        (
            "this is a web page, not a feed; it names https://a.example/feed",
            "das ist eine Webseite, kein Feed; sie nennt https://a.example/feed",
        ),
        (
            "10.0.0.1 is not a public address; the setting `allow_private` lets it be asked",
            "10.0.0.1 ist keine öffentliche Adresse; die Einstellung `allow_private` lässt sie zu",
        ),
        ("not well-formed: 12:3 %(host)s", "nicht wohlgeformt: 12:3 %(host)s"),
        ("something nobody knows", "something nobody knows"),
        ("x has no address" + "y" * LONGEST, "x has no address" + "y" * LONGEST),
    ],
)
def test_lines_are_said_in_german(line: str, german: str) -> None:
    assert said(GERMAN, line) == german
    assert said(language_of("en_US"), line) == line
