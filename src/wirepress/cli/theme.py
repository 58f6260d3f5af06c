"""`wirepress theme`: how the readers' site looks."""

from __future__ import annotations

from typing import Annotated

import typer

from wirepress.cli.common import err, newsroom_of, say, show

group = typer.Typer(help="Themes of the readers' site.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="theme")


@group.command("new")
def new(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Small letters, digits and dashes.")],
) -> None:
    """Make the folder of a new theme, with what one begins with."""
    with newsroom_of(context) as newsroom:
        path = newsroom.themes.make(name)
    say(f"{path} holds the new theme; `wirepress theme check {name}` looks at it, `theme activate {name}` shows it")


@group.command("list")
def list_(context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """List the themes that there are."""
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
    show(rows, ["name", "active", "title", "version", "from", "description"], as_json)


@group.command("activate")
def activate(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The theme; anew after its files were changed.")],
) -> None:
    """Show the site in a theme, at once and in every process; nothing but broken themes is refused."""
    from wirepress.model.errors import Invalid
    from wirepress.site.activating import Activation

    with newsroom_of(context) as newsroom:
        activation = Activation(newsroom)
        theme, found = activation.ready(name)
        for flaw in found:
            err.print(f"{flaw.place}: {flaw.message}", highlight=False, soft_wrap=True, markup=False)
        if found:
            raise Invalid("theme_flaws", f"{name} is not shown: {len(found)} things are wrong with it.")
        with newsroom.write() as view:
            activation.activate(view, theme)
    say(f"{theme.title} is the site's theme")


@group.command("check")
def check(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The theme; the site's own without one.")] = "",
) -> None:
    """Say what is wrong with a theme: its theme.toml, templates, files and colours.

    Exit code 1 where something is.  What the site's people have changed in WordPress's Styles and the theme does not
    show is told as well, and is no fault.
    """
    from wirepress.content import customisations
    from wirepress.site.checking import flaws, left_out

    with newsroom_of(context) as newsroom, newsroom.view() as view:
        name = name or str(view.site.option("wirepress_theme"))
        theme, problems = newsroom.themes.read(name)
        found = flaws(theme, problems, newsroom.clock.monotonic)
        left = left_out(theme, customisations.global_styles(view))
    for flaw in found:
        say(f"{flaw.place}: {flaw.message}")
    for flaw in left:
        say(f"note: {flaw.message}")
    if found:
        raise typer.Exit(1)
    say(f"{name} is as it should be: {len(theme.templates)} templates and {len(theme.statics)} files of its own")
