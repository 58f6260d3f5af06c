"""What is read in a child process stays within its limits, and what becomes of it is told in one line."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from wirepress.model.wire import Entry, Feed, Rights
from wirepress.net.port import Fault, FetchError
from wirepress.syndicate import sandbox
from wirepress.syndicate.parse.feed import read_feed
from wirepress.syndicate.sandbox import wire
from wirepress.syndicate.sandbox.pool import Pool
from wirepress.syndicate.unreadable import TooCostly, Unreadable

QUICK = sandbox.Limits("the thing", 1, 60.0)
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the system tells and allows less")


@pytest.fixture
def pool() -> Iterator[Pool]:
    made = Pool()
    yield made
    made.close()


def alive(pid: int) -> bool:
    """Whether a process is there and no mere entry of a dead one."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def gone(pids: list[int]) -> bool:
    """Whether processes end, soon."""
    until = time.monotonic() + 60  # it hangs, if it takes so long
    while any(map(alive, pids)) and time.monotonic() < until:
        time.sleep(0.02)
    return not any(map(alive, pids))


def test_what_a_function_returns() -> None:
    body = b"<rss version='2.0'><channel><title>W</title><item><title>A</title><guid>1</guid></item></channel></rss>"
    assert sandbox.run(QUICK, read_feed, body, "http://a.example/") == read_feed(body, "http://a.example/")


def test_what_a_document_is_to_blame_for() -> None:
    with pytest.raises(Unreadable, match=r"^the feed is empty$"):
        sandbox.run(QUICK, read_feed, b"", "http://a.example/")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("while True: pass", "took too long to read"),
        ("bytearray(900_000_000)", "takes too much memory to read"),
        ("import ctypes; ctypes.string_at(0)", "cannot be read: what reads it broke down"),
        ("import os; os._exit(3)", "cannot be read: what reads it broke down"),
        ("import os; os.kill(os.getpid(), 9)", "cannot be read: what reads it broke down"),
    ],
    ids=["endless", "memory", "segmentation fault", "exit", "killed"],
)
@LINUX
def test_what_exceeds_is_ended_and_others_go_on(code: str, words: str) -> None:
    with pytest.raises(TooCostly) as told:
        sandbox.run(QUICK, exec, code)
    assert told.value.message == f"the thing {words}"
    assert sandbox.run(QUICK, len, "four") == 4


def test_what_only_waits_is_ended_too() -> None:
    with pytest.raises(TooCostly, match="the thing took too long to read"):
        sandbox.run(sandbox.Limits("the thing", 60, 0.3), exec, "import time; time.sleep(600)")


def test_an_answer_has_a_bound() -> None:
    with pytest.raises(TooCostly, match="the thing holds more than can be taken"):
        sandbox.run(QUICK, bytes, sandbox.limits.ANSWER_BYTES)


def test_a_frame_that_is_too_large_is_not_read(pool: Pool) -> None:
    frame = "import os; os.write(3, b'=\\0\\xff\\xff\\xff\\xff' + b'x' * 1000)"
    with pytest.raises(TooCostly, match="the thing holds more than can be taken"):
        pool.run(QUICK, exec, frame)
    assert pool.run(QUICK, len, "four") == 4


def test_a_mistake_of_ours_is_logged_and_told_by_its_name(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(Unreadable, match=r"^the thing could not be read \(ZeroDivisionError\)$"):
        sandbox.run(QUICK, eval, "1 / 0")
    assert "division by zero" in caplog.text


class Malice:
    """A value that calls something where it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("true",)


@pytest.mark.parametrize("value", [Malice(), complex(1), print, Path("a"), [Malice()], Feed, Pool])
def test_an_answer_is_plain_data_alone(value: object) -> None:
    if value is Feed:
        assert wire.plain(pickle.dumps(Entry("a"))) == Entry("a")  # a class of data, as data
        return
    with pytest.raises(pickle.UnpicklingError):
        wire.plain(pickle.dumps(value))


def test_plain_data_comes_as_it_was() -> None:
    entry = Entry("a", published=datetime(2025, 6, 15, tzinfo=UTC), authors=("Ana",))
    value = {"feed": Feed("W", entries=(entry,)), "rights": Rights.FULL, "print": frozenset({1, 2})}
    assert wire.plain(wire.packed(value)) == value


def test_enums_are_plain_data_whatever_python_makes_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python 3.11.2, which Debian 12 has, pickles a member as what `getattr` finds under its name."""

    def by_name(member: Rights, _protocol: int) -> tuple[object, ...]:
        return getattr, (Rights, member.name)

    monkeypatch.setattr(Rights, "__reduce_ex__", by_name)
    with pytest.raises(pickle.UnpicklingError, match="getattr"):
        wire.plain(pickle.dumps(Rights.FULL))
    assert wire.plain(wire.packed([Rights.FULL, {"rights": Rights.LINK}])) == [Rights.FULL, {"rights": Rights.LINK}]


@LINUX
def test_a_child_has_nothing_of_the_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pool: Pool) -> None:
    monkeypatch.setenv("WIREPRESS_DATABASE", "postgresql://secret")
    with (tmp_path / "open").open("w") as held:
        os.set_inheritable(held.fileno(), True)
        files = pool.run(QUICK, eval, "[__import__('os').readlink(f'/proc/self/fd/{n}') for n in range(4)]")
        count = pool.run(QUICK, eval, "len(__import__('os').listdir('/proc/self/fd'))")
    assert files[:3] == ["/dev/null"] * 3
    assert files[3].startswith("socket:")
    assert count == 5  # and the folder that was just listed
    assert not {name for name in pool.run(QUICK, eval, "list(__import__('os').environ)") if "WIREPRESS" in name}


