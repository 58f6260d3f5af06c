"""`python -m tests.golden.zeitung.record URL < REQUESTS`: has a WordPress that `fill.php` has filled answer requests.

Each line of REQUESTS is who asks (`anon` or a login), `whole` or `place` (only the status and where it leads), and the
path with its query.  Only reads: they leave nothing behind.  The answers are written anew to `cases.jsonl.gz`.
"""

from __future__ import annotations

import base64
import gzip
import json
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import quote

from tests.golden.cases import Case, masked, without_prose
from tests.golden.record import KEPT, asked_of

HERE: Final = Path(__file__).parent
CASES: Final = HERE / "cases.jsonl.gz"
HOST: Final = "zeitung.example.org"
WORDED: Final = ('"labels":', '"message":')
"""What holds WordPress's own words, also inside an answer: it is kept without them."""


def recorded() -> Iterator[Case]:
    """The recorded requests with their answers, in their order."""
    with gzip.open(CASES, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def headers_of(who: str) -> dict[str, str]:
    """What a request of a login, or of nobody, says of itself; the passwords are those that `fill.php` gives."""
    headers = {"Host": HOST}
    if who != "anon":
        password = (f"{who.upper()}nOrd0123456789licht" * 2)[:24]
        headers["Authorization"] = "Basic " + base64.b64encode(f"{who}:{password}".encode()).decode()
    return headers


def answer_of(url: str, who: str, how: str, asked: str) -> Case:
    path, _, query = asked.partition("?")
    headers = headers_of(who)
    address = quote(asked, safe="/?&=%+:;,@~!*'()[]#$")
    status, told, text = asked_of(urllib.request.Request(f"{url}{address}", headers=headers))
    shown = {name: told[name] for name in KEPT if name in told}
    body: dict[str, object] = {}
    if how == "whole" and (status >= 400 or any(key in text for key in WORDED)):
        body = {"json": without_prose(json.loads(text), schema=False)}
    elif how == "whole":
        body = {"body": masked(text)}
    elif how == "place":
        shown = {name: value for name, value in shown.items() if name == "location"}
    return {
        "n": 0, "kind": how, "method": "GET", "path": path, "query": query, "as": None if who == "anon" else who,
        "headers": headers, "expect": {"status": status, "headers": shown, **body},
    }  # fmt: skip


def main(url: str) -> int:
    cases = [answer_of(url, *line.rstrip("\n").split(" ", 2)) for line in sys.stdin]
    lines = "".join(json.dumps({**case, "n": n}, ensure_ascii=False) + "\n" for n, case in enumerate(cases, 1))
    CASES.write_bytes(gzip.compress(lines.encode(), mtime=0))
    print(f"{len(cases)} requests are recorded")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
