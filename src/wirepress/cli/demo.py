"""`wirepress demo`: a whole newsroom to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import TaskID

from wirepress.cli.common import out, told


def register(app: typer.Typer) -> None:
    app.command()(demo)


def demo(
    port: Annotated[int, typer.Option(help="Port of the demo's site.")] = 8080,
    folder: Annotated[Path | None, typer.Option(metavar="DIR", help="Where it lives; var/demo when left out.")] = None,
) -> None:
    """Make a newsroom that reads the example press, pull, and serve it until Ctrl-C."""
    from wirepress.app import demo as stage
    from wirepress.app import serve as server
    from wirepress.app.compose import open_newsroom
    from wirepress.app.press import fetcher_of
    from wirepress.cli.source import bar
    from wirepress.store import sources
    from wirepress.syndicate.pull import pull_source

    with told():
        server.listen("127.0.0.1", port).close()
        ready = stage.prepare((folder or stage.repository() / "var" / "demo").resolve(), port)
        with stage.press_running(ready.press):
            newsroom = open_newsroom(ready.settings)
            try:
                with newsroom.database.read() as unit:
                    chosen = [standing.source for standing in sources.standings(unit)]
                with fetcher_of(ready.settings) as fetcher, bar(quiet=False) as progress:
                    for source in chosen:
                        task = progress.add_task(f"Pulling {source.name}", total=None)

                        def step(done: int, total: int, task: TaskID = task) -> None:
                            progress.update(task, completed=done, total=total)

                        report = pull_source(newsroom, source.id, fetcher, step=step)
                        progress.update(task, description=f"{source.name}: {report.result()}", completed=1, total=1)
            finally:
                newsroom.database.close()
            server.serve(ready.settings, ready=lambda: announce(ready))


def announce(ready: object) -> None:
    """Prints where to look, and three commands that work."""
    from wirepress.app.demo import Demo

    assert isinstance(ready, Demo)
    home = ready.settings.address
    lines = [
        "",
        f"  Site   {home}/",
        f"  API    {home}/wp-json/",
        f"  Feed   {home}/feed/",
        f"  Login  {ready.login} / {ready.password}",
        "",
        f"  curl {home}/wp-json/wp/v2/posts?_fields=id,title,link",
        f"  curl '{home}/wp-json/wp/v2/posts?search=harbour&_embed'",
        f"  curl {home}/feed/",
        "",
        "  Ctrl-C ends it.",
    ]
    for line in lines:
        out.print(line, highlight=False, soft_wrap=True, markup=False)
