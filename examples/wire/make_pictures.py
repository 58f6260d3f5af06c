"""Draw the pictures of the example press: `python -m examples.wire.make_pictures`.

Every picture is drawn from numbers alone (skies, ridges, water, lights), so it is ours to give away. The results are
committed; this script is how they came to be and how to make more.
"""

import itertools
import math
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyvips

FOLDER = Path(__file__).parent / "site" / "pictures"

Colour = tuple[int, int, int]
Image = Any  # pyvips ships no types


def plane(width: int, height: int) -> tuple[Image, Image]:
    """Horizontal and vertical position of each pixel, 0 to 1."""
    xyz = pyvips.Image.xyz(width, height)
    return xyz.extract_band(0) / width, xyz.extract_band(1) / height


def gradient(at: Image, stops: Sequence[tuple[float, Colour]]) -> Image:
    """Colours by position: `stops` are (place, colour), in order."""
    bands = []
    for band in range(3):
        value = at * 0 + stops[0][1][band]
        for (start, low), (end, high) in itertools.pairwise(stops):
            share = clamp((at - start) / (end - start))
            value = value + share * (high[band] - low[band])
        bands.append(value)
    return bands[0].bandjoin(bands[1:])


def clamp(image: Image) -> Image:
    """Values cut to 0..1."""
    return (image < 0).ifthenelse(0, (image > 1).ifthenelse(1, image))


def wave(image: Image) -> Image:
    """The sine of an angle in radians (the library's own takes degrees)."""
    return (image * (180 / math.pi)).sin()


def mix(under: Image, over: Image | Colour, mask: Image) -> Image:
    """`over` laid on `under` where `mask` is 1."""
    top = over if isinstance(over, pyvips.Image) else (under * 0 + list(over))
    return under * (mask * -1 + 1) + top * mask


def line(width: int, height: int, values: Sequence[float]) -> Image:
    """A curve over the width, as an image in which every row is the same."""
    return pyvips.Image.new_from_list([list(values)]).cast("float").zoom(1, height).crop(0, 0, width, height)


def ridge(rng: random.Random, width: int, level: float, rough: float) -> list[float]:
    """Heights of a mountain ridge: octaves of waves with random phases."""
    waves = [(2.0**k * rng.uniform(0.7, 1.3), rng.uniform(0, 6.3), rough / 1.75**k) for k in range(8)]
    return [
        level + sum(size * math.sin(6.28 * often * x / width + turn) for often, turn, size in waves)
        for x in range(width)
    ]


def below(y: Image, curve: Image, height: int) -> Image:
    """1 under the curve, 0 above it, one pixel of softness between."""
    return clamp((y - curve) * height + 0.5)


def glow(x: Image, y: Image, at: tuple[float, float], size: float, ratio: float) -> Image:
    """A round light that fades outwards; `ratio` is width by height."""
    distance = (((x - at[0]) * ratio) ** 2 + (y - at[1]) ** 2) ** 0.5
    return clamp(distance / size * -1 + 1) ** 2


def disc(x: Image, y: Image, at: tuple[float, float], size: float, ratio: float, height: int) -> Image:
    """A round shape with a clean edge."""
    distance = (((x - at[0]) * ratio) ** 2 + (y - at[1]) ** 2) ** 0.5
    return clamp((distance - size) * -height + 0.5)


def mountains(
    width: int, height: int, seed: int, sky: Sequence[tuple[float, Colour]], far: Colour, near: Colour
) -> Image:
    """Ridges behind each other under a sky with a low sun."""
    rng = random.Random(seed)
    x, y = plane(width, height)
    picture = gradient(y, sky)
    sun = (rng.uniform(0.25, 0.75), rng.uniform(0.3, 0.42))
    picture = mix(picture, (255, 244, 214), glow(x, y, sun, 0.55, width / height) * 0.7)
    picture = mix(picture, (255, 250, 236), disc(x, y, sun, 0.045, width / height, height))
    layers = 5
    for layer in range(layers):
        depth = layer / (layers - 1)
        curve = line(width, height, ridge(rng, width, 0.47 + 0.11 * layer, 0.055 - 0.004 * layer))
        red, green, blue = (round(a + (b - a) * depth) for a, b in zip(far, near, strict=True))
        # Mist lies in the valleys: each slope fades towards its foot.
        mist = clamp((y - curve) * 2.2) * (0.5 - 0.45 * depth)
        slope = mix(picture * 0 + [red, green, blue], far, mist)
        picture = mix(picture, slope, below(y, curve, height))
    return picture


