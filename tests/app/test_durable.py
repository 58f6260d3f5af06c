"""What the kernel is asked for before a write is answered: the log on the disk, files and their folders too.

A killed process proves little about a lost current, so the calls themselves are looked at, with strace.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.app.load import Client, kill_all, picture, serving, site_with_key, texts_of

WANTED = "fsync,fdatasync,pwrite64,write,writev,sendto,sendmsg,rename,renameat,renameat2"
SYNC = re.compile(r"(?:fsync|fdatasync)\(\d+<([^>]*)>\)")
LOGGED = re.compile(r"pwrite64\(\d+<[^>]*-wal>")
NAMED = re.compile(r'rename\w*\(.*?"([^"]+)", (?:AT_FDCWD\S* )?"([^"]+)"')
ANSWERED = re.compile(r"HTTP/1\.1 (\d+)")

pytestmark = pytest.mark.skipif(not shutil.which("strace"), reason="the Debian package strace is not installed")


def traced(folder: Path, story: Callable[[Client], None]) -> list[str]:
    """The calls of a server while a story is told to it, in their order."""
    site = site_with_key(folder / "site")
    trace = folder / "trace"
    before = ("strace", "-f", "-y", "-s", "300", "-e", f"trace={WANTED}", "-o", str(trace))
    with serving(site, *before) as (port, process):
        with closing(Client(port)) as client:
            client.ask("GET", "/-/health")
            start = len(trace.read_text("utf-8", "replace").splitlines())
            story(client)
        kill_all(process)
    lines = trace.read_text("utf-8", "replace").splitlines()[start:]
    # A call that another thread's came in between of is two lines: the second says that it has ended.
    return resumed(lines)


def resumed(lines: list[str]) -> list[str]:
    """The lines of calls, each with its thread before it, at the place where the call has ended."""
    begun: dict[str, str] = {}
    whole = []
    for line in lines:
        thread, _, call = line.partition(" ")
        call = call.strip()
        if call.endswith("<unfinished ...>"):
            begun[thread] = call.removesuffix("<unfinished ...>").rstrip()
        elif "resumed>" in call:
            whole.append(f"{thread} {begun.pop(thread, '')}{call.partition('resumed>')[2]}")
        else:
            whole.append(f"{thread} {call}")
    return whole


def until_answered(calls: list[str], status: str) -> list[str]:
    """What the thread that wrote did before the answer: other threads write what falls due, whenever it does."""
    for number, call in enumerate(calls):
        if (found := ANSWERED.search(call)) and found[1] == status:
            threads = [one.split(" ")[0] for one in calls[:number]]
            [(writer, _)] = Counter(
                thread for thread, one in zip(threads, calls, strict=False) if LOGGED.search(one)
            ).most_common(1)
            return [one for thread, one in zip(threads, calls, strict=False) if thread == writer]
    raise AssertionError(f"no answer {status} in the trace")


def log_is_safe(calls: list[str]) -> bool:
    """Whether the log was synced after the last page that went into it."""
    written = max(n for n, call in enumerate(calls) if LOGGED.search(call))
    return any((found := SYNC.search(call)) and found[1].endswith("-wal") for call in calls[written:])


def test_the_log_is_synced_before_a_write_is_answered(tmp_path: Path) -> None:
    def story(client: Client) -> None:
        assert client.send("POST", "/posts", status="publish", **texts_of("durable"))[0] == 201

    assert log_is_safe(until_answered(traced(tmp_path, story), "201"))


def test_a_file_and_its_folder_are_synced_before_an_upload_is_answered(tmp_path: Path) -> None:
    def story(client: Client) -> None:
        assert client.upload("durable.png", picture())[0] == 201

    calls = until_answered(traced(tmp_path, story), "201")
    assert log_is_safe(calls)
    logged = max(n for n, call in enumerate(calls) if LOGGED.search(call))
    synced = {found[1]: n for n, call in enumerate(calls) if (found := SYNC.search(call))}
    named = {n: found for n, call in enumerate(calls) if (found := NAMED.search(call))}
    assert len(named) > 1, "the picture and its sizes get their names"
    for number, found in named.items():
        part, place = found[1], found[2]
        assert number > logged, "no file has its name before its row is kept"
        assert synced[part] < number, "its bytes are safe before it has its name"
        assert synced[str(Path(place).parent)] > number, "its name is safe before the answer"
