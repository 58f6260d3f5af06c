"""oEmbed: what other sites need to show our posts, and what is kept of theirs.

Nobody is asked while a request waits: what is not known yet is noted for the worker, and known the next time.
"""

from __future__ import annotations

import html
import math
import secrets
import string
from urllib.parse import urlsplit

from wirepress.content import archive, posts, remote, shown
from wirepress.content.addresses import Shows, resolve
from wirepress.content.permissions import may
from wirepress.content.sizes import fitted
from wirepress.model.post import Post
from wirepress.render.embeds import is_asked_for, player_of, wish_of
from wirepress.render.entities import escape_attribute, escape_html
from wirepress.render.images import Image, Size, image_of
from wirepress.render.titles import title
from wirepress.wp.call import Call
from wirepress.wp.endpoints import pass_all
from wirepress.wp.errors import WireError, denied
from wirepress.wp.fields import pick, tree
from wirepress.wp.resources.answers import Answer, Answers, Json
from wirepress.wp.resources.common import whole
from wirepress.wp.result import Result

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


def post_at(call: Call, url: str) -> Post | None:
    """The published post at an address of this site (url_to_postid)."""
    home = urlsplit(call.site.home)
    try:
        parts = urlsplit(url)
        if not parts.hostname or parts.hostname.removeprefix("www.") != (home.hostname or "").removeprefix("www."):
            return None
        target = resolve(call.site, parts.path.removeprefix(home.path), parts.query)
    except ValueError:  # no address, or more words in it than any has
        return None
    if target.shows is Shows.FRONT and call.site.option("show_on_front") == "page":
        return posts.get(call.view, call.site.number("page_on_front"))
    if target.shows not in {Shows.POST, Shows.PAGE}:
        return None
    found = archive.article(call.view, target)
    return None if found.guessed else found.post


def frame(call: Call, post: Post, name: str, width: int, height: int) -> str:
    """The HTML that shows a post elsewhere (get_post_embed_html)."""
    secret = "".join(secrets.choice(LETTERS) for _ in range(10))
    link = call.view.lookup.permalink(post)
    if "?" in link:
        inside = f"{link}&embed=true"
    else:
        inside = f"{link.rstrip('/')}/embed{'/' if call.site.slashed else ''}"
    site_name = str(call.site.option("blogname"))
    heading = escape_attribute(f"&#8220;{name}&#8221; &#8212; {site_name}")
    return (
        f'<blockquote class="wp-embedded-content" data-secret="{secret}">'
        f'<a href="{escape_attribute(link)}">{name}</a></blockquote>'
        f'<iframe sandbox="allow-scripts" security="restricted" src="{escape_attribute(inside)}#?secret={secret}" '
        f'width="{width}" height="{height}" title="{heading}" data-secret="{secret}" frameborder="0" '
        'marginwidth="0" marginheight="0" scrolling="no" class="wp-embedded-content"></iframe>' + SCRIPT
    )


def thumbnail(call: Call, post: Post, width: int) -> dict[str, Json]:
    """The lead image of a post, as wide as the frame."""
    image_id = post.id if post.type == "attachment" else post.thumbnail
    image = call.view.lookup.post(image_id) if image_id else None
    if image is None or not image.mime_type.startswith("image/"):
        return {}
    picture = image_of(image)
    if picture is None:
        return {}
    found = smallest(picture, width)
    shown, high = fitted(found.width, found.height, width, 0)
    folder = f"{picture.folder}/" if picture.folder else ""
    address = call.view.lookup.upload_url(folder + found.file)
    return {"thumbnail_url": address, "thumbnail_width": shown, "thumbnail_height": high}


def smallest(picture: Image, width: int) -> Size:
    """The smallest file of the whole picture that is as wide as asked (image_get_intermediate_size)."""
    whole_picture = Size("full", picture.basename, picture.width, picture.height)
    fitting = [
        size
        for size in picture.sizes
        if size.width >= width and abs(size.height - picture.height * size.width / picture.width) <= 1.5
    ]
    if fitting:
        return min(fitting, key=lambda size: size.width * size.height)
    cut = picture.size("thumbnail")
    return cut if cut is not None and cut.width >= width else whole_picture


def described(call: Call, post: Post, width: int) -> dict[str, Json]:
    """A post as oEmbed tells of it (get_oembed_response_data)."""
    width = min(max(NARROWEST, width), WIDEST)
    height = max(math.ceil(width / 16 * 9), 200)
    author = call.view.lookup.user(post.author) if post.author and not call.site.hardened else None
    site_name, name = str(call.site.option("blogname")), title(post.title)
    return {
        "version": "1.0",
        "provider_name": site_name,
        "provider_url": call.site.home,
        "author_name": author.name if author else site_name,
        "author_url": call.view.lookup.author_link(author) if author else call.site.home,
        "title": name,
        "type": "rich",
        "width": width,
        "height": height,
        "html": frame(call, post, name, width, height),
        **thumbnail(call, post, width),
    }


def as_xml(data: dict[str, Json]) -> bytes:
    """The same as XML.  What is not ASCII is written as numbers, as PHP's SimpleXML does without an encoding."""

    def text(value: Json) -> str:
        plain = html.unescape(escape_html(str(value)))
        safe = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return "".join(c if c.isascii() else f"&#x{ord(c):X};" for c in safe if c >= " " or c in "\t\n\r")

    inner = "".join(f"<{name}>{text(value)}</{name}>" for name, value in data.items())
    return f'<?xml version="1.0"?>\n<oembed>{inner}</oembed>\n'.encode()


def embed(call: Call) -> Result:
    post = post_at(call, str(call.params.get("url") or ""))
    if post is None or not shown.visible(call.view, post):
        raise WireError("oembed_invalid_url", "There is no post at this address.", 404)
    data = described(call, post, whole(call.params, "maxwidth", WIDEST))
    if call.params.get("format") == "xml":
        return Result(raw=as_xml(data), kind="text/xml; charset=UTF-8")
    return Result(value=pick(data, tree(call.fields)) if call.fields else data)


def _writes(call: Call) -> None:
    if not may(call.view, call.viewer, "edit_posts"):
        raise denied("rest_forbidden", "You may not ask for embeds of other sites.", call.logged_in)


def proxy(call: Call) -> Result:
    """What an address embeds: our own posts, what is kept of other sites, files of sound and film.

    The 404 is an answer, not an error: the wish that is noted with it must be kept.
    """
    url = str(call.params.get("url") or "")
    post = post_at(call, url)
    if post is not None and shown.visible(call.view, post):
        return Result(value=described(call, post, whole(call.params, "maxwidth", WIDEST)))
    if (player := player_of(url, {})) is not None:
        return Result(value={"provider_name": "Embed Handler", "html": player, "scripts": []})
    if is_asked_for(url):
        sizes = {name: whole(call.params, f"max{name}") for name in ("width", "height")}
        wish = wish_of(url, {name: str(size) for name, size in sizes.items() if size > 0})
        data = remote.embed_data(call.view, wish)
        if data is not None:
            return Result(value=data)
        remote.ask_for(call.view, wish)
    missing = WireError("oembed_invalid_url", "Nothing is known here to embed of this address.", 404)
    return Result(value=missing.body(), status=missing.status)


ANSWERS: Answers = {
    "/oembed/1.0/embed": Answer(embed, pass_all),
    "/oembed/1.0/proxy": Answer(proxy, _writes, alters=True),
}
