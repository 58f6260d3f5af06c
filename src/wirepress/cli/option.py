"""`wirepress option`: the site's options, as WordPress names them."""

from __future__ import annotations

import json
import math
import re
from enum import Enum
from typing import Annotated, Any
from zoneinfo import available_timezones

import typer

from wirepress.cli.commands import Commands
from wirepress.cli.common import USER, answer, fail, need, newsroom_of, say, show, writing
from wirepress.cli.output import is_unicode, speaks_json
from wirepress.content import options
from wirepress.content.identity.permissions import may
from wirepress.render.entities import escape_html
from wirepress.store import options as option_store
from wirepress.url.parse import is_address


class Form(Enum):
    """How a value is given."""

    PLAINTEXT = "plaintext"
    JSON = "json"


group = Commands(help="Read and set the site's options.")

LONGEST_NAME = 191
"""WordPress's column holds no more."""
ADDRESSES = ("home", "siteurl")
NAMES = ("blogname", "blogdescription")
"""Kept with their special characters written as entities, as WordPress does (sanitize_option)."""
NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,4})?")
TAG = re.compile(r"%[a-z_]+%")


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="option")


@group.command("get")
def get(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The option's name, such as blogname.")],
) -> None:
    """Print an option's value; structured values as JSON, with --json all of them.

    Example: wirepress option get blogname
    """
    with newsroom_of(context) as newsroom, newsroom.database.read() as unit:
        known = name in options.DEFAULTS or name in option_store.all(unit)
        value = options.get(unit, name)
    if not known:
        fail(f"there is no option {name}", error="unknown_option")
    answer(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), value)


@group.command("set")
def set_(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The option's name, such as blogname.")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="Its value, as --format says.")],
    form: Annotated[Form, typer.Option("--format", help="What VALUE is: text as it is, or JSON.")] = Form.PLAINTEXT,
    user: Annotated[str, USER] = "",
) -> None:
    """Set an option; a value that WordPress's own option of that name cannot have is refused.

    With `home` goes `siteurl`, where both were the same.

    Example: wirepress option set blogdescription "News from the harbour"
    """
    parsed = of_json(value) if form is Form.JSON else value
    if not name.strip() or len(name) > LONGEST_NAME:
        fail(f"the name of an option has 1 to {LONGEST_NAME} characters", error="invalid_option_name")
    parsed = usable(name, as_kept(name, parsed)) if isinstance(options.DEFAULTS.get(name, parsed), str) else parsed
    with writing(context, user) as (view, viewer):
        need(may(view, viewer, "manage_options"), "set options")
        names = [name]
        if name == "home" and options.get(view.unit, "siteurl") == options.get(view.unit, "home"):
            names.append("siteurl")
        changed = [one for one in names if options.set(view.unit, one, parsed)]
    say(f"{' and '.join(names)}: {'set' if changed else 'as before'}", name=name, changed=changed)


def of_json(text: str) -> Any:
    """The value of a JSON text; ends the command for what is none, or no value that can be kept: Python alone takes
    NaN and Infinity, no database keeps half a character."""
    try:
        value = json.loads(text, parse_constant=_finite, parse_float=_finite)
        written = json.dumps(value, ensure_ascii=False)
    except (ValueError, RecursionError):
        fail(f"{text[:80]} is not JSON", error="invalid_json")
    if not is_unicode(written):
        fail(f"{text[:80]} holds half a character", error="invalid_json")
    return value


def _finite(text: str) -> float:
    """A number of JSON.  Raises ValueError for one that is too large, or is none."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def as_kept(name: str, value: Any) -> str:
    """A value of JSON as an option keeps it whose values are texts; ends the command for what is more than a text."""
    if isinstance(value, list | dict):
        fail(f"{name} is a text or a number; {json.dumps(value)[:80]} is more", error="invalid_option_value")
    if isinstance(value, bool) or value is None:
        return "1" if value else ""
    return str(value)


def usable(name: str, value: str) -> str:
    """The value as the option keeps it; ends the command for one that it cannot have."""
    if name in ADDRESSES:
        if not is_address(value):
            fail(
                f"{name} is the address of a site, such as https://news.example; {value[:80]!r} is none",
                error="invalid_option_value",
            )
        return value.rstrip("/")
    if name in NAMES:
        return escape_html(value)
    if value and NUMBER.fullmatch(str(options.DEFAULTS.get(name, ""))) and not NUMBER.fullmatch(value):
        fail(f"{name} is a number; {value[:80]!r} is none", error="invalid_option_value")
    if name == "timezone_string" and value and value not in available_timezones():
        fail(f"{name} is a zone such as Europe/Berlin; {value[:80]!r} is none", error="invalid_option_value")
    if name == "permalink_structure" and value and not ("/" in value and TAG.search(value)):
        fail(
            f"{name} holds at least one tag, such as /%year%/%postname%/; {value[:80]!r} holds none",
            error="invalid_option_value",
        )
    return value


@group.command("list")
def list_(
    context: typer.Context,
    search: Annotated[str, typer.Option(help="Only those whose name holds this.")] = "",
) -> None:
    """List all options, but for the secret that the site signs with.

    Example: wirepress option list --search comment
    """
    with newsroom_of(context) as newsroom, newsroom.database.read() as unit:
        kept = {**options.DEFAULTS, **option_store.all(unit)}
    rows = [{"name": n, "value": v} for n, v in sorted(kept.items()) if n != options.SECRET and search in n]
    if not speaks_json():
        rows = [{**r, "value": json.dumps(r["value"], ensure_ascii=False)[:100]} for r in rows]
    show(rows, ["name", "value"])
