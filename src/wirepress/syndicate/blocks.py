"""Blocks as WordPress's editor saves them: each function gives one block's markup.

It is written as `wp_kses_post` writes markup: whoever saves it without being allowed any HTML leaves it as it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape

from wirepress.syndicate.embeds import Embed


def attribute(value: str) -> str:
    """A text as the value of an attribute in double quotation marks.

    A backslash before the closing mark is one that WordPress takes for an escape, and takes away.
    """
    return escape(value.rstrip("\\"), quote=False).replace('"', "&quot;").replace("'", "&apos;")


def block(name: str, inner: str, attributes: Mapping[str, object] | None = None) -> str:
    """A block with its delimiters; attributes are escaped as `serialize_block_attributes` does."""
    said = ""
    if attributes:
        text = json.dumps(attributes, ensure_ascii=False, separators=(",", ":"))
        for character, code in (("--", "\\u002d\\u002d"), ("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
            text = text.replace(character, code)
        said = text.replace('\\"', "\\u0022") + " "
    return f"<!-- wp:{name} {said}-->\n{inner}\n<!-- /wp:{name} -->"


def paragraph(inner: str) -> str:
    """A paragraph of clean inline markup."""
    return block("paragraph", f"<p>{inner}</p>")


def heading(inner: str, level: int) -> str:
    """A heading; level 2 is the block's default."""
    return block(
        "heading", f'<h{level} class="wp-block-heading">{inner}</h{level}>', {"level": level} if level != 2 else None
    )


def list_of(items: Sequence[str], *, ordered: bool = False, start: int = 1) -> str:
    """A list of list items (`list_item`)."""
    tag = "ol" if ordered else "ul"
    first = f' start="{start}"' if ordered and start != 1 else ""
    attributes: dict[str, object] = {"ordered": True} if ordered else {}
    if first:
        attributes["start"] = start
    return block("list", f'<{tag}{first} class="wp-block-list">' + "\n\n".join(items) + f"</{tag}>", attributes)


def list_item(inner: str, nested: str = "") -> str:
    """A list item, with the lists inside it."""
    return block("list-item", f"<li>{inner}{nested}</li>")


def quote(paragraphs: Sequence[str], cite: str = "") -> str:
    """A quotation of blocks."""
    source = f"<cite>{cite}</cite>" if cite else ""
    return block("quote", '<blockquote class="wp-block-quote">' + "\n\n".join(paragraphs) + f"{source}</blockquote>")


def image(url: str, alt: str = "", caption: str = "", attachment: int = 0, size: str = "large") -> str:
    """A picture by its address; `caption` is clean inline markup.

    One of the library names its attachment, and the size that it is shown in: it is rendered with all that it has.
    """
    if not attachment:
        return block("image", _figure(f'<img src="{attribute(url)}" alt="{attribute(alt)}" />', "", caption))
    picture = f'<img src="{attribute(url)}" alt="{attribute(alt)}" class="wp-image-{attachment}" />'
    attributes = {"id": attachment, "sizeSlug": size, "linkDestination": "none"}
    return block("image", _figure(picture, f" size-{size}", caption), attributes)


def _figure(picture: str, classes: str, caption: str) -> str:
    return f'<figure class="wp-block-image{classes}">{picture}{_caption(caption)}</figure>'


def player(kind: str, url: str, caption: str = "") -> str:
    """An audio or video file with controls."""
    inner = f'<{kind} controls src="{attribute(url)}"></{kind}>'
    return block(kind, f'<figure class="wp-block-{kind}">{inner}{_caption(caption)}</figure>')


def embed(what: Embed, caption: str = "") -> str:
    """Something of another site by its address."""
    classes = f"is-type-{what.kind} is-provider-{what.provider} wp-block-embed-{what.provider}"
    attributes = {"url": what.url, "type": what.kind, "providerNameSlug": what.provider, "responsive": True}
    address = escape(what.url, quote=False)
    wrapper = f'<div class="wp-block-embed__wrapper">\n{address}\n</div>'
    return block("embed", f'<figure class="wp-block-embed {classes}">{wrapper}{_caption(caption)}</figure>', attributes)


def table(head: Sequence[str], body: Sequence[str], caption: str = "") -> str:
    """A table of rows (`<tr>...</tr>`)."""
    top = f"<thead>{''.join(head)}</thead>" if head else ""
    rows = f"<tbody>{''.join(body)}</tbody>"
    inner = f'<table class="has-fixed-layout">{top}{rows}</table>'
    return block("table", f'<figure class="wp-block-table">{inner}{_caption(caption)}</figure>')


def code(text: str) -> str:
    """Program text."""
    return block("code", f'<pre class="wp-block-code"><code>{escape(text, quote=False)}</code></pre>')


def preformatted(inner: str) -> str:
    """Text whose spaces count."""
    return block("preformatted", f'<pre class="wp-block-preformatted">{inner}</pre>')


def separator() -> str:
    """A thematic break."""
    return block("separator", '<hr class="wp-block-separator has-alpha-channel-opacity" />')


def _caption(inner: str) -> str:
    return f'<figcaption class="wp-element-caption">{inner}</figcaption>' if inner else ""
