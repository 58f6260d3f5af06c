"""Nothing below `app` asks a clock: the time is passed in (`model.moment.Clock`), so that tests and replays set it."""

import ast
import re

import pytest

from tests.house.tree import PACKAGE, files, name, text

ABOVE = ("app", "cli", "__main__.py")
# Waiting (`time.sleep`) asks no clock.
CLOCK = re.compile(r"time\.(?!sleep$)\w+|datetime\.(?:datetime|date)\.(?:now|utcnow|today)")

ALLOWED = {
    "src/wirepress/net/fetch.py: time()": "a fetch is timed by the clock that its event loop ends it by",
    "src/wirepress/net/turns.py: time()": "a wait is counted by the clock that its event loop ends it by",
    "src/wirepress/store/listener.py: time.monotonic": "a frozen clock would keep a lost connection's word good",
    "src/wirepress/syndicate/sandbox/pool.py: time.monotonic": "a frozen clock would let a reader go on for ever",
}


def readings(source: str) -> set[str]:
    """The clocks that a module asks or hands on, by their whole names; `time()` is a method, as of an event loop."""
    nodes = list(ast.walk(ast.parse(source)))
    imported: dict[str, str] = {}
    for node in nodes:
        if isinstance(node, ast.Import | ast.ImportFrom):
            room = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
            imported |= {alias.asname or alias.name: room + alias.name for alias in node.names}
    used = set(imported.values())
    for node in nodes:
        if isinstance(node, ast.Attribute):
            first, _, rest = ast.unparse(node).partition(".")
            used.add(f"{imported.get(first, first)}.{rest}")
    found = {whole for whole in used if CLOCK.fullmatch(whole)}
    calls = [node for node in nodes if isinstance(node, ast.Call) and not node.args and not node.keywords]
    asked = {ast.unparse(node.func) for node in calls if isinstance(node.func, ast.Attribute)}
    if any(word.endswith(".time") and imported.get(word.removesuffix(".time")) != "time" for word in asked):
        found.add("time()")
    return found


def test_no_clock_is_asked_below_app() -> None:
    python = (path for path in files(PACKAGE) if path.suffix == ".py")
    below = [path for path in python if path.relative_to(PACKAGE).parts[0] not in ABOVE]
    found = {f"{name(path)}: {reading}" for path in below for reading in readings(text(path))}
    assert found == set(ALLOWED)


@pytest.mark.parametrize(
    ("source", "reading"),
    [
        ("import time\ntime.time()", "time.time"),
        ("import time as clock\nnow = clock.monotonic", "time.monotonic"),
        ("from time import perf_counter as now\nnow()", "time.perf_counter"),
        ("from datetime import datetime\ndatetime.now()", "datetime.datetime.now"),
        ("import datetime as dt\ndt.datetime.utcnow()", "datetime.datetime.utcnow"),
        ("def day():\n    from datetime import date\n    return date.today()", "datetime.date.today"),
        ("loop.time()", "time()"),
        ("asyncio.get_running_loop().time()", "time()"),
    ],
)
def test_what_asks_a_clock(source: str, reading: str) -> None:
    assert readings(source) == {reading}


@pytest.mark.parametrize(
    "source",
    ["view.now()", "clock.monotonic()", "import time\ntime.sleep(1)", "import datetime\ndatetime.datetime(1900, 1, 1)"],
)
def test_what_does_not(source: str) -> None:
    assert readings(source) == set()
