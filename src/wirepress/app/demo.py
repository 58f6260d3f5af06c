"""The demo: a newsroom in `var/demo` that reads the example press, both on loopback."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from wirepress.app.compose import create, open_newsroom
from wirepress.app.settings import FILE, Settings, load, write_first
from wirepress.content.identity.passwords import hash_password
from wirepress.content.identity.viewer import NEWSROOM, viewer_of
from wirepress.content.people import users
from wirepress.content.people.users import UserChanges
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.errors import Unavailable
from wirepress.model.wire import Rights, Rules, Source, SourceKind
from wirepress.store import posts as post_store
from wirepress.store import sources
from wirepress.store import users as user_store
from wirepress.syndicate.addresses import url_key

STATE = "demo.json"
"""What the demo remembers between runs: its press's port, the admin's password, whether the press has corrected."""

CHECKOUT = Path(__file__).resolve().parents[3]
"""The repository, where the package runs out of one."""
PACKED = Path(__file__).resolve().parent / "press"
"""Where the wheel has `examples/` (`pyproject.toml`)."""
HOLDING = 'hold if title contains "Opinion:"'
EDITED = "/courier/2025/observatory.html"
"""The article that the desk adds a line to, before the press corrects it."""
ADDED = """

<!-- wp:paragraph -->
<p>The last bus down the hill leaves at eleven.</p>
<!-- /wp:paragraph -->"""
DRAFT = "Your first article"
DRAFT_TEXT = """<!-- wp:paragraph -->
<p>This draft is yours: write over it, put a picture in, and publish it.</p>
<!-- /wp:paragraph -->"""
OPTIONS = {
    "blogname": "The Wire Press",
    "blogdescription": "A newsroom in one command",
    "permalink_structure": "/%year%/%monthnum%/%day%/%postname%/",
    "timezone_string": "UTC",
    "wirepress_styleguide": "1",
}


@dataclass(frozen=True, slots=True)
class Demo:
    """A demo that is ready to be pulled and served."""

    settings: Settings
    press: str
    login: str
    password: str
    corrected: bool = False
    """Whether the press has corrected what it corrects."""


def repository() -> Path:
    """Where the folder `var` of a demo lies: in the checkout; where the package is installed, in the current folder."""
    return CHECKOUT if _holds_press(CHECKOUT) else Path.cwd()


def press_folder() -> Path:
    """The folder that `examples.wire.press` can be run in: the checkout, or what the wheel brings of it.

    Raises Unavailable where the example press is in neither of them.
    """
    for folder in (CHECKOUT, PACKED):
        if _holds_press(folder):
            return folder
    raise Unavailable("no_example", "the example press, which the demo reads, is missing from this installation")


def _holds_press(folder: Path) -> bool:
    return (folder / "examples" / "wire" / "press.py").is_file()


def prepare(folder: Path, port: int) -> Demo:
    """Makes the demo's site, or opens the one of an earlier run."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / STATE
    state = {}
    if file.exists():
        state = json.loads(file.read_text("utf-8"))
    state.setdefault("password", secrets.token_urlsafe(9))
    state.setdefault("press", free_port())
    file.write_text(json.dumps(state), "utf-8")
    file.chmod(0o600)
    if not (folder / FILE).exists():
        write_first(folder, {"allow_private": "127.0.0.0/8", "fetch_delay": 0})
    settings = load(folder, flags={"port": port, "address": f"http://127.0.0.1:{port}"})
    create(settings, OPTIONS)
    press = f"http://127.0.0.1:{state['press']}"
    fill(settings, press, state["password"])
    return Demo(settings, press, "admin", state["password"], bool(state.get("corrected")))


def remember_correction(demo: Demo) -> None:
    """Has the press of later runs begin with what it has corrected by now."""
    file = demo.settings.folder / STATE
    file.write_text(json.dumps({**json.loads(file.read_text("utf-8")), "corrected": True}), "utf-8")


def fill(settings: Settings, press: str, password: str) -> None:
    """The demo's editor and its sources, once."""
    newsroom = open_newsroom(settings)
    try:
        with newsroom.database.read() as unit:
            known = user_store.by_login(unit, "admin")
            added = {standing.source.url for standing in sources.standings(unit)}
        if known is None:
            with newsroom.write() as view:
                desk = users.create(
                    view,
                    UserChanges(
                        login="admin",
                        password=hash_password(password),
                        email="admin@example.com",
                        name="The Desk",
                        roles=("administrator",),
                    ),
                )
                publishing.create(view, NEWSROOM, "post", Changes(title=DRAFT, content=DRAFT_TEXT, author=desk.id))
        with newsroom.database.write() as unit:
            for source in wanted(press):
                if source.url not in added:
                    sources.add(unit, source)
    finally:
        newsroom.database.close()