@LINUX
def test_a_child_writes_no_file_and_keeps_few_open(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="OSError"):
        sandbox.run(QUICK, eval, f"__import__('pathlib').Path({str(tmp_path / 'x')!r}).write_text('x')")
    with pytest.raises(Unreadable, match="OSError"):
        sandbox.run(QUICK, eval, "[open('/dev/null') for _ in range(20)]")


@LINUX
def test_a_child_that_has_grown_is_replaced(pool: Pool) -> None:
    pool.run(QUICK, len, "")
    before = pool.pids()
    pool.run(QUICK, exec, "import sys; sys.kept = b'x' * 100_000_000")
    pool.run(QUICK, len, "")
    assert (pool.pids()[0], len(pool.pids())) == (before[0], 2)
    assert pool.pids() != before


@LINUX
def test_processes_that_somebody_ended_are_started_again(pool: Pool) -> None:
    assert pool.run(QUICK, len, "four") == 4
    template, child = pool.pids()
    os.kill(child, signal.SIGKILL)
    assert gone([child])
    assert pool.run(QUICK, len, "four") == 4
    os.kill(template, signal.SIGKILL)
    assert gone([template, *pool.pids()])  # the children end with it
    assert pool.run(QUICK, len, "four") == 4


def test_nobody_waits_for_a_worker_that_is_to_stop(pool: Pool) -> None:
    pool.run(QUICK, len, "")
    threading.Timer(0.1, pool.stop).start()
    for function in ("__import__('time').sleep(600)", "1"):
        with pytest.raises(FetchError) as told:
            pool.run(sandbox.Limits("the thing", 60, 60.0), eval, function)
        assert told.value.fault is Fault.STOPPED


WORKER = """
import signal, sys, threading, time
from wirepress.syndicate import sandbox
signal.signal(signal.SIGINT, signal.default_int_handler)  # who is started in the background ignores it
limits = sandbox.Limits("the thing", 600, 600.0)
sandbox.run(limits, len, "")
threading.Thread(target=sandbox.run, args=(limits, exec, "while True: pass"), daemon=True).start()
sandbox.run(limits, exec, "import time; time.sleep(0.2)")
print(*sandbox.children(), flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
@LINUX
def test_children_end_with_the_worker(number: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WORKER], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as worker:
        try:
            assert worker.stdout is not None
            pids = [int(pid) for pid in worker.stdout.readline().split()]
            assert len(pids) == 3
            worker.send_signal(number)
            assert gone(pids)
        finally:
            worker.kill()


@LINUX
def test_a_child_that_says_a_byte_at_a_time_is_ended_as_any_other(pool: Pool) -> None:
    """The limit counts from the question to the end of the answer, not from byte to byte."""
    drip = "import os, time\nos.write(3, b'=\\0\\0\\0\\xff\\xff')\nwhile True: os.write(3, b'x'); time.sleep(0.02)"
    with pytest.raises(TooCostly, match="the thing took too long to read"):
        pool.run(sandbox.Limits("the thing", 60, 0.5), exec, drip)
    assert pool.run(QUICK, len, "four") == 4


@LINUX
def test_what_waits_for_a_new_child_keeps_nobody_from_one_that_is_there(pool: Pool) -> None:
    assert pool.run(QUICK, len, "four") == 4
    with pool._speaking:  # somebody waits for the template
        assert pool.run(QUICK, len, "four") == 4
        assert len(pool.pids()) == 2


@LINUX
def test_who_waits_for_the_template_ends_when_it_is_to_stop(pool: Pool) -> None:
    threading.Timer(0.1, pool.stop).start()
    with pool._speaking, pytest.raises(FetchError) as told:
        pool.run(QUICK, len, "four")
    assert told.value.fault is Fault.STOPPED
