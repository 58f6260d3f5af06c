"""`wirepress option`: the site's options, as WordPress names them."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from wirepress.cli.common import fail, newsroom_of, out, show
from wirepress.content import options
from wirepress.store import options as option_store

group = typer.Typer(help="Read and set the site's options.", no_args_is_help=True)

LONGEST_NAME = 191
"""WordPress's column holds no more."""


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="option")


@group.command("get")
def get(
    context: typer.Context,
    name: str,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, text in quotes.")] = False,
) -> None:
    """Print an option's value; structured values as JSON."""
    with newsroom_of(context) as newsroom, newsroom.database.read() as unit:
        value = options.get(unit, name, None)
    if value is None:
        fail(f"there is no option {name}")
    plain = isinstance(value, str) and not as_json
    out.print(value if plain else json.dumps(value, ensure_ascii=False), markup=False, highlight=False, soft_wrap=True)


@group.command("set")
def set_(
    context: typer.Context,
    name: str,
    value: str,
    as_json: Annotated[bool, typer.Option("--json", help="VALUE is JSON, not text.")] = False,
) -> None:
    """Set an option."""
    try:
        parsed: Any = json.loads(value) if as_json else value
    except (ValueError, RecursionError):
        fail(f"{value[:80]} is not JSON")
    if not name.strip() or len(name) > LONGEST_NAME:
        fail(f"the name of an option has 1 to {LONGEST_NAME} characters")
    with newsroom_of(context) as newsroom, newsroom.database.write() as unit:
        options.set(unit, name, parsed)


@group.command("list")
def list_(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """List all options."""
    with newsroom_of(context) as newsroom, newsroom.database.read() as unit:
        rows = [{"name": n, "value": v} for n, v in sorted(option_store.all(unit).items())]
    if not as_json:
        rows = [{**r, "value": json.dumps(r["value"], ensure_ascii=False)[:100]} for r in rows]
    show(rows, ["name", "value"], as_json)
