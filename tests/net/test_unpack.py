"""Bodies that are small on their way and huge when they are unpacked."""

import gzip
import tracemalloc
import zlib
from collections.abc import Callable

import pytest

from wirepress.net.port import Fault, FetchError
from wirepress.net.unpack import MOST_MEMBERS, Unpacker

LIMIT = 1_000_000
ZEROS = b"\0" * 50_000_000


def unpacked(coding: str, packed: bytes, size: int) -> bytes:
    """A body that comes in pieces of a size."""
    unpacker = Unpacker(coding, LIMIT)
    for at in range(0, len(packed), size):
        unpacker.feed(packed[at : at + size])
    return unpacker.whole()


def raw(body: bytes) -> bytes:
    return zlib.compress(body)[2:-4]


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("gzip", lambda body: gzip.compress(body[: len(body) // 50]) * 50),
        ("deflate", zlib.compress),
        ("deflate", raw),
        ("x-gzip", gzip.compress),
    ],
    ids=["gzip", "many members", "zlib", "bare deflate", "x-gzip"],
)
@pytest.mark.parametrize("size", [1, 1000, 10**9])
def test_a_bomb_takes_no_more_than_the_limit(coding: str, pack: Callable[[bytes], bytes], size: int) -> None:
    bomb = pack(ZEROS)
    tracemalloc.start()
    try:
        with pytest.raises(FetchError) as told:
            unpacked(coding, bomb, size)
        assert told.value.fault is Fault.SIZE
        assert tracemalloc.get_traced_memory()[1] < 4 * LIMIT
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, raw, lambda body: gzip.compress(body) * 3])
def test_a_body_is_whole_however_it_is_cut(pack: Callable[[bytes], bytes], size: int) -> None:
    body = bytes(range(256))
    assert unpacked("gzip", pack(body), size) in (body, body * 3)


def test_a_bomb_in_a_bomb_is_unpacked_once() -> None:
    inner = gzip.compress(ZEROS)
    assert unpacked("gzip", gzip.compress(inner), LIMIT) == inner


def test_a_body_of_empty_pieces_is_given_up() -> None:
    with pytest.raises(FetchError) as told:
        Unpacker("gzip", LIMIT).feed(gzip.compress(b"") * (MOST_MEMBERS + 1))
    assert told.value.fault is Fault.SIZE


@pytest.mark.parametrize("coding", ["br", "zstd", "compress", "gzip, gzip", "gzip, br", "deflate, gzip"])
def test_codings_that_were_not_asked_for_are_refused(coding: str) -> None:
    with pytest.raises(FetchError) as told:
        Unpacker(coding, LIMIT)
    assert told.value.fault is Fault.PROTOCOL


def test_exactly_the_limit_is_taken() -> None:
    assert len(unpacked("gzip", gzip.compress(b"\0" * LIMIT), LIMIT)) == LIMIT
