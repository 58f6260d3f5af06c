"""Strategies of what is small to write down and large to read: texts, JSON and queries that grow."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, Final

from hypothesis import strategies as st

from tests.fuzz.signs import SIGNS
from tests.hostile.texts import CONTENTS

SIZES: Final = (1_000, 20_000, 60_000, 300_000, 1_000_000)
"""Of texts, in characters; 60,000 is what WordPress's short columns hold."""
LARGEST: Final = 2_000_000
"""Characters of a list."""
PAIRS: Final = (
    ("<!-- wp:group -->", "<!-- /wp:group -->"),
    ("<!-- wp:list --><ul>", "</ul><!-- /wp:list -->"),
    ("<!-- wp:columns --><!-- wp:column -->", "<!-- /wp:column --><!-- /wp:columns -->"),
    ('<!-- wp:query {"query":{"perPage":100}} -->', "<!-- /wp:query -->"),
    ("<!-- wp:query --><!-- wp:post-template -->", "<!-- /wp:post-template --><!-- /wp:query -->"),
    ("<div>", "</div>"),
    ("<table><tr><td>", "</td></tr></table>"),
    ("<ul><li>", "</li></ul>"),
    ("<b><i>", "</i></b>"),
    ("<blockquote>", "</blockquote>"),
    ("<svg><math>", "</math></svg>"),
    ("<pre>", "</pre>"),
    ("[caption]", "[/caption]"),
    ('[caption width="1" caption="x"]', "[/caption]"),
    ("[embed]", "[/embed]"),
    ("[", "]"),
    ("(", ")"),
    ('"', "'"),
    ("{", "}"),
    ("<!--", "-->"),
)  # fmt: skip
BLOCKS: Final = (
    '<!-- wp:latest-posts {"postsToShow":100,"displayPostContent":true} /-->',
    "<!-- wp:latest-comments /-->",
    '<!-- wp:block {"ref":11} /-->',
    '<!-- wp:gallery {"ids":[1,2,3]} /-->',
    '<!-- wp:image {"id":1,"style":{"color":{"text":"#000"}}} --><img src="/x.jpg"/><!-- /wp:image -->',
    '<!-- wp:navigation-link {"label":"a","url":"/"} /-->',
    "<!-- wp:page-list /-->",
    "<!-- wp:categories /-->",
    "<!-- wp:tag-cloud /-->",
    '<!-- wp:archives {"type":"daily"} /-->',
    "<!-- wp:calendar /-->",
    "<!-- wp:post-content /-->",
    "<!-- wp:template-part /-->",
    '<!-- wp:pattern {"slug":"core/query-standard-posts"} /-->',
    '<!-- wp:embed {"url":"https://a.example/"} /-->',
    '<!-- wp:rss {"feedURL":"https://a.example/feed","itemsToShow":10} /-->',
    '<!-- wp:group {"layout":{"type":"constrained","contentSize":"1px"}} --><div></div><!-- /wp:group -->',
    '[gallery ids="1,2,3"]',
    '[playlist ids="1,2,3"]',
    '[audio src="/a.mp3"]',
    '[video src="/a.mp4"]',
    '[embed]https://a.example/[/embed]',
    '<img class="wp-image-1" src="https://news.example.com/wp-content/uploads/x.jpg">',
    "<p style='color:red;background:url(x)'>x</p>",
    "https://www.youtube.com/watch?v=abcdefghijk\n\n",
    "&amp;&#x26;&lt;&#0;&notin",
    "word word, ",
    "x\n\n",
    "\r\n",
    "\t ",
    "9' 9\" 9x9 ",
    "'tain't (c) ... -- --- ",
    "\u0130\ufb03\u1e9e\U0001f600",
)  # fmt: skip

UNITS = st.lists(st.sampled_from((*SIGNS, *BLOCKS)) | st.text(max_size=6), min_size=1, max_size=5).map("".join)


