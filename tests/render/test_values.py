import pytest

from wirepress.render import values


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1.5, 1e2 -7x", [1, 100, 7]), ("", []), ("9" * 30, [2**63 - 1]), ("+3 3", [3]), ("1e999", [0])],
)
def test_ids_are_what_php_reads(text: str, expected: list[int]) -> None:
    assert values.id_list(text) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(1, True), (True, False), (1.5, False), (2.0, True), ("1e3", True), ("0x1", False), ("1 ", True), (None, False)],
)
def test_whole_numbers(value: object, expected: bool) -> None:
    assert values.is_integer(value) is expected


def test_booleans() -> None:
    assert all(map(values.is_boolean, (True, 0, 1, "True", "0")))
    assert not any(map(values.is_boolean, (2, "yes", "", None)))
    assert all(map(values.to_boolean, (True, 1, "no", "TRUE")))
    assert not any(map(values.to_boolean, ("false", "FALSE", "0", 0, "", None)))


def test_addresses() -> None:
    assert values.ip_address("2001:db8::1") == "2001:db8::1"
    assert values.ip_address("01.2.3.4") == "01.2.3.4"
    assert values.ip_address("fe80::1%eth0") is None


@pytest.mark.parametrize("text", ["a@b.cc", "a'b@x-y.example", "o+tag@sub.domain.example"])
def test_emails(text: str) -> None:
    assert values.is_email(text)
    assert values.clean_email(text) == text


@pytest.mark.parametrize(
    "text", ["a@b", "@b.example", "a@-b.example", "a@b..example", "a@b.cc.", "a b@c.example", "a@b_.cc"]
)
def test_no_emails(text: str) -> None:
    assert not values.is_email(text)


def test_slashes_at_the_end() -> None:
    assert values.with_trailing_slash("/a//") == "/a/"
