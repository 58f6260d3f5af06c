from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.content.desk import ROLES, article
from tests.content.test_permalinks import Family, site
from wirepress.content.identity.permissions import may, needed, readable
from wirepress.content.identity.viewer import ANONYMOUS, NEWSROOM, Viewer, viewer_of
from wirepress.content.registry.roles import ROLES as TABLE
from wirepress.content.registry.roles import roles_of
from wirepress.content.site import Site
from wirepress.model.comment import Comment
from wirepress.model.post import Post
from wirepress.model.term import Term
from wirepress.model.user import User


@dataclass
class Ground:
    site: Site
    lookup: Family


def ground(*posts: Post, **options: Any) -> Ground:
    return Ground(site(**options), Family(*posts))


def role(name: str, number: int = 50) -> Viewer:
    return viewer_of(site(), User(number, name, name, grants={name: True}))


def allowed(capability: str, thing: Any, where: Ground | None = None) -> str:
    """The roles that may, by their first letters."""
    where = where or ground(*([thing] if isinstance(thing, Post) else []))
    return "".join(name[0] if name != "author" else "w" for name in ROLES if may(where, role(name), capability, thing))


STATUSES = ("publish", "future", "draft", "pending", "private", "trash", "auto-draft", "inherit")


# administrator, editor, author (w), contributor, subscriber, on a post of somebody else and on one of their own
@pytest.mark.parametrize(
    ("capability", "status", "others", "own"),
    [
        ("edit_post", "publish", "ae", "aew"),
        ("edit_post", "future", "ae", "aew"),
        ("edit_post", "draft", "ae", "aewc"),
        ("edit_post", "pending", "ae", "aewc"),
        ("edit_post", "private", "ae", "aewc"),
        ("delete_post", "publish", "ae", "aew"),
        ("delete_post", "draft", "ae", "aewc"),
        ("delete_post", "private", "ae", "aewc"),
        ("read_post", "publish", "aewcs", "aewcs"),
        ("read_post", "private", "ae", "aewcs"),
        ("read_post", "draft", "ae", "aewcs"),
        ("read_post", "future", "ae", "aewcs"),
        ("publish_post", "draft", "aew", "aew"),
    ],
)
def test_posts_are_judged_by_status_and_author(capability: str, status: str, others: str, own: str) -> None:
    assert allowed(capability, article(10, "x", status, author=7)) == others
    assert allowed(capability, article(10, "x", status, author=50)) == own


@pytest.mark.parametrize(("capability", "expected"), [("edit_post", "ae"), ("delete_post", "ae"), ("edit_page", "ae")])
def test_pages_belong_to_editors(capability: str, expected: str) -> None:
    assert allowed(capability, article(93, "about", type="page", author=50)) == expected


def test_a_trashed_post_counts_as_what_it_was() -> None:
    was_public = article(90, "x__trashed", "trash", author=50, meta={"_wp_trash_meta_status": ["publish"]})
    was_draft = article(90, "__trashed", "trash", author=50, meta={"_wp_trash_meta_status": ["draft"]})
    assert allowed("edit_post", was_public) == "aew"
    assert allowed("edit_post", was_draft) == "aewc"


def test_a_revision_is_judged_by_its_post() -> None:
    post = article(10, "x", author=7)
    revision = article(91, "10-revision-v1", "inherit", type="revision", parent=10, author=50)
    assert allowed("edit_post", revision, ground(post, revision)) == "ae"
    assert allowed("read_post", revision, ground(post, revision)) == "aewcs"
    assert allowed("edit_post", revision, ground(revision)) == ""


def test_an_attachment_is_read_by_its_parents_status() -> None:
    private = article(84, "private", "private", author=7)
    picture = article(5, "anim", "inherit", type="attachment", parent=84, author=7)
    where = ground(private, picture)
    assert allowed("read_post", picture, where) == "ae"
    assert not readable(where, ANONYMOUS, picture)
    assert readable(ground(article(84, "public"), picture), ANONYMOUS, picture)
    assert readable(ground(picture), ANONYMOUS, picture)


def test_only_what_belongs_to_a_post_inherits_its_status() -> None:
    for kind in ("post", "page"):
        orphan = article(7, "x", "inherit", type=kind, author=50)
        under = article(7, "x", "inherit", type=kind, author=50, parent=84)
        assert not readable(ground(orphan), ANONYMOUS, orphan)
        assert not readable(ground(article(84, "public"), under), ANONYMOUS, under)


