"""The site's icon: which file of its picture is shown at which size."""

from __future__ import annotations

from wirepress.content.view import View
from wirepress.model.post import Post
from wirepress.render.images import image_of


def icon_address(view: View, least: int = 32) -> str:
    """The address of the site's icon from so many pixels on (get_site_icon_url), "" where it has none."""
    chosen = view.site.number("site_icon")
    post = view.lookup.post(chosen) if chosen else None
    file = icon_file(post, least) if post is not None else ""
    return view.site.upload_url(file) if file else ""


def icon_file(post: Post, least: int = 32) -> str:
    """The smallest square file of a picture from so many pixels on, else its thumbnail, else the picture
    (image_get_intermediate_size)."""
    image = image_of(post)
    if image is None:
        return str(post.first_meta("_wp_attached_file"))
    file, cut = image.basename, image.size("thumbnail")
    if square := [size for size in image.sizes if size.width >= least and abs(size.width - size.height) <= 1]:
        file = min(square, key=lambda size: size.width * size.height).file
    elif cut is not None and cut.width >= least:
        file = cut.file
    return f"{image.folder}/{file}".lstrip("/")
