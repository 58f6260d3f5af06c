"""`upload.php?item=ID&mode=edit`: a picture cropped, turned and flipped; what comes out is kept as a copy."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from wirepress.admin import files, pages
from wirepress.admin.screens import media_item
from wirepress.admin.visit import Visit
from wirepress.content.media import library
from wirepress.content.media.sizes import Step
from wirepress.model.errors import Forbidden, Invalid, NotFound
from wirepress.model.post import Post
from wirepress.model.web import Response

TURNS = ("0", "90", "180", "270")
WHOLE: Mapping[str, str] = {"x": "0", "y": "0", "width": "100", "height": "100"}
SIDES = tuple(WHOLE)


def show(visit: Visit, typed: Mapping[str, str] | None = None, error: str = "") -> Response:
    """The page that says what is to become of a picture; a form that was refused comes back as it was."""
    post = _editable(visit)
    return pages.page(
        visit,
        "media-copy.html",
        visit.say("Edit picture"),
        status=400 if error else 200,
        error=error,
        name=files.title_of(visit, post),
        measures=files.measures(post),
        picture=files.large(visit, post),
        typed=typed or {**WHOLE, "rotate": "0", "across": "", "down": ""},
        turns=[("0", visit.say("Not at all")), ("90", visit.say("To the right")), ("180", visit.say("Upside down")),
               ("270", visit.say("To the left"))],
        here=visit.address("upload.php", item=post.id, mode="edit"),
        back=visit.address("upload.php", item=post.id),
    )  # fmt: skip


def _editable(visit: Visit) -> Post:
    """The picture.  Raises where it is none that can be edited, or its file is gone."""
    post = media_item.of(visit)
    if not visit.may("edit_post", post):
        raise Forbidden("no_access", "You may not change this file.")
    if not files.editable(post):
        raise Invalid("not_editable", "Files of this type cannot be edited here.")
    return post


def prepare(visit: Visit) -> Any:
    """The changed copy with its sizes, or the page that says why there is none."""
    post = _editable(visit)
    typed = {name: visit.sent.text(name).strip() for name in (*SIDES, "rotate", "across", "down")}
    try:
        if not visit.view.files.exists(library.original_path(post)):
            raise Invalid("no_file", "The file of this picture is not there any more.")
        return library.written(visit.view.files, library.prepare_edited(visit.view, post, _steps(typed)))
    except (Invalid, NotFound) as error:
        return show(visit, typed, visit.why(error))


def act(visit: Visit) -> Response:
    post = _editable(visit)
    copy = library.keep_copy(visit.view, visit.viewer, post, visit.prepared)
    return pages.towards(visit, "upload.php", item=copy.id, copied=1)


def _steps(typed: Mapping[str, str]) -> Sequence[Step]:
    """What is to be done, in the order in which the page shows it.  Raises Invalid for nothing, and for parts that
    are none."""
    steps = []
    if typed["across"] or typed["down"]:
        steps.append(Step("flip", (float(bool(typed["across"])), float(bool(typed["down"])))))
    if typed["rotate"] in TURNS[1:]:
        steps.append(Step("rotate", (float(typed["rotate"]),)))
    left, top, width, height = (_percent(typed[name], WHOLE[name]) for name in SIDES)
    if width <= 0 or height <= 0 or left + width > 100.01 or top + height > 100.01:
        raise Invalid("no_part", "The part to keep must lie within the picture.")
    if (left, top, width, height) != (0, 0, 100, 100):
        steps.append(Step("crop", (left, top, width, height)))
    if not steps:
        raise Invalid("no_steps", "Nothing is changed yet: crop, turn or flip the picture.")
    return steps


def _percent(text: str, otherwise: str) -> float:
    """A number from 0 to 100; some write decimals with a comma."""
    try:
        number = float((text or otherwise)[:20].replace(",", "."))
    except ValueError:
        number = math.nan
    if not 0 <= number <= 100:
        raise Invalid("no_percent", "Left, top, width and height are numbers from 0 to 100.")
    return number
