"""Hashes of WordPress itself (golden data set) and of phpass's own documentation."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wirepress.content.identity.passwords import hash_password, hash_token, outdated, verify_password, verify_token

WORDPRESS = "$wp$2y$10$hrBLo7PTDrnEbc8y1l8W2uqzYh4XRHmb9P0dEiV9Zfx0Ai39rs80q"
PHPASS = "$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0"


@pytest.mark.parametrize(
    ("password", "kept"),
    [
        ("adminpass-REF-1", WORDPRESS),
        (" adminpass-REF-1\n", WORDPRESS),
        ("test12345", PHPASS),
        ("test12345", PHPASS.replace("$P$", "$H$")),
        ("foo", "acbd18db4cc2f85cedef654fccc4a4d8"),
        ("U*U", "$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
    ],
)
def test_every_format_is_verified(password: str, kept: str) -> None:
    assert verify_password(password, kept)
    assert not verify_password(password + "x", kept)


@pytest.mark.parametrize("kept", ["", "$P$", "$P$Z12345678", "$2y$", "$wp$2y$10$short", "*", "$wp", "$P$91234567"])
def test_broken_hashes_verify_nothing(kept: str) -> None:
    for password in ("", "x", kept, "*"):
        assert not verify_password(password, kept)


def test_over_long_and_odd_passwords_are_refused_without_harm() -> None:
    assert not verify_password("x" * 5000, WORDPRESS)
    assert not verify_password("a\0b", "$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")


@settings(max_examples=5, deadline=None)
@given(st.text(max_size=100))
def test_what_is_hashed_is_verified(password: str) -> None:
    kept = hash_password(password)
    assert verify_password(password, kept)
    assert not outdated(kept)
    assert outdated(PHPASS)


@pytest.mark.parametrize(
    ("cost", "old"), [("04", True), ("09", True), ("10", False), ("12", False), ("x1", True), ("١٢", True)]
)
def test_a_hash_is_made_anew_where_ours_takes_more_work(cost: str, old: bool) -> None:
    assert outdated(WORDPRESS.replace("$10$", f"${cost}$")) is old
    assert outdated(WORDPRESS.removeprefix("$wp").replace("$10$", f"${cost}$"))


@pytest.mark.parametrize("cost", ["17", "31"])
def test_a_hash_that_would_take_hours_verifies_nothing(cost: str) -> None:
    for kept in (WORDPRESS, WORDPRESS.removeprefix("$wp"), WORDPRESS.replace("$2y$", "$2b$")):
        assert not verify_password("adminpass-REF-1", kept.replace("$10$", f"${cost}$"))


def test_application_passwords() -> None:
    kept = "$generic$7u18y3ysI-LM3GWnkOJ2hLlm60s9bRRjFsTPFfbU"
    assert verify_token("ADMINxYz0123456789abcdef", kept)
    assert hash_token("ADMINxYz0123456789abcdef") == kept
    assert not verify_token("ADMINxYz0123456789abcdeg", kept)
    assert verify_token("test12345", PHPASS)
