"""Plugins: there are none, and none can be installed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.wp.writer import Writer

ADMIN = "administrator"


@pytest.mark.parametrize(
    ("role", "method", "path", "body", "status", "code"),
    [
        ("editor", "POST", "/plugins", {"slug": "x"}, 403, "rest_cannot_install_plugin"),
        ("", "POST", "/plugins", {"slug": "x"}, 401, "rest_cannot_install_plugin"),
        ("", "POST", "/plugins", {}, 400, "rest_missing_callback_param"),
        (ADMIN, "POST", "/plugins", {"slug": ""}, 400, "rest_invalid_param"),
        (ADMIN, "POST", "/plugins", {"slug": "x", "status": "paused"}, 400, "rest_invalid_param"),
        (ADMIN, "POST", "/plugins", {"slug": "x"}, 500, "plugins_api_failed"),
        (ADMIN, "POST", "/plugins", {"slug": "x", "status": "active"}, 500, "plugins_api_failed"),
        ("editor", "POST", "/plugins/a/b", {"status": "active"}, 403, "rest_cannot_manage_plugins"),
        (ADMIN, "POST", "/plugins/a/b", {"status": "active"}, 404, "rest_plugin_not_found"),
        (ADMIN, "DELETE", "/plugins/a/b", None, 404, "rest_plugin_not_found"),
    ],
)
def test_writes_are_answered_as_where_no_directory_is_reached(
    writer: Writer, role: str, method: str, path: str, body: Any, status: int, code: str
) -> None:  # fmt: skip
    refused = writer.ask(role, method, path, body)
    assert (refused.status, refused.code) == (status, code)


def test_the_reason_is_told_beside_the_error(writer: Writer) -> None:
    refused = writer.post(ADMIN, "/plugins", {"slug": "akismet"}).value
    assert refused["data"] == {"status": 500}
    assert refused["additional_data"] == [refused["message"]]
