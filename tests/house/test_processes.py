"""A web process loads nothing that only the worker needs: it must start fast and stay small."""

import importlib.util
import json
import subprocess
import sys

import pytest

WEB = (
    "wirepress.app.asgi", "wirepress.wp", "wirepress.site", "wirepress.feeds", "wirepress.admin",
    "wirepress.admin.screens.sources.screen", "wirepress.admin.screens.imports.screen", "wirepress.app.imports",
)  # fmt: skip
WORKER_ONLY = ("pymysql", "lxml", "trafilatura", "feedparser", "justext", "dateparser", "htmldate", "courlan")
ON_DEMAND = ("segno",)
"""What one page in many needs: loaded when that page is asked for."""
FETCHES = ("aiohttp", "yarl", "protego", "aiodns")

SANDBOX = "wirepress.syndicate.sandbox"

LOAD = """
import importlib, json, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules} | set(sys.modules))))
"""


def present() -> list[str]:
    """The rooms of a web process that there are."""
    found = []
    for name in WEB:
        try:
            spec = importlib.util.find_spec(name)
        except ModuleNotFoundError:
            continue
        if spec is not None:
            found.append(name)
    return found


def loaded(*names: str) -> set[str]:
    """The modules that a fresh interpreter holds after importing `names`, and the packages that they are of."""
    answer = subprocess.run([sys.executable, "-c", LOAD, *names], stdout=subprocess.PIPE, text=True, check=True)
    modules: list[str] = json.loads(answer.stdout)
    return set(modules)


@pytest.mark.parametrize("room", present())
def test_a_web_process_is_light(room: str) -> None:
    assert loaded(room) & {*WORKER_ONLY, SANDBOX} == set()


@pytest.mark.parametrize("room", present())
def test_what_is_rarely_needed_is_loaded_when_it_is(room: str) -> None:
    assert loaded(room) & set(ON_DEMAND) == set()


@pytest.mark.parametrize("room", present())
def test_a_web_process_cannot_fetch(room: str) -> None:
    """What other sites are asked, the worker asks: nothing that a reader waits for waits for a network."""
    assert loaded(room) & set(FETCHES) == set()


def test_a_command_loads_what_fetches_when_it_fetches() -> None:
    assert loaded("wirepress.cli.main") & {*FETCHES, SANDBOX} == set()


def test_the_check_would_see_one() -> None:
    assert {"feedparser", "aiohttp"} <= loaded("feedparser", "wirepress.net.fetch")
    assert SANDBOX in loaded("wirepress.app.worker")


def test_a_worker_loads_what_reads_with_the_first_source_alone() -> None:
    assert loaded("wirepress.app.worker") & set(WORKER_ONLY) == set()
