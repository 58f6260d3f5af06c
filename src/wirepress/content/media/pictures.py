"""Pictures: reading their measures, refusing what is too big, and making WordPress's sizes (libvips)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

os.environ.setdefault("VIPS_WARNING", "off")  # any value keeps warnings off standard error; read while it is loaded
import pyvips

from wirepress.content.media.captions import alternative, iptc
from wirepress.content.media.sizes import BIG, Cut, Size, Step, cut_to
from wirepress.content.media.sniffing import EXTENSIONS, PICTURES
from wirepress.model.blob import Blob
from wirepress.model.errors import Invalid
from wirepress.render.saving import kses_post

MOST_PIXELS = 50_000_000
_MOST_SIDE = 30_000
MOST_STEPS = 20
"""Of editing: editors send one or two."""
_MOST_PASSED = 4 * MOST_PIXELS
"""How many pixels the steps may go through, all of them together."""
_QUALITY = {"image/jpeg": 82, "image/webp": 86, "image/avif": 82}
_AVIF_CAREFUL = 1_000_000
"""Pixels from which on AVIF is written in a hurry: with its usual effort 6 megapixels of noise take 17 seconds."""
_LARGE_JPEG = 1_000_000
"""Pixels from which on a JPEG is written with the usual tables: its own save a tenth and take as long again."""
_WRITERS = {mime: f".{EXTENSIONS[mime]}" for mime in PICTURES}
_NEVER_SCALED = ("image/png",)  # scaling them down may make them larger (WordPress leaves them as well)
_FIRST_WORD = re.compile(r"^(.*?)(?: \(.*)?$", re.DOTALL)

pyvips.block_untrusted_set(True)
# Each step of each picture is told to Python's logging from libvips's own threads, which wait for the interpreter then:
# it takes as long as the picture.  What is wrong with a picture is raised as an error as well.
pyvips._remove_log_handler()  # noqa: SLF001 - there is no public way


@dataclass(frozen=True, slots=True)
class Rendition:
    """A picture made from another: its size's name, measures and bytes."""

    name: str
    width: int
    height: int
    data: bytes

    @property
    def size(self) -> int:
        return len(self.data)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it was read: its measures when it stands upright."""

    data: Blob
    mime: str
    width: int
    height: int
    turned: bool
    facts: Mapping[str, Any]
    stored: tuple[int, int]
    """Its measures as they stand in the file, whichever way the camera was held."""


def read(data: Blob, mime: str) -> Picture:
    """Reads a picture's head; nothing is decoded before its measures are known to be within bounds.

    Raises Invalid for what cannot be read or has too many pixels.
    """
    try:
        source = _source(data)
        if source is None:
            image = pyvips.Image.new_from_buffer(data.read(), "", access="sequential")
        else:
            image = pyvips.Image.new_from_source(source, "", access="sequential")
        width, height = int(image.width), int(image.height)
        pages, turn = _number(image, "n-pages"), _number(image, "orientation")
        names = image.get_fields()
        fields = {name: str(image.get(name)) for name in names if name.startswith("exif-")}
        blocks = {name: bytes(image.get(name)) for name in ("iptc-data", "xmp-data") if name in names}
    except pyvips.Error as error:
        raise Invalid("upload_image_unreadable", "The picture cannot be read.") from error
    within = min(width, height) > 0 and max(width, height) <= _MOST_SIDE
    if not within or width * height * max(1, pages) > MOST_PIXELS:
        raise Invalid("upload_image_too_large", "The picture has too many pixels.")
    stored = (width, height)
    if turn in (5, 6, 7, 8):
        width, height = height, width
    return Picture(data, mime, width, height, turn not in (0, 1), _facts(fields, blocks, turn), stored)


def _source(data: Blob) -> pyvips.SourceCustom | None:
    """What libvips reads a file from that is not in memory.  It has to be kept for as long as an image is read from it:
    what libvips calls is freed with it."""
    if data.in_memory:
        return None
    file, source = data.open(), pyvips.SourceCustom()
    source.on_read(file.read)
    source.on_seek(file.seek)
    return source


def _number(image: pyvips.Image, name: str) -> int:
    """A number that a picture's head tells, 1 where it tells none."""
    return int(image.get(name)) if image.get_typeof(name) else 1


