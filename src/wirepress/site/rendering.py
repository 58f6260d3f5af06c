"""Templates: those of a theme over ours, run in a sandbox, with a bound on what they write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from functools import cache, cached_property, partial
from importlib import resources
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound, TemplateRuntimeError, nodes
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from wirepress.content.themes.theme import Theme
from wirepress.site.assets import Assets
from wirepress.site.story import Story, plain

ENDING = ".html"
OURS = "wirepress/"
"""What stands before the name of a template that is ours, whether the theme has one of that name or not."""
MOST_OUTPUT = 32 << 20
"""Characters of a page."""
SECONDS = 10.0
"""What a page may take."""
Clock = Callable[[], float]
"""Gives seconds that never go back."""
_STEP = "wirepress_step"
"""The filter that each loop goes through; no template names it, since it is none of Jinja's."""
_TABLES = frozenset({dict, Story})
_OF_TABLES = frozenset(dir(dict))
"""The attributes that every table has."""
_AT_ONCE = 16
"""Pieces of a page that are written between two looks at the clock: what takes long are loops and calls, which look at
it for themselves."""
_CARDS = "parts.html"
"""The template with the macro that makes cards."""
_SCOPES = ("_loop_vars", "_block_vars")
"""What Jinja adds to the arguments of a call."""
_ENDS: ContextVar[tuple[Clock, float] | None] = ContextVar("ends", default=None)
"""Until when the page that is made here may go on."""


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


class TooSlow(TemplateRuntimeError):
    """A page that takes too long."""


class Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox whose loops and calls end when the time for the page is up."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parsed = super()._parse(source, name, filename)
        for loop in parsed.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, _STEP, [], [], None, None, lineno=loop.lineno)
        return parsed

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - as Jinja has it: arguments have any name
        check_time()
        if type(__obj) is not Macro:
            return super().call(__context, __obj, *args, **kwargs)
        for name in _SCOPES:
            kwargs.pop(name, None)
        # Nothing is unsafe about a macro, and all that it takes of the context is whether texts are escaped there.
        make = partial(__obj, __context.eval_ctx, *args, **kwargs)
        if args and type(args[0]) is Story and __obj in __self.keeping:
            given = plain(args[1:], kwargs)
            if given is not None:
                return args[0].card((__obj, bool(__context.eval_ctx.autoescape), *given), make)
        return make()

    @cached_property
    def keeping(__self) -> frozenset[Any]:  # noqa: N805 - as above
        """The macros whose cards are kept with their story: ours, which look at nothing but what they are given."""
        assert isinstance(__self.loader, Loader)
        names = {OURS + _CARDS, *(() if _CARDS in __self.loader.templates else (_CARDS,))}
        return frozenset(vars(__self.get_template(name).module)["card"] for name in names)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Of a table, whatever kind it is, what every table has."""
        return (attr in _OF_TABLES or not isinstance(obj, Story)) and super().is_safe_attribute(obj, attr, value)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What a name behind a dot stands for.  Most are entries of plain tables, which have no attribute of that name:
        to ask for it, as Jinja does first, costs an exception each time."""
        if type(obj) in _TABLES and attribute not in _OF_TABLES:
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


def check_time() -> None:
    """Raises TooSlow where the time for the page that is made here is up."""
    if (ends := _ENDS.get()) is not None and ends[0]() > ends[1]:
        raise TooSlow(f"it takes more than {SECONDS:g} seconds")


def _stepped(values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        check_time()
        yield value


def environment(assets: Assets) -> Environment:
    """The environment of a theme's templates: they see what they are given, and change none of it."""
    made = Sandbox(
        loader=Loader(assets.theme),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals["static"] = assets.address
    made.filters[_STEP] = _stepped
    _ = made.keeping  # before threads share it: two that load a template at once have a macro each
    return made


def rendered(templates: Environment, name: str, context: Mapping[str, Any], clock: Clock) -> str:
    """A page.  Raises what its template raises: its errors are of every kind."""
    written: list[str] = []
    length = 0
    token = _ENDS.set((clock, clock() + SECONDS))
    try:
        for piece in templates.get_template(name).generate(context):
            length += len(piece)
            if length > MOST_OUTPUT:
                raise TemplateRuntimeError(f"{name} writes more than {MOST_OUTPUT >> 20} MB")
            written.append(piece)
            if not len(written) % _AT_ONCE:
                check_time()
    finally:
        _ENDS.reset(token)
    return "".join(written)
