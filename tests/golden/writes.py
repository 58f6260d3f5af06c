"""`python -m tests.golden.writes [--kinds a,b] [--show N]`: plays the recorded write session and says what differs.

The golden site is imported afresh into a temporary folder (its uploads too where WIREPRESS_CORPORA names the folder
that holds `golden/uploads`), and all requests of the session are asked in this process, in their order, with the
clock standing still.  `--kinds` chooses what is scored and shown: everything is played in any case.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from tests.golden.cases import Case, differences, is_schema, masked, misshapen, request_of, shape, without_prose, writes
from tests.golden.site import newsroom_of
from wirepress.app.dispatch import Dispatcher
from wirepress.app.settings import Settings
from wirepress.app.uploads import PREFIX, Uploads
from wirepress.content.newsroom import Newsroom
from wirepress.model.web import Request, Response
from wirepress.transfer.wordpress.report import Report
from wirepress.transfer.wordpress.uploads import copy_uploads

_PLACE = re.compile(r"\{\{(\w+)\}\}")
PARTS = ("status", "headers", "body")
FAILED = Response(599)
"""What stands for an answer that was not made: the error goes to standard error."""


class Session:
    """The golden site, or another, under the recorded write session: what earlier answers gave fills the later
    requests."""

    def __init__(self, folder: Path, dispatcher: Dispatcher | None = None) -> None:
        self.newsroom: Newsroom = dispatcher.newsroom if dispatcher is not None else newsroom_of("golden", folder)
        if corpora := os.environ.get("WIREPRESS_CORPORA"):
            source = Path(corpora) / "golden" / "uploads"
            copy_uploads(self.newsroom.database, source, self.newsroom.files.root, Report())
        self.dispatcher = dispatcher or Dispatcher(self.newsroom, Settings(folder=folder))
        self.uploads = Uploads(self.newsroom.files.root, self.newsroom.known_site)
        self.saved: dict[str, Any] = {}

    def filled(self, case: Case) -> Request:
        """The request of a case, with what earlier answers gave in its places."""
        template = case.get("template")
        if template is None or any(name not in self.saved for name in _PLACE.findall(json.dumps(template))):
            return request_of(case)
        path, _, query = self._fill(template["target"]).partition("?")
        case = {**case, "path": path, "query": query}
        if template["body"] is not None:
            case["body"] = {"text": self._fill(template["body"])}
            if "Content-Length" in case["headers"]:
                length = str(len(case["body"]["text"].encode()))
                case["headers"] = {**case["headers"], "Content-Length": length}
        return request_of(case)

    def _fill(self, text: str) -> str:
        return _PLACE.sub(lambda found: str(self.saved[found[1]]), text)

    def align(self, case: Case) -> None:
        """Lets the next new row of posts have the id that it was recorded with, whatever was left out before."""
        location = case.get("expect", {}).get("headers", {}).get("location", "")
        if found := re.search(r"/(?:posts|pages|media|blocks|navigation|menu-items)/(\d+)$", location):
            with self.newsroom.database.write() as unit:
                set_sequence = "UPDATE sqlite_sequence SET seq = ? WHERE name = 'posts'"
                unit.connection.exec_driver_sql(set_sequence, (int(found[1]) - 1,))

    def play(self, case: Case) -> Response:
        """The answer to a case, with the headers that an Origin adds."""
        asked = self.filled(case)
        remote = case.get("source_address") or "127.0.0.1"
        request = Request(asked.method, asked.path, asked.query, asked.headers, asked.body, remote, asked.scheme)
        response = self._answer(request)
        if origin := request.headers.get("origin"):
            response.headers = [*response.headers, *self.dispatcher.api.cors(origin)]
        self._save(case, response.body)
        return response

    def _answer(self, request: Request) -> Response:
        if request.path.encode().startswith(PREFIX) and (file := asyncio.run(_file(self.uploads, request))):
            return file
        return self.dispatcher.answer(request)

    def _save(self, case: Case, body: bytes) -> None:
        for name, path in case.get("save", {}).items():
            try:
                value = json.loads(body)
                for step in path.split("."):
                    value = value[int(step)] if isinstance(value, list) else value[step]
            except (ValueError, KeyError, IndexError, TypeError):
                continue
            self.saved[name] = value

    def close(self) -> None:
        self.newsroom.database.close()


async def _file(uploads: Uploads, request: Request) -> Response | None:
    """An uploaded file as the server's edge gives it; None when there is none."""
    headers = [(name.encode(), value.encode()) for name, value in request.headers.items()]
    scope = {"type": "http", "method": request.method, "path": unquote(request.path), "headers": headers}
    response = Response(0)

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            response.status = message["status"]
            response.headers = [(name.decode(), value.decode()) for name, value in message["headers"]]
        else:
            response.body += message.get("body", b"")

    return response if await uploads.give(scope, receive, send) else None


# ---- what differs, in words


