"""Which template stands in for one that is not there."""

from __future__ import annotations

from wirepress.wp.call import Call
from wirepress.wp.resources.templates.template import HIERARCHY, TEMPLATE, Template, templates_of

_CHAINS = {"index": ["index"], "front-page": ["front-page", "home", "index"]}
_BROADER = (
    ({"author", "category", "taxonomy", "date", "tag"}, "archive"),
    ({"attachment"}, "single"),
    ({"single", "page", "attachment"}, "singular"),
)


def hierarchy(slug: str, custom: bool, prefix: str) -> list[str]:
    """The slugs that may stand in for a template, most special first (get_template_hierarchy)."""
    if custom and slug != "index":
        return ["page", "singular", "index"]
    if slug in _CHAINS:
        return _CHAINS[slug]
    chain = [slug, *_prefixes(slug, prefix)]
    for narrow, broad in _BROADER:
        if not narrow.isdisjoint(chain):
            chain.append(broad)
    return [*chain, "index"]


def _prefixes(slug: str, prefix: str) -> list[str]:
    """What a slug begins with: the prefix that is given and its first word, or the kind of template that it names."""
    first = (prefix or slug).split("-")[0]
    if not prefix:
        if first != slug and first in HIERARCHY:
            return [first]
        return []
    found = []
    if slug.startswith(prefix) and slug != prefix:
        found = [prefix]
    if first in (slug, *found):
        return found
    return [*found, first]


def found(call: Call) -> Template:
    """The template that is shown in the place of the one that a call names."""
    slug, prefix = str(call.params.get("slug")), str(call.params.get("template_prefix") or "")
    chain = hierarchy(slug, bool(call.params.get("is_custom")), prefix)
    there = {template.slug: template for template in templates_of(call, TEMPLATE)}
    # One that is empty stands for nothing, but where nothing else is left.
    return next((there[name] for name in chain if name in there and there[name].post.content), there["index"])
