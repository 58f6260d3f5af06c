"""Posts as other sites show them: what oEmbed tells of a post, and the frame that holds it."""

from __future__ import annotations

import math
import secrets
import string
from typing import Any

from wirepress.content.addresses.page import lists_posts, visible
from wirepress.content.media.sizes import fitted
from wirepress.content.newsroom import View
from wirepress.model.post import Post
from wirepress.render.entities import escape_attribute
from wirepress.render.images import Image, Size, shown_image
from wirepress.render.titles import full_title
from wirepress.url.parse import web_url

NARROWEST, WIDEST = 200, 600
LETTERS = string.ascii_letters + string.digits
SCRIPT = """<script>
addEventListener("message", function (event) {
  var told = event.data || {};
  document.querySelectorAll("iframe.wp-embedded-content").forEach(function (frame) {
    if (event.source !== frame.contentWindow || told.secret !== frame.dataset.secret) return;
    if (told.message === "height") frame.height = Math.max(200, Math.min(1000, parseInt(told.value, 10) || 200));
    if (told.message === "link" && new URL(told.value).host === new URL(frame.src).host) top.location.href = told.value;
  });
});
</script>
"""
"""What makes the frame as high as what it shows, and lets its links lead out of it."""


def is_own(view: View, url: str) -> bool:
    """Whether an address is one of this site."""
    there, home = web_url(url), web_url(view.site.home)
    if there is None or home is None:
        return False
    return there.host.removeprefix("www.") == home.host.removeprefix("www.")


def frame(view: View, post: Post, name: str, width: int, height: int) -> str:
    """The HTML that shows a post elsewhere (get_post_embed_html)."""
    secret = "".join(secrets.choice(LETTERS) for _ in range(10))
    link = view.lookup.permalink(post)
    inside = f"{link}&embed=true" if "?" in link else view.site.tidy(f"{link.rstrip('/')}/embed")
    site_name = str(view.site.option("blogname"))
    heading = escape_attribute(f"&#8220;{name}&#8221; &#8212; {site_name}")
    return (
        f'<blockquote class="wp-embedded-content" data-secret="{secret}">'
        f'<a href="{escape_attribute(link)}">{name}</a></blockquote>'
        f'<iframe sandbox="allow-scripts" security="restricted" src="{escape_attribute(inside)}#?secret={secret}" '
        f'width="{width}" height="{height}" title="{heading}" data-secret="{secret}" frameborder="0" '
        'marginwidth="0" marginheight="0" scrolling="no" class="wp-embedded-content"></iframe>' + SCRIPT
    )


def thumbnail(view: View, post: Post, width: int) -> dict[str, Any]:
    """The lead image of a post, as wide as the frame."""
    image_id = post.id if post.type == "attachment" else post.thumbnail
    image = view.lookup.post(image_id) if image_id else None
    if image is None or not image.mime_type.startswith("image/"):
        return {}
    picture = shown_image(image)
    if picture is None:
        return {}
    if not picture.width or not picture.height:
        return {"thumbnail_url": view.lookup.upload_url(picture.file), "thumbnail_width": 1, "thumbnail_height": 1}
    size = smallest(picture, width)
    width, height = fitted(size.width, size.height, width, 0)
    address = view.lookup.upload_url(f"{picture.folder}/{size.file}")
    return {"thumbnail_url": address, "thumbnail_width": width, "thumbnail_height": height}


def smallest(picture: Image, width: int) -> Size:
    """The smallest file of the whole picture that is as wide as asked (image_get_intermediate_size)."""

    def whole(size: Size) -> bool:
        return abs(size.height - picture.height * size.width / picture.width) <= 1.5

    if fitting := [size for size in picture.sizes if size.width >= width and whole(size)]:
        return min(fitting, key=lambda size: size.width * size.height)
    cut = picture.size("thumbnail")
    if cut is not None and cut.width >= width:
        return cut
    return Size("full", picture.basename, picture.width, picture.height)


def described(view: View, post: Post, width: int) -> dict[str, Any]:
    """A post as oEmbed tells of it (get_oembed_response_data)."""
    width = min(max(NARROWEST, width), WIDEST)
    height = max(math.ceil(width / 16 * 9), 200)
    site_name, name = str(view.site.option("blogname")), full_title(post)
    author_name, author_url = site_name, view.site.home
    if not view.site.hardened and (author := view.lookup.user(post.author)) is not None:
        author_name, author_url = author.name, view.lookup.author_link(author)
    return {
        "version": "1.0",
        "provider_name": site_name,
        "provider_url": view.site.home,
        "author_name": author_name,
        "author_url": author_url,
        "title": name,
        "type": "rich",
        "width": width,
        "height": height,
        "html": frame(view, post, name, width, height),
        **thumbnail(view, post, width),
    }


def own(view: View, url: str, width: int) -> dict[str, Any] | None:
    """What an address of this site embeds, None where no published post is at it; the page of the newest posts is none
    (url_to_postid)."""
    post = view.lookup.post_at(url)
    if post is None or not visible(view, post) or lists_posts(view.site, post):
        return None
    return described(view, post, width)
