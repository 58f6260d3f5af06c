"""Kept answers: bounded, of one epoch, with validators of their own for each form."""

import gzip

from hypothesis import given
from hypothesis import strategies as st

from wirepress.app.response_cache import CachedResponse, ResponseCache, weight


def answer(body: bytes) -> CachedResponse:
    made = CachedResponse(200, [(b"content-type", b"application/json"), (b"vary", b"Origin")], body)
    made.seal()
    return made


def test_an_epoch_ends_everything() -> None:
    known = ResponseCache(1 << 20)
    known.at(1, None)
    known.keep(b"/a", answer(b"a"))
    known.at(1, frozenset())
    assert known.get(b"/a") is not None
    known.at(2, None)
    assert known.get(b"/a") is None
    assert known.bytes == 0


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 4000)), max_size=80))
def test_memory_stays_within_its_bound(steps: list[tuple[int, int]]) -> None:
    known = ResponseCache(40_000)
    known.at(1, None)
    for key, size in steps:
        known.keep(b"/%d" % key, answer(b"x" * size))
        assert known.bytes <= 40_000
        assert known.bytes == sum(weight(k, a) for k, a in known.answers.items())


def test_the_least_recently_asked_for_goes_first() -> None:
    known = ResponseCache(8 * 1500 + 7 * 160)
    known.at(1, None)
    for name in range(7):
        known.keep(b"/%d" % name, answer(b""))
    assert known.get(b"/0") is not None
    for name in range(7, 12):
        known.keep(b"/%d" % name, answer(b""))
    assert known.get(b"/0") is not None
    assert known.get(b"/1") is None


def test_the_zipped_form_has_its_own_tag_and_both_match() -> None:
    made = answer(b"news " * 1000)
    zipped = made.zipped()
    assert zipped is not None
    headers, body = dict(zipped[0]), zipped[1]
    assert gzip.decompress(body) == made.body
    assert headers[b"etag"] != made.etag
    assert headers[b"vary"] == b"Origin, Accept-Encoding"
    assert made.matches(made.etag)
    assert made.matches(b'"other", W/' + headers[b"etag"])
    assert made.matches(b"*")
    assert not made.matches(b'"other"')


def test_a_small_body_is_not_zipped() -> None:
    assert answer(b"short").zipped() is None
