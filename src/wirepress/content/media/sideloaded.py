"""Pictures of other sites that were taken into the library: one attachment for the same octets, however often they come
(media_sideload_image)."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Final

from wirepress.content.media.library import ALT, original_path
from wirepress.content.newsroom import View
from wirepress.model.post import Post
from wirepress.render.strip import strip_all_tags
from wirepress.store import posts, uploads

SOURCE_URL: Final = "_source_url"
"""The meta that holds where a file came from (WordPress's own)."""
_MOST: Final = 20
"""Attachments with the same octets that are looked at: people may have uploaded them again and again."""


@dataclass(frozen=True, slots=True)
class Words:
    """What an attachment says of its picture, where it is shown with its own words: as the lead of a post."""

    alt: str = ""
    caption: str = ""


def with_octets(view: View, sha256: str, words: Words | None = None) -> Post | None:
    """The attachment that was side-loaded with these octets, and says these words of them where any are given.

    What people have uploaded is none of these.
    """
    for post_id, path in uploads.holders(view.unit, sha256, _MOST):
        post = posts.get(view.unit, post_id)
        if post is not None and is_one(post) and original_path(post) == path and (words is None or _says(post, words)):
            return post
    return None


def _says(post: Post, words: Words) -> bool:
    alt, caption = str(post.first_meta(ALT)), post.excerpt
    return words.alt == alt and words.caption in (html.unescape(strip_all_tags(caption)), caption)


def standing(view: View, post_id: int) -> Post | None:
    """A side-loaded attachment, None where it is gone."""
    post = posts.get(view.unit, post_id)
    return post if post is not None and is_one(post) else None


def is_one(post: Post) -> bool:
    """Whether a post is an attachment that was side-loaded and is not in the trash."""
    return post.type == "attachment" and post.status == "inherit" and SOURCE_URL in post.meta
