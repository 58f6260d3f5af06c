"""Lists of users by what they may."""

from __future__ import annotations

import pytest

from tests.wp.conftest import Writers
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


def test_who_may_list_users_but_not_edit_them_is_told_in_edit_of_themselves_alone(writers: Writers) -> None:
    """The others count and are left out, as they are refused one by one: edit tells e-mail addresses."""
    granted = {"read": True, "list_users": True}
    writer = writers(options={"user_roles": {"subscriber": {"name": "Archive", "capabilities": granted}}})
    found = writer.get("subscriber", "/users", "context=edit")
    assert [user["username"] for user in found.value] == ["subscriber"]
    everybody = writer.get("subscriber", "/users").value
    assert int(found.headers["x-wp-total"]) == len(everybody) > 1
