"""The custom properties that styles are written with, as a theme sets them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from wirepress.content.themes.theme import Colours, Theme


def variables(theme: Theme) -> Mapping[str, str]:
    """The properties by their names, with the colours of the light scheme."""
    kinds = theme.type
    return {
        **colours(theme.light),
        "--serif": kinds.serif,
        "--sans": kinds.sans,
        "--text": f"var(--{kinds.text})",
        "--headings": f"var(--{kinds.headings})",
        "--size": kinds.size,
        "--line": f"{kinds.line:g}",
        **{f"--{name}": value for name, value in asdict(theme.spacing).items()},
    }


def colours(scheme: Colours) -> dict[str, str]:
    """The properties of a scheme."""
    return {f"--{name}": value for name, value in asdict(scheme).items()}


def stylesheet(theme: Theme) -> str:
    """The part of the style that sets them, in both schemes."""
    light = declared({"color-scheme": "light dark", **variables(theme)}, "  ")
    dark = declared(colours(theme.dark), "    ")
    return (
        f"/* The theme {theme.name} */\n\n:root {{\n{light}\n}}\n\n"
        f"@media (prefers-color-scheme: dark) {{\n  :root {{\n{dark}\n  }}\n}}\n"
    )


def declared(properties: Mapping[str, str], indent: str = "") -> str:
    """Properties as a rule has them."""
    return "\n".join(f"{indent}{name}: {value};" for name, value in properties.items())
