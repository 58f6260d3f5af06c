"""Templates: those of a theme over ours, run in a sandbox, with a bound on what they write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound, TemplateRuntimeError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from wirepress.content.themes.theme import Theme
from wirepress.site.assets import Assets

ENDING = ".html"
OURS = "wirepress/"
"""What stands before the name of a template that is ours, whether the theme has one of that name or not."""
MOST_OUTPUT = 32 << 20
"""Characters of a page."""


@cache
def our_templates() -> Mapping[str, str]:
    """Our templates by name."""
    folder = resources.files("wirepress.site") / "templates"
    return {file.name: file.read_text("utf-8") for file in folder.iterdir() if file.name.endswith(ENDING)}


class Loader(BaseLoader):
    """Finds a template in the theme, else among ours."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme.name
        self.templates = theme.templates

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool]]:  # noqa: ARG002 - Jinja asks so
        if template.startswith(OURS):
            source = our_templates().get(template.removeprefix(OURS))
        else:
            source = self.templates.get(template) or our_templates().get(template)
        if source is None:
            raise TemplateNotFound(template)
        return source, f"{self.theme}/{template}", lambda: True

    def list_templates(self) -> list[str]:
        return sorted({*self.templates, *our_templates()})


def environment(assets: Assets) -> Environment:
    """The environment of a theme's templates: they see what they are given, and change none of it."""
    made = ImmutableSandboxedEnvironment(
        loader=Loader(assets.theme),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals["static"] = assets.address
    return made


def rendered(templates: Environment, name: str, context: Mapping[str, Any]) -> str:
    """A page.  Raises what its template raises: its errors are of every kind."""
    written: list[str] = []
    length = 0
    for piece in templates.get_template(name).generate(context):
        length += len(piece)
        if length > MOST_OUTPUT:
            raise TemplateRuntimeError(f"{name} writes more than {MOST_OUTPUT >> 20} MB")
        written.append(piece)
    return "".join(written)
