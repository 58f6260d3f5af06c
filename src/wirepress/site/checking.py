"""Whether a theme holds together: its theme.toml, its templates with sample pages, its files, its colours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jinja2 import Environment, TemplateError, TemplateSyntaxError, nodes

from wirepress.content.themes.colours import READABLE, contrast
from wirepress.content.themes.customised import customised
from wirepress.content.themes.folder import MANIFEST, STATIC, STYLE, TEMPLATES
from wirepress.content.themes.theme import READ_ON, Theme
from wirepress.site.assets import FOLDER, Assets
from wirepress.site.look import words
from wirepress.site.rendering import Clock, TooSlow, environment, our_templates, rendered
from wirepress.site.samples import SHOWN, context_of

_LOADED = re.compile(
    r"""(?:\b(?:src|srcset|poster|data|action|formaction)\s*=\s*["']?|url\(\s*["']?|@import\s+["']?|@import\s+url\(["']?)
    \s*(?P<address>(?:https?:)?//[^\s"')>]+)""",
    re.IGNORECASE | re.VERBOSE,
)
_LINKED = re.compile(r"<link\b[^>]{0,500}\bhref\s*=\s*[\"']?\s*(?P<address>(?:https?:)?//[^\s\"'>]+)", re.IGNORECASE)
_FILE = re.compile(r"""url\(\s*["']?(?P<path>[^"')\s]+)""")
_SCRIPT = re.compile(r"<script\b(?![^>]*application/ld\+json)|\son[a-z]+\s*=\s*[\"']", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that is wrong with a theme, and in which of its files."""

    place: str
    message: str


def flaws(theme: Theme, problems: list[str], clock: Clock) -> list[Flaw]:
    """What is wrong with a theme; `problems` are those of its theme.toml.  `clock` tells how long its pages take."""
    assets = Assets(theme)
    templates = environment(assets)
    found = [Flaw(MANIFEST, problem) for problem in problems]
    found += contrasts(theme)
    broken = list(uncompiled(theme, templates))
    found += broken or [*unshown(theme, templates, clock), *missing_files(theme, templates)]
    found += [*other_hosts(theme), *lost_addresses(theme, assets)]
    return found


def contrasts(theme: Theme) -> Iterator[Flaw]:
    """Text that cannot be read in one of the schemes."""
    for scheme, colours in theme.schemes:
        for text, ground in READ_ON:
            known = contrast(getattr(colours, text), getattr(colours, ground))
            if known < READABLE:
                where = f"colours.{scheme}: {text} on {ground}"
                yield Flaw(MANIFEST, f"{where} has a contrast of {known:.2f}; text needs {READABLE}")


def uncompiled(theme: Theme, templates: Environment) -> Iterator[Flaw]:
    """Templates that are none."""
    for name, source in theme.templates.items():
        try:
            templates.parse(source, name)
            templates.get_template(name)
        except TemplateSyntaxError as error:
            yield Flaw(f"{TEMPLATES}/{name}", f"line {error.lineno}: {error.message}")
        except TemplateError as error:
            yield Flaw(f"{TEMPLATES}/{name}", words(error))


def unshown(theme: Theme, templates: Environment, clock: Clock) -> Iterator[Flaw]:
    """Pages that the templates cannot show, and those that say what no page may."""
    known = set()
    for page, (template, _) in SHOWN.items():
        place = f"{TEMPLATES}/{template}" if template in theme.templates else template
        try:
            text = rendered(templates, template, context_of(page, theme), clock)
        except TooSlow as error:
            yield Flaw(place, f"the sample page “{page}” cannot be shown: {words(error)}")
            return  # the others would take as long
        except Exception as error:  # noqa: BLE001 - errors of templates are of every kind
            flaw = Flaw(place, f"the sample page “{page}” cannot be shown: {words(error)}")
        else:
            if not _SCRIPT.search(text):
                continue
            flaw = Flaw(place, "holds a script, and readers' browsers run none here")
        if flaw not in known:
            known.add(flaw)
            yield flaw
    for name in theme.templates:
        if name not in our_templates() and not is_used(theme, templates, name):
            yield Flaw(f"{TEMPLATES}/{name}", f"no template uses it; pages are shown by {', '.join(page_templates())}")


def page_templates() -> list[str]:
    """The templates that pages are shown by."""
    return sorted({template for template, _ in SHOWN.values()})


def is_used(theme: Theme, templates: Environment, name: str) -> bool:
    """Whether a template of a theme names another, or names it by what is known only when it runs."""
    for source in theme.templates.values():
        for node in templates.parse(source).find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
            asked = node.template  # type: ignore[attr-defined] # each of the four has one
            if not isinstance(asked, nodes.Const) or asked.value == name:
                return True
    return False


def missing_files(theme: Theme, templates: Environment) -> Iterator[Flaw]:
    """Files that templates name and that are not there."""
    for name, source in theme.templates.items():
        for call in templates.parse(source).find_all(nodes.Call):
            if not (isinstance(call.node, nodes.Name) and call.node.name == "static" and call.args):
                continue
            asked = call.args[0]
            if isinstance(asked, nodes.Const) and asked.value not in theme.statics:
                yield Flaw(f"{TEMPLATES}/{name}", f"line {call.lineno}: there is no {STATIC}/{asked.value}")


def texts(theme: Theme) -> Mapping[str, str]:
    """All files of a theme that may name others."""
    named = {f"{TEMPLATES}/{name}": source for name, source in theme.templates.items()}
    for name, data in theme.statics.items():
        if name.endswith((".css", ".svg")):
            named[f"{STATIC}/{name}"] = data.decode("utf-8", "replace")
    return named | ({STYLE: theme.style} if theme.style else {})


def other_hosts(theme: Theme) -> Iterator[Flaw]:
    """What readers' browsers would fetch from elsewhere; links that readers follow may lead there."""
    for place, text in texts(theme).items():
        for found in (*_LOADED.finditer(text), *_LINKED.finditer(text)):
            line = text.count("\n", 0, found.start()) + 1
            yield Flaw(place, f"line {line}: {found['address'][:100]} is fetched from another host")


def lost_addresses(theme: Theme, assets: Assets) -> Iterator[Flaw]:
    """Files that styles name and that are not there."""
    for place, text in texts(theme).items():
        if not place.endswith(".css"):
            continue
        folder = ".." if place == STYLE else place.removeprefix(f"{STATIC}/").rpartition("/")[0]
        for found in _FILE.finditer(text):
            if found["path"].startswith(("#", "data:", "/", "http:", "https:")):
                continue
            if FOLDER not in assets.readdressed(f"url({found['path']})", folder):
                line = text.count("\n", 0, found.start()) + 1
                yield Flaw(place, f"line {line}: there is no {found['path']}")


def left_out(theme: Theme, changed: str) -> list[Flaw]:
    """What the site's people have changed in WordPress's Styles and the theme does not show."""
    return [Flaw("Styles", line) for line in customised(theme, changed).left]
