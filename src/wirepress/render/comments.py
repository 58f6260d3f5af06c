"""Comments on their way to a reader and on their way to the store: the order of the filters."""

from wirepress.render.autop import autop
from wirepress.render.balance import balance
from wirepress.render.entities import convert_chars, repair_invalid_entities
from wirepress.render.kses import kses_plain
from wirepress.render.links import clickable, with_rel
from wirepress.render.smilies import smilies
from wirepress.render.texturize import texturize
from wirepress.render.titles import capital_p_in_text


def comment_text(text: str, *, host: str = "", smiley_images: str | None = "/wp-includes/images/smilies/") -> str:
    """A comment as readers see it (the `comment_text` filters); without `smiley_images` smilies stay text."""
    text = clickable(text, host, rel="ugc")
    text = texturize(text)
    text = convert_chars(text)
    if smiley_images is not None:
        text = smilies(text, smiley_images)
    text = balance(text)
    text = autop(text)
    return capital_p_in_text(text)


def saved_comment(text: str, *, host: str = "") -> str:
    """A comment as it is kept, written without `unfiltered_html` (the `pre_comment_content` filters)."""
    text = repair_invalid_entities(text)
    text = kses_plain(text)
    return with_rel(text, host=host)