def first_difference(want: Any, got: Any, at: str = "") -> str:
    """The first place where two JSON values differ, the order of keys included; "" when they are equal."""
    if type(want) is not type(got):
        return f"{at}: {want!r:.80} != {got!r:.80}"
    if isinstance(want, dict):
        if missing := [key for key in want if key not in got]:
            return f"{at}: missing {missing}"
        if extra := [key for key in got if key not in want]:
            return f"{at}: extra {extra}"
        if list(want) != list(got):
            return f"{at}: order of keys {list(want)} != {list(got)}"
        return next((told for key in want if (told := first_difference(want[key], got[key], f"{at}.{key}"))), "")
    if isinstance(want, list):
        if len(want) != len(got):
            return f"{at}: length {len(want)} != {len(got)}: {want!r:.200} != {got!r:.200}"
        pairs = enumerate(zip(want, got, strict=True))
        return next((told for i, (a, b) in pairs if (told := first_difference(a, b, f"{at}[{i}]"))), "")
    if isinstance(want, str) and want != got:
        first = next((i for i, (a, b) in enumerate(zip(want, got, strict=False)) if a != b), min(len(want), len(got)))
        begin = max(0, first - 30)
        return f"{at}@{first}: {want[begin : first + 60]!r} != {got[begin : first + 60]!r}"
    return "" if want == got else f"{at}: {want!r} != {got!r}"


def explained(case: Case, response: Response) -> str:
    """What of an answer is not as it was recorded, in words."""
    want, told = case["expect"], []
    if response.status != want["status"]:
        told.append(f"status: {want['status']} != {response.status}")
    headers = {name.lower(): value for name, value in response.headers}
    for name, value in want["headers"].items():
        if masked(headers.get(name, "")) != masked(value):
            told.append(f"{name}: {value!r} != {headers.get(name)!r}")
    got = masked(response.body.decode("utf-8", "replace"))
    if "body" in want and got != masked(want["body"]):
        told.append("body" + _by_json(masked(want["body"]), got))
    if "json" in want:
        wanted = json.loads(masked(json.dumps(want["json"], ensure_ascii=False)))
        try:
            told.append("body" + first_difference(wanted, without_prose(json.loads(got), is_schema(case))))
        except ValueError:
            told.append(f"body is no JSON: {got[:80]!r}")
    if "shape" in want:
        try:
            wrong = misshapen(want["shape"], shape(json.loads(got)))
        except ValueError:
            wrong = True
        told += ["body: shape"] if wrong else []
    code = re.search(r'"code":"(\w+)"', got) if response.status >= 400 else None
    return " || ".join(part for part in told if part != "body") + (f" <{code[1]}>" if code else "")


def _by_json(want: str, got: str) -> str:
    try:
        return first_difference(json.loads(want), json.loads(got)) or ": equal as JSON, other bytes"
    except ValueError:
        return first_difference(want, got)


def differing(case: Case, response: Response) -> list[str]:
    """The parts of an answer that are not as they were recorded."""
    if "sha256" in case["expect"]:
        return [part for part in differences(case, response, []) if part != "body"]
    return differences(case, response, [])


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kinds", default="", help="score and show only these, parted by commas")
    options.add_argument("--show", type=int, default=3, help="how many differences of a kind are shown in words")
    options.add_argument("--until", type=int, default=sys.maxsize, help="the last number to play")
    options.add_argument("--answers", help="the numbers of cases whose request and answer are shown whole")
    options.add_argument("--aligned", action="store_true", help="give new rows of posts their recorded ids")
    given = options.parse_args()
    kinds = set(filter(None, given.registry.split(",")))
    whole = {int(number) for number in (given.answers or "").split(",") if number}
    scores: dict[str, Counter[str]] = defaultdict(Counter)
    if not os.environ.get("WIREPRESS_CORPORA"):
        print("no uploads: WIREPRESS_CORPORA is not set, so cases that work on older files differ")
    with tempfile.TemporaryDirectory() as folder:
        session = Session(Path(folder))
        for case in writes():
            if case["n"] > given.until:
                break
            if given.aligned:
                session.align(case)
            response = _played(session, case)
            if case["n"] in whole:
                print(f"#{case['n']} {session.filled(case)}\n  {response.status} {response.body.decode()}")
                print(f"  wanted: {json.dumps(case.get('expect'))}")
            if "expect" not in case or (kinds and case["kind"] not in kinds):
                continue
            found = differing(case, response)
            score = scores[case["kind"]]
            score.update(["cases", *(["equal"] if not found else []), *(part for part in PARTS if part not in found)])
            if found and score["cases"] - score["equal"] <= given.show:
                _print(session, case, response)
        session.close()
    _table(scores)
    return 0


def _played(session: Session, case: Case) -> Response:
    try:
        return session.play(case)
    except Exception as error:  # noqa: BLE001 - one answer less; the session goes on
        import traceback

        print(f"#{case['n']} {case['kind']} {case['method']} {case['path']} raised:", file=sys.stderr)
        traceback.print_exception(error, limit=-6)
        return Response(FAILED.status)


def _print(session: Session, case: Case, response: Response) -> None:
    request = session.filled(case)
    where = request.path.removeprefix("/index.php/wp-json/wp/v2") + (f"?{request.query}" if request.query else "")
    body = f"{request.body.size} bytes"
    if request.body.size < 2000:
        body = request.body.read(160).decode("utf-8", "replace")
    print(f"#{case['n']} {case['kind']} {case['method']} {where} [{case['as'] or 'anon'}] {body}")
    print(f"    {explained(case, response)[:1200]}")


def _table(scores: dict[str, Counter[str]]) -> None:
    total: Counter[str] = Counter()
    columns = ("cases", "equal", *PARTS)
    print("kind".ljust(20) + "".join(column.rjust(9) for column in columns))
    for kind, score in scores.items():
        total.update(score)
        print(kind.ljust(20) + "".join(str(score[column]).rjust(9) for column in columns))
    print("all".ljust(20) + "".join(str(total[column]).rjust(9) for column in columns))


if __name__ == "__main__":
    sys.exit(main())
