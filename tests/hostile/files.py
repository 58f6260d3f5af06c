"""Strategies of files that are small to send and large to open, and of names that say something else."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

import pyvips
from hypothesis import strategies as st

SIDES: Final = (1, 600, 3_000, 7_000, 30_000, 65_535)
"""Of pictures, in pixels; 7,000 x 7,000 is about what is taken."""
FRAMES: Final = (1, 100, 3_000, 40_000)
EXTENSIONS: Final = ("jpg", "png", "gif", "webp", "avif", "svg", "mp3", "wav", "mp4", "pdf", "txt", "php", "jpg.php")
WRITTEN: Final = (".jpg", ".png", ".gif", ".webp", ".avif")
PARTS: Final = (
    b"<?php echo 1; ?>",
    b"<script>alert(1)</script>",
    b"PK\3\4" + bytes(26),
    b"\xff\xd8\xff\xe1\xff\xffExif\0\0",
    b"\xff\xda\0\x08\1\1\0\0?\0",
    b"8BIM\4\4\0\0\xff\xff\xff\xff",
    b"\x1c\2\x78\xff\xff",
    b"<x:xmpmeta><Iptc4xmpCore:AltTextAccessibility><rdf:li xml:lang='a'>",
    b"ID3\4\0\x40\x7f\x7f\x7f\x7f",
    b"APIC\x7f\x7f\x7f\x7f",
    b"\0\0\0\x08moov\0\0\0\x08trak",
    b"\0\0\0\1mdat\xff\xff\xff\xff\xff\xff\xff\xff",
    b"LIST\4\0\0\0INFO",
    b"!\xff\x0bNETSCAPE2.0\3\1\0\0\0",
    b"\0" * 16,
    b"\xff" * 16,
)
HEADS: Final = (
    b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0",
    b"\x89PNG\r\n\x1a\n",
    b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff",
    b"RIFF\xff\xff\xff\x7fWEBPVP8X\x0a\0\0\0\2\0\0\0\xff\xff\0\xff\xff\0",
    b"RIFF\xff\xff\xff\x7fWAVEfmt \x10\0\0\0\1\0\1\0\x40\x1f\0\0\x80\x3e\0\0\2\0\x10\0",
    b"\0\0\0\x20ftypisom\0\0\0\0",
    b"\0\0\0\x20ftypavif\0\0\0\0",
    b"ID3\4\0\0\0\0\x7f\x7f",
    b"%PDF-1.7\n",
    b"BM",
    b"II*\0\x08\0\0\0",
    b"OggS\0\2",
    b"fLaC\0\0\0\x22",
    b"\x1a\x45\xdf\xa3",
    b"<svg xmlns='http://www.w3.org/2000/svg'>",
    b"<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]><svg>&b;",
    b"",
)


def chunk(kind: bytes, data: bytes) -> bytes:
    """A part of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, depth: int = 1, colour: int = 0, *, whole: bool = True, frames: int = 1) -> bytes:
    """A PNG of one colour; `whole`: with all its rows, which cost a thousandth of what they become."""
    samples = {0: 1, 2: 3, 6: 4}[colour]
    row = 1 + (width * depth * samples + 7) // 8
    rows = min(height, 200_000_000 // row) if whole else 1
    packer = zlib.compressobj(9)
    pieces: list[bytes] = []
    pieces += (packer.compress(bytes(row * min(1_000, rows - start))) for start in range(0, rows, 1_000))
    animated = chunk(b"acTL", struct.pack(">II", frames, 0)) if frames > 1 else b""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    data = chunk(b"IDAT", b"".join(pieces) + packer.flush())
    return b"\x89PNG\r\n\x1a\n" + head + animated + data + chunk(b"IEND", b"")


def gif(width: int, height: int, frames: int) -> bytes:
    """A GIF whose frames are a pixel each on a canvas of any size."""
    head = b"GIF89a" + struct.pack("<HH", width, height) + b"\x80\0\0\0\0\0\xff\xff\xff"
    frame = b"\x21\xf9\4\0\1\0\0\0\x2c\0\0\0\0\1\0\1\0\0\2\2\x44\1\0"
    return head + frame * frames + b";"


def scans(kind: bytes, number: int) -> bytes:
    """A JPEG that begins its picture again and again."""
    at = kind.find(b"\xff\xda")
    return kind[:at] + kind[at:-2] * number + kind[-2:]


@cache
def honest(kind: str, width: int, height: int) -> bytes:
    """A picture with something in it."""
    image = pyvips.Image.xyz(width, height).extract_band(0).cast("uchar")
    options = {"interlace": True} if kind == ".jpg" else {}
    return bytes(image.bandjoin([image, image]).copy(interpretation="srgb").write_to_buffer(kind, **options))


@st.composite
def files(draw: Callable[..., Any]) -> bytes:
    """The bytes of a file."""
    make = MAKERS[draw(st.sampled_from(sorted(MAKERS)))]
    data: bytes = make(draw)
    for _ in range(draw(st.sampled_from((0, 0, 1, 2)))):
        data = _damaged(draw, data)
    return data


def _damaged(draw: Callable[..., Any], data: bytes) -> bytes:
    at: int = draw(st.integers(0, 1 << 16)) % (len(data) + 1)
    how = draw(st.sampled_from(("cut", "put", "changed", "doubled")))
    if how == "cut":
        return data[:at]
    if how == "changed":
        changed: bytes = draw(st.binary(min_size=1, max_size=4))
        return data[:at] + changed + data[at + 1 :]
    if how == "put":
        part: bytes = draw(st.sampled_from(PARTS))
        return data[:at] + part * int(draw(st.sampled_from((1, 50, 20_000)))) + data[at:]
    return data[:at] + data


def _bomb(draw: Callable[..., Any]) -> bytes:
    depth, colour = draw(st.sampled_from(((1, 0), (8, 0), (8, 2), (8, 6), (16, 6))))
    width, height = draw(st.sampled_from(SIDES)), draw(st.sampled_from(SIDES))
    return png(width, height, depth, colour, whole=draw(st.booleans()), frames=draw(st.sampled_from(FRAMES)))


def _animated(draw: Callable[..., Any]) -> bytes:
    return gif(draw(st.sampled_from(SIDES)), draw(st.sampled_from(SIDES)), draw(st.sampled_from(FRAMES)))


def _scanned(draw: Callable[..., Any]) -> bytes:
    return scans(honest(".jpg", draw(st.sampled_from((600, 3_000))), 600), draw(st.sampled_from((1, 20, 400))))


def _honest(draw: Callable[..., Any]) -> bytes:
    return honest(draw(st.sampled_from(WRITTEN)), draw(st.sampled_from((1, 600, 3_000))), 600)


def _pieced(draw: Callable[..., Any]) -> bytes:
    parts = draw(st.lists(st.sampled_from(PARTS) | st.binary(max_size=8), min_size=1, max_size=4))
    size = draw(st.sampled_from((100, 60_000, 4_000_000)))
    unit = b"".join(parts) or b"\0"
    head: bytes = draw(st.sampled_from(HEADS))
    return head + unit * int(size // len(unit))


def _drawing(draw: Callable[..., Any]) -> bytes:
    unit: bytes = draw(st.sampled_from((b"<g>", b"<use href='#a'/>", b"<a><b>", b"<!--", b"<image href='x'/>")))
    head = b"<svg xmlns='http://www.w3.org/2000/svg' width='99999' height='99999'>"
    return head + unit * int(draw(st.sampled_from((9, 300_000))))


MAKERS: Final[Mapping[str, Callable[[Callable[..., Any]], bytes]]] = {
    "animated": _animated,
    "bomb": _bomb,
    "drawing": _drawing,
    "honest": _honest,
    "pieced": _pieced,
    "scanned": _scanned,
}
