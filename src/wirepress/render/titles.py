"""Titles and site names on their way to a reader."""

import re
from collections.abc import Collection

from wirepress.model.post import Post
from wirepress.render.entities import convert_chars, escape_html, numeric_entities
from wirepress.render.phpstr import trim
from wirepress.render.shortcodes import CORE_SHORTCODES
from wirepress.render.texturize import texturize
from wirepress.render.typography import ENGLISH, Signs


def capital_p(title: str) -> str:
    """`capital_P_dangit` as titles have it: the name of WordPress with its capital P."""
    return title.replace("Wordpress", "WordPress")


_CAPITAL_AFTER = re.compile(r"(?<=[ (>])Wordpress|(?<=&#8216;)Wordpress|(?<=&#8220;)Wordpress")


def capital_p_in_text(text: str) -> str:
    """`capital_P_dangit` as contents and comments have it: only after a space, a bracket, a tag or an opening quote."""
    return _CAPITAL_AFTER.sub("WordPress", text) if "Wordpress" in text else text


def title(text: str, signs: Signs = ENGLISH, *, shortcodes: Collection[str] = CORE_SHORTCODES) -> str:
    """A post's title as readers see it (the `the_title` filters)."""
    return trim(capital_p(convert_chars(texturize(text, signs, shortcodes=shortcodes))))


def feed_text(text: str) -> str:
    """A site's name or tagline in a feed (the `bloginfo_rss` filters): references as numbers, then escaped."""
    return escape_html(numeric_entities(text))


def full_title(post: Post, signs: Signs = ENGLISH) -> str:
    """A post's title with what its status says (`get_the_title`); of a title that says nothing that word is left."""
    name = title(post.title, signs)
    if post.is_protected:
        return f"Protected: {name}".rstrip()
    return f"Private: {name}".rstrip() if post.status == "private" else name


def linked_title(post: Post) -> str:
    """A post's title as the text of a link to it; `0` is none in PHP."""
    name = full_title(post)
    return "(no title)" if name in ("", "0") else name
