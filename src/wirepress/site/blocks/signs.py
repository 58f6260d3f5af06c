"""The signs of services on links to profiles, drawn into the page: nothing is fetched from the services.

The API's answers have GitHub's sign and a ring for all others (render/blocks/social.py).  Each sign is drawn once in a
text, and used by the other links to the same service.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

from wirepress.site.blocks.markup import Element, Markup

CUE = "wp-block-social-link-anchor"
"""A text without it links to no profile."""
OTHER = "chain"
"""The sign of a service that has none here."""
_SERVICE = re.compile(r"wp-social-link-([a-z0-9]{1,40})\Z")


@cache
def signs() -> Mapping[str, str]:
    """The signs by the services' names, each a path in a square of 24."""
    source = resources.files("wirepress.site.blocks") / "signs.json"
    found: Mapping[str, str] = json.loads(source.read_text("utf-8"))["signs"]
    return found


def drawn(markup: Markup) -> None:
    """Gives each link to a profile the sign of its service."""
    met: set[str] = set()
    for element in markup.elements:
        if element.name != "svg" or element.parent is None or CUE not in element.parent.classes:
            continue
        name = _service(element)
        place = f"sign-{name}"
        sign = f'<use href="#{place}"/>' if name in met else f'<path id="{place}" d="{signs()[name]}"/>'
        met.add(name)
        markup.replace_inner(element, sign)


def _service(sign: Element) -> str:
    item = sign.within("wp-social-link")
    named = (_SERVICE.match(name) for name in (item.classes if item is not None else ()))
    return next((found[1] for found in named if found and found[1] in signs()), OTHER)