@st.composite
def texts(draw: Callable[..., Any], most: int = SIZES[-1]) -> str:
    """A text of up to `most` characters: a unit repeated, pairs nested, a known one, or parts of these joined."""
    parts = draw(st.lists(st.sampled_from(("repeated", "nested", "known", "plain")), min_size=1, max_size=3))
    size: int = min(draw(st.sampled_from(SIZES)), most)
    return "".join(_part(draw, kind, size // len(parts)) for kind in parts)[:most]


def _part(draw: Callable[..., Any], kind: str, size: int) -> str:
    if kind == "known":
        name: str = draw(st.sampled_from(sorted(CONTENTS)))
        return CONTENTS[name][:size]
    unit: str = draw(UNITS) or "x"
    if kind == "repeated":
        return unit * (size // len(unit))
    if kind == "nested":
        pairs = draw(st.lists(st.sampled_from(PAIRS), min_size=1, max_size=3))
        opener, closer = "".join(pair[0] for pair in pairs), "".join(pair[1] for pair in reversed(pairs))
        closed: int = draw(st.sampled_from((0, 1, 1, 2)))  # halves of what was opened
        depth = size // len(opener + closer) or 1
        return opener * depth + unit + closer * (depth * closed // 2)
    return unit


def number(draw: Callable[..., Any]) -> int:
    """A number that chooses among what is there: what is drawn itself must not depend on what was answered before."""
    return int(draw(st.integers(0, 1 << 16)))


def leaves(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to everything in a JSON value, itself left out."""
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    else:
        inner = []
    return [found for key, part in inner for found in ((*way, key), *leaves(part, (*way, key)))]


def replaced(value: Any, way: Sequence[Any], by: Callable[[Any], Any]) -> Any:
    """A JSON value with one part of it made another."""
    if not way:
        return by(value)
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[way[0]] = replaced(copy[way[0]], way[1:], by)
    return copy


def grown(draw: Callable[..., Any], value: Any) -> Any:
    """A value of the same kind that is much larger, or of another kind."""
    if isinstance(value, str) or draw(st.integers(0, 5)) == 0:
        return draw(texts())
    times = draw(st.sampled_from((100, 3_000, 60_000)))
    if isinstance(value, bool | int | float):
        return draw(st.sampled_from((2**31, 2**63, -(2**63) - 1, 10**400, 1e308, "9" * 5_000, "0" * 60_000 + "1")))
    if isinstance(value, dict):
        if draw(st.booleans()):
            return _nested(draw(st.sampled_from((50, 300))), value)
        return {**value, **{f"k{n}": n for n in range(times)}}
    if isinstance(value, list) and value:
        most = max(1, LARGEST // max(1, len(json.dumps(value))))
        return (value * min(times, most))[:times]
    return list(range(times))


def _nested(depth: int, inner: Any) -> Any:
    for _ in range(depth):
        inner = {"a": inner}
    return inner


def grown_body(draw: Callable[..., Any], body: Any) -> Any:
    """A JSON body, some parts of it grown; mostly its texts, so that it is still taken for what it was."""
    for _ in range(draw(st.sampled_from((0, 1, 1, 1, 2, 3)))):
        ways = leaves(body)
        written = [way for way in ways if isinstance(at(body, way), str)]
        if written and draw(st.integers(0, 4)):
            body = replaced(body, draw(st.sampled_from(written)), lambda _: draw(texts()))
        elif ways:
            body = replaced(body, draw(st.sampled_from(ways)), lambda value: grown(draw, value))
    return body


def at(value: Any, way: Sequence[Any]) -> Any:
    """The part of a JSON value that a way leads to."""
    for step in way:
        value = value[step]
    return value


def grown_query(draw: Callable[..., Any], query: dict[str, Any]) -> dict[str, Any]:
    """The variables of a query, some of them grown to up to 100,000 characters."""
    query = dict(query)
    for name in list(query):
        if draw(st.integers(0, 5)) == 5:
            kind = draw(st.sampled_from(("text", "numbers", "words", "pieces")))
            if kind == "text":
                query[name] = draw(texts(100_000))
            elif kind == "numbers":
                query[name] = ",".join(map(str, range(draw(st.sampled_from((100, 1_900, 15_000))))))
            elif kind == "words":
                query[name] = " ".join(f"{draw(UNITS)}{n}" for n in range(draw(st.sampled_from((9, 30)))))
            else:
                query[name] = {f"{n}": query[name] for n in range(draw(st.sampled_from((9, 900))))}
    return query
