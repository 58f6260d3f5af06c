"""`python -m tests.golden.record URL [SUBJECT] < REQUESTS`: has a WordPress that holds the recorded site answer further
requests.

Each line of REQUESTS is who asks (`anon` or a role) and what is asked for behind `/wp/v2/`; the answers are added to
`differential.jsonl.gz`, or to the file of the subject (`differential_SUBJECT.jsonl.gz`), an earlier one of the same
request is replaced.  Only reads: they leave nothing behind.
"""

from __future__ import annotations

import gzip
import json
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.golden.cases import Case, masked, reads, without_prose

HERE: Final = Path(__file__).parent
ROOT: Final = "/index.php/wp-json/wp/v2/"
HOST: Final = "news.example.com"
KEPT: Final = ("x-wp-total", "x-wp-totalpages", "link", "allow", "location")
"""The headers that are compared."""


def recorded(pattern: str = "differential*.jsonl.gz") -> Iterator[Case]:
    """The requests with their answers, of all subjects or of the files of a pattern, in the files' order."""
    for file in sorted(HERE.glob(pattern)):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)


class Unfollowed(urllib.request.HTTPRedirectHandler):
    """Takes a redirect for the answer."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


OPENER: Final = urllib.request.build_opener(Unfollowed)


def asked_of(request: urllib.request.Request) -> tuple[int, dict[str, str], str]:
    """The status, the headers by their names in small letters, and the body of an answer."""
    try:
        with OPENER.open(request, timeout=60) as found:
            status, headers, body = found.status, found.headers, found.read()
    except urllib.error.HTTPError as refused:
        status, headers, body = refused.code, refused.headers, refused.read()
    return status, {name.lower(): value for name, value in headers.items()}, body.decode()


def answer_of(url: str, who: str, asked: str, headers: dict[str, str]) -> Case:
    """The case of a request: the answer as it would stand on the recorded site."""
    path, _, query = asked.partition("?")
    status, told, text = asked_of(urllib.request.Request(f"{url}{ROOT}{asked}", headers=headers))
    plain, secure = f"http://{HOST}", f"https://{HOST}"
    text = text.replace(plain, secure)
    text = text.replace(plain.replace("/", "\\/"), secure.replace("/", "\\/"))
    shown = {name: told[name].replace(plain, secure) for name in KEPT if name in told}
    if status < 400:
        body = {"body": masked(text)}
    else:
        body = {"json": without_prose(json.loads(text), schema=False)} if text.startswith("{") else {}
    expect = {"status": status, "headers": shown, **body}
    return {
        "n": 0, "kind": "differential", "method": "GET", "path": ROOT + path, "query": query,
        "as": None if who == "anon" else who, "headers": headers, "expect": expect,
    }  # fmt: skip


def main(url: str, subject: str = "") -> int:
    name = f"differential_{subject}.jsonl.gz" if subject else "differential.jsonl.gz"
    headers = {case["as"] or "anon": case["headers"] for case in reads() if case["kind"] in ("context", "single-role")}
    cases = {(case["as"], case["path"], case["query"]): case for case in recorded(name)}
    for line in sys.stdin:
        who, asked = line.split(maxsplit=1)
        case = answer_of(url, who, asked.strip(), headers[who])
        cases[case["as"], case["path"], case["query"]] = case
    numbered = [{**case, "n": n} for n, case in enumerate(cases.values(), 1)]
    lines = "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in numbered)
    (HERE / name).write_bytes(gzip.compress(lines.encode(), mtime=0))
    print(f"{len(numbered)} requests are recorded")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
