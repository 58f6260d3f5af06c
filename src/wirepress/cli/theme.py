"""`wirepress theme`: how the readers' site looks."""

from __future__ import annotations

from typing import Annotated

import typer

from wirepress.cli.commands import Commands
from wirepress.cli.common import answer, newsroom_of, say, show

group = Commands(help="Themes of the readers' site.")


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="theme")


@group.command("new")
def new(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Small letters, digits and dashes.")],
) -> None:
    """Make the folder of a new theme, with what one begins with.

    Example: wirepress theme new evening
    """
    with newsroom_of(context) as newsroom:
        path = newsroom.themes.make(name)
    line = f"{path} holds the new theme; `wirepress theme check {name}` looks at it, `theme activate {name}` shows it"
    say(line, name=name, path=str(path))


@group.command("list")
def list_(context: typer.Context) -> None:
    """List the themes that there are.

    Example: wirepress theme list
    """
    from wirepress.model.errors import Invalid

    rows = []
    with newsroom_of(context) as newsroom, newsroom.view() as view:
        for name in newsroom.themes.names():
            row = {"name": name, "active": "yes" if name == view.site.option("wirepress_theme") else ""}
            try:
                theme, _ = newsroom.themes.read(name)
            except Invalid as error:
                row |= {"title": "", "version": "", "description": error.message}
            else:
                row |= {"title": theme.title, "version": theme.version, "description": theme.description}
            rows.append(row | {"from": "the site" if newsroom.themes.is_own(name) else "Wirepress"})
    show(rows, ["name", "active", "title", "version", "from", "description"])


@group.command("activate")
def activate(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The theme; anew after its files were changed.")],
) -> None:
    """Show the site in a theme, at once and in every process; nothing but broken themes is refused.

    Example: wirepress theme activate magazine
    """
    from wirepress.model.errors import Invalid
    from wirepress.site.activating import Activation

    with newsroom_of(context) as newsroom:
        activation = Activation(newsroom)
        theme, found = activation.ready(name)
        if found:
            first = f"{found[0].place}: {found[0].message}"
            wrong = f"{len(found)} things are wrong with it (`theme check {name}`), such as {first}"
            data = {"flaws": [{"place": flaw.place, "message": flaw.message} for flaw in found]}
            raise Invalid("theme_flaws", f"{name} is not shown: {wrong}", data)
        with newsroom.write() as view:
            activation.activate(view, theme)
    say(f"{theme.title} is the site's theme", name=name)


@group.command("check")
def check(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The theme; the site's own without one.")] = "",
) -> None:
    """Say what is wrong with a theme: its theme.toml, templates, files and colours.

    Exit code 1 where something is.  What the site's people have changed in WordPress's Styles and the theme does not
    show is told as well, and is no fault.

    Example: wirepress theme check newspaper
    """
    from wirepress.content import customisations
    from wirepress.site.checking import flaws, left_out

    with newsroom_of(context) as newsroom, newsroom.view() as view:
        name = name or str(view.site.option("wirepress_theme"))
        theme, problems = newsroom.themes.read(name)
        found = flaws(theme, problems, newsroom.clock.monotonic)
        left = left_out(theme, customisations.global_styles(view))
    rows = [{"state": "bad", "place": flaw.place, "message": flaw.message} for flaw in found]
    rows += [{"state": "note", "place": flaw.place, "message": flaw.message} for flaw in left]
    lines = [
        f"{row['place']}: {row['message']}" if row["state"] == "bad" else f"note: {row['message']}" for row in rows
    ]
    if not found:
        files = f"{len(theme.templates)} templates and {len(theme.statics)} files of its own"
        lines.append(f"{name} is as it should be: {files}")
    answer("\n".join(lines), rows)
    if found:
        raise typer.Exit(1)
