"""Markdown becomes blocks that an editor can edit."""

from __future__ import annotations

import pytest

from wirepress.model.errors import Invalid
from wirepress.render.blocks.parse import parse
from wirepress.transfer.markdown import LARGEST, MOST_COLUMNS, read

TEXT = """# A *title* & more

A **bold** word, a [link](https://a.example/?a=1&b=2) and `code`.

## Part

- one
- two
  1. inner

> said

```python
if a < b: pass
```

![Alt "text"](https://a.example/p.jpg "Caption")

| a | b |
|---|---|
| 1 | ~~2~~ |

---

<div class="x">raw</div>
"""


def test_each_part_is_a_block() -> None:
    found = read(TEXT)
    assert found.title == "A title & more"
    blocks = [block for block in parse(found.content) if block.name]
    names = ["paragraph", "heading", "list", "quote", "code", "image", "table", "separator", "html"]
    assert [str(block.name).removeprefix("core/") for block in blocks] == names
    for markup in (
        '<a href="https://a.example/?a=1&amp;b=2">link</a> and <code>code</code>.</p>',
        "<li>two<!-- wp:list",
        "if a &lt; b: pass",
        'alt="Alt &quot;text&quot;"',
        ">Caption</figcaption>",
        "<td><s>2</s></td>",
        '<div class="x">raw</div>',
    ):
        assert markup in found.content, markup


@pytest.mark.parametrize("text", ["", "\n\n", "<!-- a comment -->"])
def test_nothing_is_nothing(text: str) -> None:
    assert read(text).title == ""


def test_what_is_very_deep_ends() -> None:
    for text in ("> " * 500 + "deep", "- " * 2000 + "deep", "[" * 20_000 + "deep"):
        assert len(read(text).content) < 10 * len(text) + 5_000


def test_what_would_take_too_long_is_refused() -> None:
    def table(columns: int) -> str:
        return "|" + "a|" * columns + "\n|" + "-|" * columns + "\n|b|\n"

    assert read(table(MOST_COLUMNS)).content.count("<td>") == MOST_COLUMNS
    with pytest.raises(Invalid, match="columns"):
        read(table(MOST_COLUMNS + 1))
    assert "a|a" in read("a|" * 500).content
    with pytest.raises(Invalid, match="characters"):
        read("a" * (LARGEST + 1))
