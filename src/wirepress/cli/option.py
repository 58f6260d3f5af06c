"""`wirepress option`: the site's options, as WordPress names them."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from wirepress.cli.common import newsroom_of, out, show
from wirepress.content import options
from wirepress.store import options as option_store

group = typer.Typer(help="Read and set the site's options.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="option")


@group.command("get")
def get(context: typer.Context, name: str) -> None:
    """Print an option's value; structured values as JSON."""
    with newsroom_of(context) as newsroom, newsroom.database.read() as unit:
        value = options.get(unit, name)
        shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        out.print(shown, markup=False, highlight=False, soft_wrap=True)


@group.command("set")
def set_(
    context: typer.Context,
    name: str,
    value: str,
    as_json: Annotated[bool, typer.Option("--json", help="VALUE is JSON, not text.")] = False,
) -> None:
    """Set an option."""
    with newsroom_of(context) as newsroom:
        try:
            parsed: Any = json.loads(value) if as_json else value
        except json.JSONDecodeError as error:
            raise typer.BadParameter(f"not JSON: {error}") from None
        with newsroom.database.write() as unit:
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
