"""Which packed form of an answer a client takes."""

import pytest

from wirepress.web.encodings import takes


@pytest.mark.parametrize("accepted", ["gzip", "GZIP", "br, gzip", "gzip;q=0.5", "gzip ; q=1", "*", "br;q=0, *;q=0.1"])
def test_it_is_packed(accepted: str) -> None:
    assert takes(accepted, "gzip")


NONE = (
    "",
    "identity",
    "gzip;q=0",
    "gzip; q=0.000",
    "br, gzip;q=0",
    "notgzip",
    "gzipx",
    "*;q=0",
    "*, gzip;q=0",
    "gzip;q=",
)


@pytest.mark.parametrize("accepted", NONE)
def test_it_is_not(accepted: str) -> None:
    assert not takes(accepted, "gzip")
