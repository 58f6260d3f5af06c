"""`wirepress audit`: who changed what, and when."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from wirepress.cli.commands import Commands
from wirepress.cli.common import newsroom_of, say, show
from wirepress.cli.output import answer, in_json, speaks_json
from wirepress.content import audit
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.model.audit import AuditQuery, Entry

group = Commands(help="Read the log of changes.")


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="audit")


@group.command("list")
def list_(
    context: typer.Context,
    action: Annotated[str, typer.Option(help="An action or its beginning: post, post.update.")] = "",
    login: Annotated[str, typer.Option(help="Beginning of a login.")] = "",
    kind: Annotated[str, typer.Option(help="browser, application, api, worker, cli or system.")] = "",
    thing: Annotated[str, typer.Option("--object", help="Kind of thing: post, option, user.")] = "",
    number: Annotated[str, typer.Option("--id", help="Number or name of the thing.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="Entries at most, the newest.")] = 50,
) -> None:
    """List the newest changes.

    Example: wirepress audit list --action post --limit 10
    """
    query = AuditQuery(
        per_page=limit, action=action, login=login, kind=kind, object=thing, object_id=number
    )  # fmt: skip
    with newsroom_of(context) as newsroom, newsroom.view() as view:
        found, _ = audit.browse(view, NEWSROOM, query)
    show([row_of(entry) for entry in found], ["at", "who", "kind", "action", "object", "details"])


@group.command("export")
def export(context: typer.Context) -> None:
    """Print all entries, the oldest first: each as a line of JSON, or with --json all of them as one array.

    Example: wirepress audit export
    """
    with newsroom_of(context) as newsroom:
        rows = ({**asdict(entry), "at": moment(entry)} for entry in audit.whole(newsroom))
        if speaks_json():
            answer("", list(rows))
            return
        for row in rows:
            print(in_json(json.dumps(row, ensure_ascii=False)))


@group.command("erase")
def erase(
    context: typer.Context,
    user: Annotated[int, typer.Option(min=0, help="Number of the account.")] = 0,
    address: Annotated[str, typer.Option(help="Network address.")] = "",
) -> None:
    """Erase login, addresses and clients of a person; what was done stays, without them.

    Example: wirepress audit erase --address 192.0.2.1
    """
    if not user and not address:
        raise typer.BadParameter("say whose: --user or --address")
    with newsroom_of(context) as newsroom, newsroom.write() as view:
        erased = audit.erase_person(newsroom, view, user, address)
    say(f"{erased} erased", erased=erased)


def row_of(entry: Entry) -> dict[str, Any]:
    """An entry as a table shows it."""
    return {
        "at": moment(entry),
        "who": entry.login or entry.user or "",
        "kind": entry.kind,
        "action": entry.action,
        "object": f"{entry.object} {entry.object_id}".strip(),
        "details": json.dumps(dict(entry.details), ensure_ascii=False),
    }


def moment(entry: Entry) -> str:
    return datetime.fromtimestamp(entry.at, UTC).isoformat()
