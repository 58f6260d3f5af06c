"""What is known of a sound file, under the names that WordPress keeps (wp_read_audio_metadata); only RIFF/WAVE."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Any

from wirepress.model.blob import Blob

_CODECS = {1: "Pulse Code Modulation (PCM)", 3: "IEEE FLOAT", 6: "A-Law", 7: "mu-Law"}
_MOST_CHUNKS = 1000


def facts(data: Blob, mime: str) -> Mapping[str, Any]:
    """What is noted of a sound; nothing for what is none or cannot be read."""
    if mime != "audio/wav":
        return {}
    chunks = _chunks(data)
    header = data.octets(*chunks.get(b"fmt ", (0, 0)))
    if len(header) < 16:
        return {}
    tag, channels, rate, octets, _, bits = struct.unpack_from("<HHIIHH", header)
    if 0 in (channels, rate, octets):
        return {}
    seconds = round(chunks.get(b"data", (0, 0))[1] / octets)
    ratio = _short(octets * 8 / (channels * rate * bits)) if bits else None
    noted = {
        "dataformat": "wav",
        "bitrate_mode": "cbr",
        "wformattag": tag,
        "codec": _CODECS.get(tag),
        "channels": channels,
        "sample_rate": rate,
        "bitrate": octets * 8,
        "bits_per_sample": bits,
        "lossless": tag in (1, 3),
        "channelmode": {1: "mono", 2: "stereo"}.get(channels, f"{channels} channels"),
        "compression_ratio": ratio,
        "fileformat": "wav",
        "filesize": data.size,
        "mime_type": "audio/wav",
        "length": seconds,
        "length_formatted": _clock(seconds),
    }
    return {name: value for name, value in noted.items() if value is not None}


def _chunks(data: Blob) -> dict[bytes, tuple[int, int]]:
    """Where the first chunk of each name in a RIFF file stands, and how many octets of it there are."""
    found: dict[bytes, tuple[int, int]] = {}
    at = 12
    for _ in range(_MOST_CHUNKS):
        if at + 8 > data.size:
            break
        name, size = struct.unpack("<4sI", data.octets(at, 8))
        found.setdefault(name, (at + 8, min(size, data.size - at - 8)))
        at += 8 + size + size % 2
    return found


def _short(ratio: float) -> float | int:
    return int(ratio) if ratio == int(ratio) else ratio


def _clock(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
