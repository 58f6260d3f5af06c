"""`wirepress option`: the site's options, as WordPress names them."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any
from zoneinfo import available_timezones

import typer

from wirepress.cli.common import fail, newsroom_of, say, show
from wirepress.content import options
from wirepress.render.entities import escape_html
from wirepress.store import options as option_store
from wirepress.url.parse import is_address

group = typer.Typer(help="Read and set the site's options.", no_args_is_help=True)

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
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, text in quotes.")] = False,
) -> None:
    """Print an option's value; structured values as JSON."""
    with newsroom_of(context) as newsroom, newsroom.database.read() as unit:
        known = name in options.DEFAULTS or name in option_store.all(unit)
        value = options.get(unit, name)
    if not known:
        fail(f"there is no option {name}")
    plain = isinstance(value, str) and not as_json
    say(str(value) if plain else json.dumps(value, ensure_ascii=False))


@group.command("set")
def set_(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The option's name, such as blogname.")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="Its value; JSON with --json.")],
    as_json: Annotated[bool, typer.Option("--json", help="VALUE is JSON, not text.")] = False,
) -> None:
    """Set an option; a value that WordPress's own option of that name cannot have is refused."""
    try:
        parsed: Any = json.loads(value) if as_json else value
    except (ValueError, RecursionError):
        fail(f"{value[:80]} is not JSON")
    if not name.strip() or len(name) > LONGEST_NAME:
        fail(f"the name of an option has 1 to {LONGEST_NAME} characters")
    if isinstance(parsed, str):
        parsed = usable(name, parsed)
    with newsroom_of(context) as newsroom, newsroom.database.write() as unit:
        options.set(unit, name, parsed)


def usable(name: str, value: str) -> str:
    """The value as the option keeps it; ends the command for one that it cannot have."""
    if name in ADDRESSES:
        if not is_address(value):
            fail(f"{name} is the address of a site, such as https://news.example; {value[:80]!r} is none")
        return value.rstrip("/")
    if name in NAMES:
        return escape_html(value)
    if value and NUMBER.fullmatch(str(options.DEFAULTS.get(name, ""))) and not NUMBER.fullmatch(value):
        fail(f"{name} is a number; {value[:80]!r} is none")
    if name == "timezone_string" and value and value not in available_timezones():
        fail(f"{name} is a zone such as Europe/Berlin; {value[:80]!r} is none")
    if name == "permalink_structure" and value and not ("/" in value and TAG.search(value)):
        fail(f"{name} holds at least one tag, such as /%year%/%postname%/; {value[:80]!r} holds none")
    return value


@group.command("list")
def list_(context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """List all options, but for the secret that the site signs with."""
    with newsroom_of(context) as newsroom, newsroom.database.read() as unit:
        kept = {**options.DEFAULTS, **option_store.all(unit)}
        rows = [{"name": n, "value": v} for n, v in sorted(kept.items()) if n != options.SECRET]
    if not as_json:
        rows = [{**r, "value": json.dumps(r["value"], ensure_ascii=False)[:100]} for r in rows]
    show(rows, ["name", "value"], as_json)
