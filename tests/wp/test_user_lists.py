"""Lists of users by what they may."""

from __future__ import annotations

import pytest

from tests.wp.writer import Writer


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("capabilities=edit_posts", ["administrator", "author", "contributor", "editor"]),
        ("who=authors", ["administrator", "author", "contributor", "editor"]),
        ("capabilities=edit_posts,manage_categories", ["administrator", "editor"]),
        ("capabilities=nothing_such", []),
    ],
)
def test_a_site_with_wordpresss_own_roles_knows_who_may_what(writer: Writer, query: str, names: list[str]) -> None:
    found = writer.get("administrator", "/users", f"context=edit&{query}").value
    assert sorted(user["username"] for user in found) == names