def harbour(width: int, height: int, seed: int) -> Image:
    """Open water at dawn with a pier and cranes."""
    rng = random.Random(seed)
    x, y = plane(width, height)
    picture = gradient(y, [(0, (38, 56, 98)), (0.3, (150, 110, 138)), (0.5, (250, 178, 120)), (0.56, (255, 214, 160))])
    picture = mix(picture, (255, 236, 200), glow(x, y, (0.34, 0.54), 0.4, width / height) * 0.8)
    water = gradient(y, [(0.55, (236, 170, 128)), (0.7, (112, 98, 128)), (1, (22, 36, 66))])
    ripple = wave(x * 60 + wave(y * 90) * 2.5) * (wave(y * y * 420) * 0.5 + 0.5)
    shine = glow(x, y * 0.25, (0.34, 0.15), 0.24, width / height)
    water = water + ripple * 9 + shine * (ripple * 0.5 + 0.5) * 90
    picture = mix(picture, water, below(y, y * 0 + 0.56, height))
    for _ in range(6):
        left, tall = rng.uniform(0.55, 0.95), rng.uniform(0.1, 0.2)
        legs = box(x, y, left, 0.56 - tall, left + 0.006, 0.57)
        arm = box(x, y, left - 0.07, 0.56 - tall, left + 0.03, 0.568 - tall)
        picture = mix(picture, (40, 38, 62), legs.ifthenelse(1, arm.ifthenelse(1, 0)) * 0.9)
    pier = box(x, y, 0.5, 0.55, 1.0, 0.585)
    return mix(picture, (34, 34, 56), pier.ifthenelse(1, 0))


def box(x: Image, y: Image, left: float, top: float, right: float, bottom: float) -> Image:
    """Non-zero inside a rectangle."""
    return (x >= left) & (x < right) & (y >= top) & (y < bottom)


def city(width: int, height: int, seed: int) -> Image:
    """A skyline at night with lit windows, in flat colours."""
    rng = random.Random(seed)
    x, y = plane(width, height)
    picture = gradient(y, [(0, (16, 18, 44)), (0.7, (58, 44, 92)), (1, (120, 70, 100))])
    picture = mix(picture, (246, 236, 210), disc(x, y, (0.78, 0.2), 0.07, width / height, height))
    picture = mix(picture, (26, 24, 56), disc(x, y, (0.755, 0.185), 0.062, width / height, height) * 0.95)
    for row, shade in enumerate([(44, 40, 82), (28, 27, 62), (15, 15, 38)]):
        at = -0.02
        while at < 1:
            wide, tall = rng.uniform(0.04, 0.09), rng.uniform(0.2, 0.5) - 0.09 * row
            inside = box(x, y, at, 1 - tall - 0.05, at + wide, 1)
            columns, rows = rng.randint(4, 7), rng.randint(12, 20)
            u, v = (x - at) / wide * columns, y * rows * 2.2
            frame = ((u - u.floor()) > 0.35) & ((v - v.floor()) > 0.5)
            lit = (wave(u.floor() * 12.9 + v.floor() * 78.2 + row * 7 + at * 50) * 43758).abs()
            window = frame & ((lit - lit.floor()) > 0.72)
            picture = inside.ifthenelse(window.ifthenelse([250, 206, 120], list(shade)), picture)
            at += wide + rng.uniform(0, 0.012)
    return picture


def waves(width: int, height: int, stops: Sequence[tuple[float, Colour]], bend: float) -> Image:
    """An abstract of bent stripes: sand, fields, a delta from above."""
    x, y = plane(width, height)
    warp = wave(x * 5 + wave(y * 4) * bend) * 0.35 + wave(y * 7 - x * 3 + 1.6) * 0.22
    field = wave(y * 6 + warp * 3 + x) * 0.5 + 0.5
    fine = wave((y + warp * 0.35) * 190) * 0.03
    return gradient(clamp(field + fine), stops)


