"""`python -m tests.golden.xmlrpc URL < CALLS`: has a WordPress that was just seeded with the golden site answer the
recorded XML-RPC calls once more, in order, and further ones after them; and what tests compare of an answer.

Each line of CALLS is a JSON object: `as` (a role), `method` and `params`, in which `{login}` and `{password}` stand for
that role's credentials and `{last}` for the last id that was answered.
"""

from __future__ import annotations

import base64
import gzip
import http.client
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from xmlrpc.client import dumps

from tests.golden.cases import reads

FILE: Final = Path(__file__).parent / "xmlrpc.jsonl.gz"
HOST: Final = "news.example.com"
_PLACEHOLDER: Final = re.compile(r"\{(login|password|last)(?::(\w+))?\}")
_ID: Final = re.compile(r"<param>\s*<value>\s*<(?:string|int)>(\d+)</(?:string|int)>\s*</value>")
_FAULT: Final = re.compile(r"(<name>faultString</name>\s*<value><string>).*?(</string>)", re.DOTALL)
_WORDS: Final = re.compile(r"(<name>desc</name><value><string>).*?(</string>)", re.DOTALL)
_LABELS: Final = re.compile(r"(<name>labels</name><value><struct>)(.*?)(</struct>)", re.DOTALL)
_FIELDS: Final = re.compile(r"<name>custom_fields</name><value><array>.*?</array>", re.DOTALL)
_IDS: Final = re.compile(
    r"(<name>(?:post_id|postid|page_id|attachment_id|comment_id|id|term_id|term_taxonomy_id|categoryId|tag_id|parent)"
    r"</name><value><(?:string|int)>|[?&;](?:p|page_id|attachment_id)=|\#comment-|/2025/06/15/(?=\d+/)"
    r"|<name>wp_slug</name><value><string>(?=\d+<)|<array><data>\s*<value><string>(?=\d+</string></value>\s*</data>)"
    r"|<value>\s*<(?:string|int)>(?=\d+</(?:string|int)>\s*</value>\s*</param>))(\d+)"
)


def recorded() -> Iterator[dict[str, Any]]:
    """The calls with their answers, in order."""
    with gzip.open(FILE, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


class Filling:
    """Puts into requests what placeholders stand for: credentials, and the last id that was answered."""

    def __init__(self) -> None:
        self.last = ""
        self.known: dict[str, tuple[str, str]] = {}
        for case in reads():
            basic = case["headers"].get("Authorization", "")
            if case["as"] and basic.startswith("Basic ") and case["as"] not in self.known:
                login, _, password = base64.b64decode(basic[6:]).decode().partition(":")
                self.known[case["as"]] = login, password

    def filled(self, body: str) -> str:
        """A recorded request as it is sent; a role that nobody has stands for a wrong password."""

        def put(found: re.Match[str]) -> str:
            if found[1] == "last":
                return self.last
            login, password = self.known.get(found[2], ("admin", "not the password"))
            return login if found[1] == "login" else password

        return _PLACEHOLDER.sub(put, body)

    def note(self, answer: str) -> None:
        """Notes the id that an answer consists of."""
        if (found := _ID.search(answer)) is not None:
            self.last = found[1]


class Numbers:
    """Which of our ids stands for which recorded one: calls that WordPress refuses leave drafts there, so its later
    ids are higher."""

    FIRST_NEW: Final = 27

    def __init__(self) -> None:
        self.known: dict[str, str] = {}

    def levelled(self, expected: str, answer: str) -> str:
        """Our answer with the recorded ids: one that was never seen stands for what stands in its place there."""
        theirs = [found[2] for found in _IDS.finditer(expected)]
        if len(theirs) != len(_IDS.findall(answer)):
            return answer
        wanted = iter(theirs)

        def put(found: re.Match[str]) -> str:
            number, ours = next(wanted), found[2]
            is_new = min(int(number), int(ours)) >= self.FIRST_NEW
            if is_new and number != ours and self.known.setdefault(ours, number) == number:
                return found[1] + number
            return found[0]

        return _IDS.sub(put, answer)


def compared(answer: str) -> str:
    """An answer without what is words of WordPress's or a number of its own: messages, labels, ids of custom fields."""
    answer = _FAULT.sub(r"\1\2", _WORDS.sub(r"\1\2", answer.replace(f"http://{HOST}", f"https://{HOST}")))
    answer = _LABELS.sub(
        lambda found: found[1] + re.sub(r"(<string>).*?(</string>)", r"\1\2", found[2]) + found[3], answer
    )
    return _FIELDS.sub(lambda found: re.sub(r"(<name>id</name><value><string>)\d+", r"\1", found[0]), answer)


def further() -> Iterator[dict[str, Any]]:
    """The calls of the standard input."""
    for line in sys.stdin:
        call = json.loads(line)
        body = dumps(tuple(call["params"]), call["method"], encoding="UTF-8", allow_none=True)
        for word in ("login", "password"):
            body = body.replace(f"{{{word}}}", f"{{{word}:{call['as']}}}")
        yield {"as": call["as"], "method": call["method"], "request": body}


def main(url: str) -> int:
    parts, filling, lines = urlsplit(url), Filling(), list[str]()
    for number, case in enumerate([*recorded(), *further()], 1):
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=120)
        headers = {"Host": HOST, "Content-Type": "text/xml"}
        connection.request("POST", "/xmlrpc.php", filling.filled(case["request"]).encode(), headers)
        answer = connection.getresponse().read().decode()
        connection.close()
        filling.note(answer)
        lines.append(json.dumps({**case, "n": number, "answer": compared(answer)}, ensure_ascii=False) + "\n")
    FILE.write_bytes(gzip.compress("".join(lines).encode(), mtime=0))
    print(f"{len(lines)} calls are recorded")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