def scaled(picture: Picture) -> Rendition | None:
    """The picture scaled down, or turned upright, where WordPress puts such a copy in its place; else None."""
    if picture.mime in _NEVER_SCALED or picture.mime not in _WRITERS:
        return None
    name, width, height = "rotated", picture.width, picture.height
    cut = cut_to(width, height, Size("scaled", BIG, BIG))
    if cut is not None:
        name, width, height = "scaled", cut.width, cut.height
    elif not picture.turned:
        return None
    return Rendition(name, width, height, _encode(_decoded(picture, width, height), picture.mime))


def renditions(picture: Picture, sizes: Sequence[Size]) -> Iterator[Rendition]:
    """The picture at each size that is smaller than it, in the order of the sizes."""
    cuts = [(size, cut) for size in sizes if (cut := cut_to(picture.width, picture.height, size)) is not None]
    if not cuts or picture.mime not in _WRITERS:
        return
    # One decoding for all: at the largest size that is asked for, not at the picture's own.
    share = min(1.0, max(max(cut.width / cut.from_width, cut.height / cut.from_height) for _, cut in cuts))
    bases = [_decoded(picture, max(1, round(picture.width * share)), max(1, round(picture.height * share)))]
    made: dict[str, Rendition] = {}
    for size, cut in sorted(cuts, key=lambda pair: -pair[1].width * pair[1].height):
        image = _cropped(_base(bases, picture, cut), picture, cut)
        is_whole = (cut.from_width, cut.from_height) == (picture.width, picture.height)
        if is_whole and 2 * cut.width * cut.height <= bases[-1].width * bases[-1].height:
            image = image.copy_memory()
            bases.append(image)
        made[size.name] = Rendition(size.name, cut.width, cut.height, _encode(image, picture.mime))
    yield from (made[size.name] for size, _ in cuts)


def _base(bases: Sequence[pyvips.Image], picture: Picture, cut: Cut) -> pyvips.Image:
    """The smallest of the whole pictures made so far that is at least twice as large as what is cut from it, else the
    largest: a small size is made from a middle one in a fraction of the time, and nobody sees it."""
    across, down = 2 * cut.width / cut.from_width, 2 * cut.height / cut.from_height

    def is_enough(base: pyvips.Image) -> bool:
        return bool(base.width >= across * picture.width and base.height >= down * picture.height)

    return next(filter(is_enough, reversed(bases)), bases[0])


def edited(picture: Picture, steps: Sequence[Step]) -> bytes:
    """The picture after some steps, whole, in its own format.  Raises Invalid when it cannot be made, and where the
    steps are more than MOST_STEPS or go through too many pixels."""
    if len(steps) > MOST_STEPS:
        raise Invalid("upload_image_too_many_steps", "The picture cannot be changed in so many steps.")
    passed = 0
    image = _decoded(picture, picture.width, picture.height)
    try:
        for step in steps:
            image = _stepped(image, step)
            passed += image.width * image.height
            if image.width * image.height > MOST_PIXELS or passed > _MOST_PASSED:
                raise Invalid("upload_image_too_large", "The picture has too many pixels.")
        return _encode(image.copy_memory(), picture.mime)
    except pyvips.Error as error:
        raise Invalid("upload_image_unreadable", "The picture cannot be edited.") from error


def _stepped(image: pyvips.Image, step: Step) -> pyvips.Image:
    if step.kind == "flip":
        across, down = step.values
        if across:
            image = image.fliphor()
        if down:
            image = image.flipver()
        return image
    if step.kind == "rotate":
        angle = step.values[0] % 360
        if angle % 90 == 0:
            return getattr(image, f"rot{int(angle)}")() if angle else image
        return image.rotate(angle)
    left, top, width, height = (
        round(side * percent / 100) for side, percent in zip((image.width, image.height) * 2, step.values, strict=True)
    )
    left, top = min(max(0, left), image.width - 1), min(max(0, top), image.height - 1)
    width, height = max(1, min(width, image.width - left)), max(1, min(height, image.height - top))
    return image.crop(left, top, width, height)


def _decoded(picture: Picture, width: int, height: int) -> pyvips.Image:
    try:
        source = _source(picture.data)
        if source is None:
            image = pyvips.Image.thumbnail_buffer(picture.data.read(), width, height=height, size="force")
        else:
            image = pyvips.Image.thumbnail_source(source, width, height=height, size="force")
        return image.copy_memory()
    except pyvips.Error as error:
        raise Invalid("upload_image_unreadable", "The picture is damaged.") from error


