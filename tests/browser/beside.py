"""What tests of the editor ask of the server beside the page, and what they bring along."""

from __future__ import annotations

import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.browser.stage import password_of
from tests.editor.test_contract_writes import picture as drawn

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

API = "/wp-json"
TEXT = "The council passed the budget on Monday."


def paragraph(*texts: str) -> str:
    """Paragraphs as blocks."""
    return "\n\n".join(f"<!-- wp:paragraph -->\n<p>{text}</p>\n<!-- /wp:paragraph -->" for text in texts)


def ask(context: BrowserContext, path: str, data: dict[str, Any] | None = None, *, method: str = "") -> Any:
    """The API's answer to whoever the context is logged in as; AssertionError where it is none."""
    nonce = context.request.get("/wp-admin/admin-ajax.php?action=rest-nonce").text()
    response = context.request.fetch(
        f"/index.php{API}{path}",
        method=method or ("GET" if data is None else "POST"),
        headers={"X-WP-Nonce": nonce},
        data=data,
    )
    assert response.ok, f"{response.status} {path}: {response.text()[:300]}"
    return response.json()


def log_in(context: BrowserContext, login: str) -> None:
    """Logs in, where the context is not logged in yet."""
    if context.request.get("/wp-admin/admin-ajax.php?action=rest-nonce").ok:
        return
    form: dict[str, str | float | bool] = {"log": login, "pwd": password_of(login)}
    context.request.post("/wp-login.php", form=form)
    assert context.request.get("/wp-admin/admin-ajax.php?action=rest-nonce").ok, f"{login} cannot log in"


def forget_preferences(context: BrowserContext) -> None:
    """Lets the editor look as it does for somebody who has changed nothing."""
    ask(context, "/wp/v2/users/me", {"meta": {"persisted_preferences": {"_modified": "2020-01-01T00:00:00.000Z"}}})


def picture(folder: Path, name: str = "harbour.png", size: tuple[int, int] = (400, 300)) -> Path:
    """A picture file."""
    path = folder / name
    path.write_bytes(drawn(*size))
    return path


def stranger(address: str) -> tuple[int, str]:
    """What somebody who is not logged in is answered: status and text."""
    try:
        with urllib.request.urlopen(address, timeout=30) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()
