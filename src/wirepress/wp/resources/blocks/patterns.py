"""The list of block patterns, for the editor's inserter."""

from __future__ import annotations

from typing import Any

from wirepress.content.patterns import Pattern, patterns
from wirepress.wp.call import Call
from wirepress.wp.declaration import ALL
from wirepress.wp.fields import pick, tree
from wirepress.wp.result import Result


def run(call: Call) -> Result:
    """All patterns, as WordPress shows them to whoever may edit something; in a context that there is none of, nothing
    is left of each."""
    if call.context not in ALL:
        return Result(value=[[] for _ in patterns()])
    listed = [shown(pattern) for pattern in patterns()]
    return Result(value=[pick(one, tree(call.fields)) for one in listed] if call.fields else listed)


def shown(pattern: Pattern) -> dict[str, Any]:
    """A pattern in the order of WordPress's keys; what it does not say is left out."""
    said = {
        "name": pattern.name,
        "title": pattern.title,
        "content": pattern.content,
        "description": pattern.description,
        "viewport_width": pattern.viewport_width,
        "categories": list(pattern.categories),
        "keywords": list(pattern.keywords),
        "block_types": list(pattern.block_types),
        "post_types": list(pattern.post_types),
        "source": "theme",
    }
    return {name: value for name, value in said.items() if value}