def _cropped(base: pyvips.Image, picture: Picture, cut: Cut) -> pyvips.Image:
    across, down = base.width / picture.width, base.height / picture.height
    if (cut.from_width, cut.from_height) != (picture.width, picture.height):
        left, top = min(base.width - 1, round(cut.left * across)), min(base.height - 1, round(cut.top * down))
        width = max(1, min(base.width - left, round(cut.from_width * across)))
        height = max(1, min(base.height - top, round(cut.from_height * down)))
        base = base.crop(left, top, width, height)
    if (base.width, base.height) == (cut.width, cut.height):
        return base
    return base.thumbnail_image(cut.width, height=cut.height, size="force")


def _encode(image: pyvips.Image, mime: str) -> bytes:
    options: dict[str, Any] = {"keep": "icc"}
    if mime in _QUALITY:
        options["Q"] = _QUALITY[mime]
    if mime == "image/avif":
        options["effort"] = 2 if image.width * image.height < _AVIF_CAREFUL else 0
    if mime == "image/png":
        options["filter"] = "all"
    if mime == "image/jpeg":
        options |= {"optimize_coding": image.width * image.height < _LARGE_JPEG, "interlace": False}
    try:
        return bytes(image.write_to_buffer(_WRITERS[mime], **options))
    except pyvips.Error as error:
        raise Invalid("upload_image_unreadable", "The picture cannot be written in its format.") from error


def _facts(fields: Mapping[str, str], blocks: Mapping[str, bytes], turn: int) -> Mapping[str, Any]:
    """What the camera and people noted, these before it, as WordPress keeps it (wp_read_image_metadata)."""

    written = iptc(blocks.get("iptc-data", b""))

    def noted(*numbers: int) -> str:
        return next((text for number in numbers for text in written.get(number, ()) if text), "")

    def word(*names: str) -> str:
        words = (_FIRST_WORD.sub(r"\1", fields.get(name, "")).strip()[:1000] for name in names)
        return next(filter(None, words), "")

    def number(name: str, digits: int) -> str:
        return f"{round(_ratio(word(name)), digits):g}"

    described, caption = word("exif-ifd0-ImageDescription"), noted(120)
    taken = word("exif-ifd2-DateTimeDigitized", "exif-ifd2-DateTimeOriginal")
    of_camera = {
        "aperture": number("exif-ifd2-FNumber", 2),
        "credit": word("exif-ifd0-Artist"),
        "camera": word("exif-ifd0-Model"),
        "caption": described,
        "created_timestamp": _timestamp(taken, "%Y:%m:%d %H:%M:%S") or "0",
        "copyright": word("exif-ifd0-Copyright"),
        "focal_length": number("exif-ifd2-FocalLength", 4),
        "iso": word("exif-ifd2-ISOSpeedRatings") or "0",
        "shutter_speed": number("exif-ifd2-ExposureTime", 10),
        "title": _brief(caption, described),
        "orientation": str(turn) if "exif-ifd0-Orientation" in fields else "0",
    }
    of_people = {
        "credit": noted(110, 80),
        "caption": caption,
        "created_timestamp": _timestamp(f"{noted(55)} {noted(60)[:6]}", "%Y%m%d %H%M%S"),
        "copyright": noted(116),
        "title": noted(105, 5),
    }
    texts = of_camera | {name: text for name, text in of_people.items() if text}
    return {
        **{name: kses_post(text) for name, text in texts.items()},
        "keywords": [kses_post(word) for word in written.get(25, ())],
        "alt": kses_post(alternative(blocks.get("xmp-data", b""))),
    }


def _ratio(text: str) -> float:
    """The number that a fraction such as `28/10` makes, 0 for what is none."""
    above, _, below = text.partition("/")
    try:
        return float(above) / float(below or 1)
    except (ValueError, ZeroDivisionError):
        return 0.0


def _timestamp(text: str, form: str) -> str:
    """The time that a text tells as a timestamp, "" when it tells none."""
    try:
        return str(int(datetime.strptime(text, form).replace(tzinfo=UTC).timestamp()))
    except ValueError:
        return ""


def _brief(*texts: str) -> str:
    """The first of the texts that is short enough for a title."""
    return next((text for text in texts if text and len(text.encode()) < 80), "")