def stars(width: int, height: int, seed: int) -> Image:
    """A dome under a starry sky."""
    rng = random.Random(seed)
    x, y = plane(width, height)
    ratio = width / height
    picture = gradient(y, [(0, (6, 10, 30)), (0.6, (24, 44, 92)), (0.82, (86, 96, 140)), (1, (210, 150, 130))])
    band = clamp((((y - x * 0.8 - 0.05) * 3) ** 2) * -1 + 1) ** 3
    picture = picture + band * [34, 34, 52]
    for _ in range(130):
        place, size = (rng.random(), rng.random() ** 1.5 * 0.75), rng.uniform(0.0008, 0.0028)
        left, top = int(place[0] * width), int(place[1] * height)
        radius = max(1, round(size * height / 2))
        picture = picture.draw_circle([255, 250, 235], left, top, radius, fill=True)
    ground = line(width, height, ridge(rng, width, 0.88, 0.02))
    picture = mix(picture, (10, 12, 24), below(y, ground, height))
    picture = mix(picture, (200, 206, 220), disc(x, y, (0.5, 0.84), 0.11, ratio, height))
    picture = mix(picture, (24, 28, 48), box(x, y, 0.485, 0.72, 0.515, 0.84).ifthenelse(1, 0))
    return mix(picture, (14, 16, 30), box(x, y, 0.5 - 0.11 / ratio, 0.84, 0.5 + 0.11 / ratio, 1).ifthenelse(1, 0))


DUSK = [(0.0, (46, 66, 116)), (0.35, (214, 138, 128)), (0.55, (255, 206, 150))]
NOON = [(0.0, (84, 146, 204)), (0.5, (214, 232, 240))]
TEA = [(0.0, (180, 214, 206)), (0.5, (246, 240, 214))]

PICTURES: dict[str, Callable[[], Image]] = {
    "harbour-dawn.jpg": lambda: harbour(1600, 900, 4),
    "ridge-evening.jpg": lambda: mountains(1600, 1067, 11, DUSK, (206, 138, 132), (34, 32, 58)),
    "snow-pass.jpg": lambda: mountains(1400, 933, 5, NOON, (226, 234, 242), (58, 84, 118)),
    "tea-hills.webp": lambda: mountains(1200, 800, 21, TEA, (196, 214, 180), (38, 78, 52)),
    "night-city.png": lambda: city(1200, 800, 3),
    "dunes.webp": lambda: waves(1600, 900, [(0, (120, 66, 38)), (0.5, (222, 160, 98)), (1, (252, 226, 178))], 1.3),
    "delta.jpg": lambda: waves(1280, 720, [(0, (14, 56, 74)), (0.45, (64, 140, 132)), (1, (226, 214, 168))], 2.1),
    "fields.jpg": lambda: waves(1200, 1200, [(0, (44, 74, 40)), (0.5, (146, 164, 74)), (1, (236, 214, 130))], 0.7),
    "observatory.jpg": lambda: stars(900, 1200, 9),
    "reporter.jpg": lambda: mountains(160, 160, 2, DUSK, (180, 120, 130), (40, 30, 60)),
    "banner.png": lambda: waves(728, 90, [(0, (190, 30, 60)), (1, (250, 220, 60))], 3.0),
    "dot.png": lambda: plane(1, 1)[0] * 0 + [255, 255, 255],
}


def main() -> None:
    """Draw all of them, each as small as it can be without looking it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, draw in PICTURES.items():
        picture = clamp(draw() / 255) * 255
        picture = picture.cast("uchar").copy(interpretation="srgb")
        path = FOLDER / name
        options = {".jpg": {"Q": 78, "optimize_coding": True, "interlace": True}, ".webp": {"Q": 74}}
        options[".png"] = {"compression": 9}
        picture.write_to_file(str(path), strip=True, **options[path.suffix])
        print(f"{name}: {picture.width}x{picture.height}, {path.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