def wanted(press: str) -> list[Source]:
    """The papers of the example press, under different rights and rules."""
    listing = Rules(links=".card a.card__link", category="World", picture=True)
    town = Rules(category="Harbour", filters=(HOLDING,))
    return [
        Source(0, f"{press}/meridian/world/", "Meridian Desk", SourceKind.LISTING, Rights.FULL, rules=listing),
        Source(0, courier(press), "Saltmarsh Courier", rights=Rights.FULL, rules=town),
        Source(
            0,
            f"{press}/atlas/feed.atom",
            "Atlas Notes",
            rights=Rights.EXCERPT,
            rules=Rules(category="Elsewhere", picture=True),
        ),
        Source(0, ledger(press), "The Ledger", rights=Rights.FULL, rules=Rules(category="Money")),
        Source(
            0,
            gazette(press),
            "Northquay Gazette",
            SourceKind.WORDPRESS,
            Rights.FULL,
            rules=Rules(category="Harbour"),
        ),
    ]


def courier(press: str) -> str:
    """The address of the paper that corrects itself."""
    return f"{press}/courier/feed.rss"


def ledger(press: str) -> str:
    """The address of the paper whose page has to be paid for."""
    return f"{press}/ledger/feed.rss"


def gazette(press: str) -> str:
    """The address of the paper that is a WordPress site."""
    return f"{press}/gazette/"


def edit(demo: Demo) -> None:
    """Has the desk add a line to an article that the press will correct, once, so that the correction will be offered,
    and the corrected paper be due for the worker."""
    newsroom = open_newsroom(demo.settings)
    try:
        with newsroom.write() as view:
            address = demo.press + EDITED
            found = sources.find_origins(view.unit, 0, [], [url_key(address)])
            post = next((post_store.get(view.unit, origin.post) for origin in found if origin.post), None)
            desk = user_store.by_login(view.unit, demo.login)
            if post is not None and desk is not None and ADDED not in post.content:
                publishing.update(view, viewer_of(view.site, desk), post.id, Changes(content=post.content + ADDED))
            paper = sources.by_url(view.unit, courier(demo.press))
            if paper is not None:
                sources.due_now(view.unit, paper.id)
    finally:
        newsroom.database.close()


def sights(demo: Demo) -> list[tuple[str, str]]:
    """What the demo has to show, and the page of the administration where it is seen."""
    newsroom = open_newsroom(demo.settings)
    try:
        with newsroom.database.read() as unit:
            ids = {standing.source.url: standing.source.id for standing in sources.standings(unit)}
    finally:
        newsroom.database.close()
    admin = f"{demo.settings.address}/wp-admin"
    one_source = f"{admin}/admin.php?page=sources&source="
    return [
        ("Held by a rule", f"{admin}/admin.php?page=review"),
        ("Told by two papers", f"{admin}/admin.php?page=stories"),
        ("Corrected after it was edited here", f"{admin}/edit.php?changed=1"),
        ("Corrected, and followed", f"{one_source}{ids[courier(demo.press)]}"),
        ("Behind a paywall", f"{one_source}{ids[ledger(demo.press)]}"),
        ("All blocks on one page", f"{demo.settings.address}/-/styleguide"),
        ("From a WordPress site", f"{one_source}{ids[gazette(demo.press)]}"),
    ]


def pull(demo: Demo) -> None:
    """Pulls in a process of its own: what extraction loads is not left behind in the web processes."""
    environment = {**os.environ, "WIREPRESS_ADDRESS": demo.settings.address}
    command = [sys.executable, "-m", "wirepress", "--site", str(demo.settings.folder), "pull"]
    subprocess.run(command, env=environment, check=False)  # noqa: S603 - the command is ours; it tells its failures


@contextlib.contextmanager
def press_pulled(demo: Demo) -> Iterator[None]:
    """The example press while the context lasts, after it was pulled.

    The first time it has corrected two articles since, of which the desk has edited one: the worker pulls that as soon
    as it runs.
    """
    if demo.corrected:
        with press_running(demo.press, corrected=True):
            pull(demo)
            yield
        return
    with press_running(demo.press):
        pull(demo)
    edit(demo)
    with press_running(demo.press, corrected=True):
        remember_correction(demo)
        yield


@contextlib.contextmanager
def press_running(press: str, *, corrected: bool = False) -> Iterator[None]:
    """The example press as a process of its own while the context lasts."""
    port = press.rsplit(":", 1)[1]
    command = [sys.executable, "-m", "examples.wire.press", "--port", port, *(["--corrected"] if corrected else [])]
    quiet = subprocess.DEVNULL
    # S603: the command is ours, the port a number.
    with subprocess.Popen(command, cwd=press_folder(), stdout=quiet, stderr=quiet) as child:  # noqa: S603
        try:
            wait_for(int(port), child)
            yield
        finally:
            child.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(5)
            child.kill()


def wait_for(port: int, child: subprocess.Popen[bytes]) -> None:
    """Waits until the example press listens.  Raises Unavailable when it does not start."""
    for _ in range(200):
        if child.poll() is not None:
            break
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise Unavailable("press", f"the example press does not start on port {port}; remove var/demo to begin anew")


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])
