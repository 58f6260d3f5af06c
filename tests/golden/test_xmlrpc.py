"""The recorded XML-RPC calls, one after the other as they were made: each answer equals WordPress's."""

from __future__ import annotations

import json
from pathlib import Path

from tests.golden.site import newsroom_of
from tests.golden.xmlrpc import Filling, Numbers, compared, recorded
from wirepress.content.identity.attempts import Attempts
from wirepress.model.web import Request
from wirepress.wp.xmlrpc.server import XmlRpc

KNOWN: dict[int, str] = {
    646: "where a comment came from is shown to who may moderate it",
    647: "where a comment came from is shown to who may moderate it",
    1446: "the type of a file is what it is",
    1451: "a file without a content is refused",
    1452: "a picture that is none is refused",
    1454: "the type of a file is what it is",
    1455: "a file without a content is refused",
}
"""Differences that docs/differences.md names, by the number of the call."""
LISTS = ("system.listMethods", "mt.supportedMethods")
"""The recorded site was no production site: WordPress takes pingbacks on those only."""


def test_answers_equal_wordpress(tmp_path: Path) -> None:
    newsroom = newsroom_of("golden", tmp_path)
    xmlrpc, filling, numbers = XmlRpc(newsroom, Attempts(newsroom)), Filling(), Numbers()
    failed, asked = [], 0
    for case in recorded():
        body = filling.filled(case["request"]).encode()
        request = Request("POST", "/xmlrpc.php", headers={"content-type": "text/xml"}, sent=body, remote="127.0.0.1")
        answer = xmlrpc.answer(request).body.decode()
        filling.note(answer)
        if case["method"] in LISTS:
            answer = answer.replace("  <value><string>pingback.ping</string></value>\n", "")
        expected = case["answer"]
        answer = numbers.levelled(expected, compared(answer))
        asked += 1
        if answer != expected and case["n"] not in KNOWN:
            failed.append(f"{case['n']} {case['as']} {case['method']}: {difference(expected, answer)}")
    newsroom.database.close()
    assert asked > 1_000
    assert not failed, "\n".join([f"{len(failed)} differ", *failed])


def difference(expected: str, answer: str) -> str:
    """Where two answers part."""
    pairs = zip(expected, answer, strict=False)
    place = next((place for place, (one, other) in enumerate(pairs) if one != other), min(len(expected), len(answer)))
    start = max(0, place - 80)
    return json.dumps([expected[start : place + 200], answer[start : place + 200]], ensure_ascii=False)