def test_patterns_are_for_those_who_write() -> None:
    block = article(115, "reusable", type="wp_block")
    assert not readable(ground(block), ANONYMOUS, block)
    assert not readable(ground(block), role("subscriber"), block)
    assert readable(ground(block), role("contributor"), block)
    assert allowed("edit_block", block) == allowed("edit_post", block) == "ae"


def test_pages_of_the_site_itself_need_its_owner() -> None:
    page = article(93, "about", type="page")
    assert allowed("delete_post", page, ground(page, page_on_front="93")) == "a"
    assert allowed("edit_post", page, ground(page, wp_page_for_privacy_policy="93")) == "a"


def test_unknown_types_need_those_who_edit_all() -> None:
    assert allowed("edit_post", article(7, "x", type="movie", author=50)) == "ae"
    assert not readable(ground(), NEWSROOM, article(7, "x", type="movie"))


def test_terms() -> None:
    world, default = Term(2, "category", "World", "world"), Term(1, "category", "Uncategorized", "uncategorized")
    assert allowed("edit_term", world) == "ae"
    assert allowed("delete_term", world) == "ae"
    assert allowed("delete_term", default, ground(default_category="1")) == ""
    assert allowed("assign_term", world) == "aewc"
    assert allowed("edit_term", Term(33, "nav_menu", "Main", "main")) == "a"


def test_comments_follow_their_post() -> None:
    post = article(10, "x", author=50)
    assert allowed("edit_comment", Comment(1, 10), ground(post)) == "aew"
    assert allowed("edit_comment", Comment(1, 99), ground(post)) == "aewc"


def test_users() -> None:
    assert allowed("edit_user", User(9, "x", "x")) == "a"
    assert allowed("edit_user", User(50, "x", "x")) == "aewcs"
    assert allowed("list_app_passwords", User(50, "x", "x")) == "aewcs"
    assert allowed("delete_user", User(50, "x", "x")) == "a"
    assert not may(ground(), ANONYMOUS, "edit_user", User(0, "x", "x"))


def test_capabilities_that_nobody_has() -> None:
    for capability in ("do_not_allow", "unfiltered_upload", "manage_links"):
        assert allowed(capability, None) == ""
        assert not may(ground(), NEWSROOM, capability)


statuses = st.sampled_from(STATUSES)
types = st.sampled_from(["post", "page", "attachment", "wp_block", "wp_navigation"])
capabilities = st.sampled_from(["edit_post", "delete_post", "read_post", "publish_post"])


@given(statuses, types, capabilities, st.sampled_from([0, 7, 50]))
def test_a_higher_role_may_all_that_a_lower_one_may(status: str, kind: str, capability: str, author: int) -> None:
    post = article(10, "x", status, type=kind, author=author)
    verdicts = [may(ground(post), role(name), capability, post) for name in ROLES]
    assert verdicts == sorted(verdicts, reverse=True)


@given(statuses, types, st.sampled_from(["edit_post", "delete_post", "publish_post"]))
def test_nobody_changes_nothing(status: str, kind: str, capability: str) -> None:
    post = article(10, "x", status, type=kind)
    assert not may(ground(post), ANONYMOUS, capability, post)


@given(statuses, types, st.sampled_from(ROLES))
def test_who_may_edit_may_read(status: str, kind: str, name: str) -> None:
    post = article(10, "x", status, type=kind, author=7)
    viewer = role(name)
    assert not may(ground(post), viewer, "edit_post", post) or readable(ground(post), viewer, post)


@given(statuses, types)
def test_the_newsroom_may_everything(status: str, kind: str) -> None:
    post = article(10, "x", status, type=kind)
    assert may(ground(post), NEWSROOM, "edit_post", post)
    assert needed(ground(post), NEWSROOM, "edit_post", None) == ("do_not_allow",)


def test_the_roles_of_the_site_count() -> None:
    own = {"desk": {"name": "Desk", "capabilities": {"edit_posts": True, "edit_others_posts": False}}}
    where = site(user_roles=own)
    viewer = viewer_of(where, User(9, "d", "d", grants={"desk": True, "publish_posts": True, "gone": True}))
    assert viewer.roles == ("desk",)
    assert viewer.can("edit_posts")
    assert viewer.can("publish_posts")
    assert not viewer.can("edit_others_posts")
    assert roles_of("broken") is TABLE


def test_the_default_roles_are_wordpress_own() -> None:
    sizes = {name: len(entry.capabilities) for name, entry in TABLE.items()}
    assert sizes == {"administrator": 61, "editor": 34, "author": 10, "contributor": 5, "subscriber": 2}
