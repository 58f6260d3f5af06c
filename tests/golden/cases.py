"""The recorded requests, and what is different between a recorded answer and ours."""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from wirepress.model.web import Request, Response

CASES = Path(__file__).parent / "cases.jsonl.gz"
LAST_READ = 3364
Case = dict[str, Any]

MASKED = [
    (re.compile(r'((?:data-secret=\\?"|[?#;]secret=))[A-Za-z0-9]{10}'), r"\1*"),
    (re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b"), "UUID"),
    (re.compile(r'("password":\s*")(?:[A-Za-z0-9]{4} ){5}[A-Za-z0-9]{4}"'), r'\1*"'),
    (re.compile(r"(_wpnonce=)[0-9a-f]{10}"), r"\1*"),
    (re.compile(r'("filesize":\s*)\d+'), r"\g<1>0"),
    (re.compile(r"<script\b.*?<\\?/script>", re.DOTALL), "<script></script>"),
]


def recorded() -> Iterator[Case]:
    """Every recorded request, in the file's order."""
    with gzip.open(CASES, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def reads() -> Iterator[Case]:
    """The recorded reads that have an answer to compare with."""
    return (case for case in recorded() if case["n"] <= LAST_READ and "expect" in case)


def writes() -> list[Case]:
    """The recorded write session: every request of it, since each builds on those before it."""
    return sorted((case for case in recorded() if case["n"] > LAST_READ), key=lambda case: int(case["n"]))


def request_of(case: Case) -> Request:
    body = b""
    if "body" in case:
        body = case["body"]["text"].encode() if "text" in case["body"] else base64.b64decode(case["body"]["b64"])
    headers = {name.lower(): value for name, value in case["headers"].items()}
    return Request(case["method"], case["path"], case["query"], headers, body, "127.0.0.1", "https")


def masked(text: str) -> str:
    """A text without what is drawn at random."""
    for pattern, by in MASKED:
        text = pattern.sub(by, text)
    return text


def without_prose(value: Any, schema: bool, depth: int = 0) -> Any:
    """A JSON value without sentences: those are WordPress's own, and ours are ours."""
    if isinstance(value, list):
        return [without_prose(v, schema, depth + 1) for v in value]
    if not isinstance(value, dict):
        return value
    error = isinstance(value.get("code"), str) and isinstance(value.get("message"), str)
    kept: dict[str, Any] = {}
    for key, inner in value.items():
        words = isinstance(inner, str)
        if error and key == "message":
            continue
        if schema and depth and words and (key == "description" or (key == "title" and " " in inner)):
            continue
        told = key == "params" and isinstance(inner, dict) and all(isinstance(s, str) for s in inner.values())
        if told or (key == "labels" and isinstance(inner, dict)):
            kept[key] = dict.fromkeys(inner)
        else:
            kept[key] = without_prose(inner, schema, depth + 1)
    return kept


def shape(value: Any) -> Any:
    """The keys and types of a JSON value."""
    if isinstance(value, dict):
        return {k: shape(v) for k, v in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return "null" if value is None else type(value).__name__


def misshapen(want: Any, got: Any) -> bool:
    if isinstance(want, dict):
        return not isinstance(got, dict) or any(k not in got or misshapen(want[k], got[k]) for k in want)
    if isinstance(want, list):
        return not isinstance(got, list) or bool(want and got and misshapen(want[0], got[0]))
    return bool(got != want and "null" not in (got, want))


def is_schema(case: Case) -> bool:
    kinds = ("index", "namespace", "route-sweep", "method-override", "global-params")
    return case["method"] == "OPTIONS" or case["kind"] in kinds


def same_order(a: Any, b: Any) -> bool:
    """Whether two JSON values are equal, the order of their keys included."""
    return json.dumps(a) == json.dumps(b)


def differences(case: Case, response: Response, more: list[tuple[str, str]]) -> list[str]:
    """What is not as it was recorded: `status`, `headers` and `body`."""
    want = case["expect"]
    headers = {name.lower(): value for name, value in [*response.headers, *more]}
    found = [] if response.status == want["status"] else ["status"]
    if any(masked(headers.get(name, "")) != masked(value) for name, value in want["headers"].items()):
        found.append("headers")
    body = b"" if case["method"] == "HEAD" else response.body
    if not _same_body(case, want, masked(body.decode("utf-8", "replace"))):
        found.append("body")
    return found


def _same_body(case: Case, want: dict[str, Any], got: str) -> bool:
    if "body" in want and got != masked(want["body"]):
        return False
    try:
        if "shape" in want and misshapen(want["shape"], shape(json.loads(got))):
            return False
        if "json" in want:
            wanted = json.loads(masked(json.dumps(want["json"], ensure_ascii=False)))
            return same_order(wanted, without_prose(json.loads(got), is_schema(case)))
    except ValueError:
        return False
    return True
