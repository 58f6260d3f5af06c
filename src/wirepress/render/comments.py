"""Comments on their way to a reader: the order of the filters.

The last few are kept: a long comment is filtered before its write begins, and known in it.
"""

from functools import lru_cache

from wirepress.render.autop import autop
from wirepress.render.balance import balance
from wirepress.render.entities import convert_chars
from wirepress.render.links import clickable
from wirepress.render.smilies import smilies
from wirepress.render.texturize import texturize
from wirepress.render.titles import capital_p_in_text
from wirepress.render.typography import ENGLISH, Signs


@lru_cache(maxsize=8)
def comment_text(
    text: str, *, host: str = "", smiley_images: str | None = "/wp-includes/images/smilies/", signs: Signs = ENGLISH
) -> str:
    """A comment as readers see it (the `comment_text` filters); without `smiley_images` smilies stay text."""
    text = clickable(text, host, rel="ugc")
    text = texturize(text, signs)
    text = convert_chars(text)
    if smiley_images is not None:
        text = smilies(text, smiley_images)
    text = balance(text)
    text = autop(text)
    return capital_p_in_text(text)
