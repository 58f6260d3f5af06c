"""Blocks that show a post's picture, or know the measures of their file: cover, media and text, video, file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wirepress.model.post import Post
from wirepress.render.blocks.parse import Block
from wirepress.render.blocks.settings import at, link_target, number
from wirepress.render.blocks.styles import Looks, borders
from wirepress.render.blocks.wrapper import wrapped
from wirepress.render.css import clean_style
from wirepress.render.entities import escape_attribute
from wirepress.render.images import image_tag, sized_source
from wirepress.render.scene import Scene
from wirepress.render.strip import strip_tags
from wirepress.render.tags import first_tag, tags
from wirepress.render.titles import full_title
from wirepress.render.urls import clean_url


def post_featured_image(block: Block, scene: Scene) -> str:
    """The post's picture: border, shadow and overlay are on it and not on what is around it."""
    post, picture = scene.post, scene.thumbnail
    if post is None or picture is None:
        return ""
    settings = block.settings
    size = str(settings.get("sizeSlug") or "post-thumbnail")
    border = borders(block.name, settings, outer=False)
    named = " ".join(border.classes) or f"attachment-{size} size-{size}"
    marks = {"class": f"{named} wp-post-image"}
    if settings.get("isLink"):
        marks["alt"] = full_title(post)
    sizing = filter(None, map(clean_style, _sizing(settings)))
    marks["style"] = "".join(f"{rule};" for rule in (*border.declarations, *sizing))
    shown = image_tag(picture, size, scene.lookup, marks)
    if not shown:
        return ""
    shown += _overlay(settings, border)
    if settings.get("isLink"):
        rel = f'rel="{escape_attribute(str(settings["rel"]))}"' if settings.get("rel") else ""
        url = clean_url(scene.lookup.permalink(post))
        shown = f'<a href="{url}" target="{link_target(settings)}" {rel}>{shown}</a>'
    return wrapped(block, shown, element="figure")


def _sizing(settings: Mapping[str, Any]) -> Iterator[str]:
    """How wide and high the picture is, how it fills that, and its shadow."""
    ratio = settings.get("aspectRatio")
    if ratio:
        if ratio != "auto":
            yield f"aspect-ratio:{ratio}"
        yield "width:100%"
    for key in ("height", "width"):
        if settings.get(key):
            yield f"{key}:{settings[key]}"
    yield f"object-fit:{settings.get('scale') or 'cover'}"
    shadow = at(settings, "style", "shadow")
    if isinstance(shadow, str) and shadow:
        yield f"box-shadow:{shadow}"


def _overlay(settings: Mapping[str, Any], border: Looks) -> str:
    """A veil of a colour or a gradient over the picture."""
    depth = number(settings.get("dimRatio"), 0)
    if not depth:
        return ""
    classes = ["wp-block-post-featured-image__overlay", "has-background-dim", f"has-background-dim-{depth}"]
    classes += border.classes
    styles = list(border.declarations)
    if colour := settings.get("overlayColor"):
        classes.append(f"has-{colour}-background-color")
    if settings.get("gradient") or settings.get("customGradient"):
        classes.append("has-background-gradient")
    if gradient := settings.get("gradient"):
        classes.append(f"has-{gradient}-gradient-background")
    if gradient := settings.get("customGradient"):
        styles.append(f"background-image: {gradient}")
    if colour := settings.get("customOverlayColor"):
        styles.append(f"background-color: {colour}")
    names, style = escape_attribute(" ".join(classes)), escape_attribute(clean_style(";".join(styles)))
    return f'<span class="{names}" style="{style}" aria-hidden="true"></span>'


def cover(html: str, block: Block, scene: Scene) -> str:
    """A cover with the post's own picture behind its text."""
    settings = block.settings
    if settings.get("backgroundType", "image") != "image" or not settings.get("useFeaturedImage"):
        return html
    picture = scene.thumbnail
    if picture is None:
        return html
    place = next((tag.start for tag in tags(html) if tag.has_class("wp-block-cover__inner-container")), -1)
    position = _position(settings.get("focalPoint"))
    if settings.get("hasParallax") or settings.get("isRepeated"):
        shown = _repeated(picture, block, scene, position)
    else:
        marks = {"data-object-fit": "cover"}
        if position:
            marks |= {"data-object-position": position, "style": f"object-position:{position};"}
        size = str(settings.get("sizeSlug") or "post-thumbnail")
        shown = image_tag(picture, size, scene.lookup, {"class": "wp-block-cover__image-background", **marks})
    return html if place < 0 else f"{html[:place]}{shown}{html[place:]}"


def _repeated(picture: Post, block: Block, scene: Scene, position: str) -> str:
    found = sized_source(picture, str(block.settings.get("sizeSlug") or "full"), scene.lookup)
    tag = first_tag("<div></div>")
    if found is None or tag is None:
        return ""
    if alt := _alt(picture):
        tag.set("role", "img")
        tag.set("aria-label", alt)
    tag.add_class("wp-block-cover__image-background", f"wp-image-{picture.id}")
    for key, name in (("hasParallax", "has-parallax"), ("isRepeated", "is-repeated")):
        if block.settings.get(key):
            tag.add_class(name)
    tag.set("style", f"background-position:{position or '50% 50%'};background-image:url({clean_url(found[0])});")
    return tag.apply()


def media_text(html: str, block: Block, scene: Scene) -> str:
    """Media and text with the post's own picture as the media."""
    settings = block.settings
    if not settings.get("useFeaturedImage") or (picture := scene.thumbnail) is None:
        return html
    found, image = sized_source(picture, "full", scene.lookup), first_tag("<img>")
    frames = [tag for tag in tags(html) if tag.name == "figure" and tag.has_class("wp-block-media-text__media")]
    if found is None or image is None or not frames:
        return html
    frame = frames[-1] if settings.get("mediaPosition") == "right" else frames[0]
    size = str(settings.get("mediaSizeSlug") or "full")
    image.set("src", clean_url(found[0]))
    image.set("class", f"wp-image-{picture.id} size-{size}")
    image.set("alt", _alt(picture))
    if settings.get("imageFill"):
        image.set("style", f"object-position:{_position(settings.get('focalPoint')) or '50% 50%'};")
    return f"{html[: frame.end]}{image.apply()}{html[frame.end :]}"


def video(html: str, block: Block, scene: Scene) -> str:
    """A film is as wide and high as its file."""
    film_id = block.settings.get("id")
    if not isinstance(film_id, int) or film_id <= 0 or "<video" not in html.lower():
        return html
    width, height = _measures(scene.lookup.post(film_id))
    tag = first_tag(html, "video")
    if tag is None or width <= 0 or height <= 0:
        return html
    tag.set("width", str(width))
    tag.set("height", str(height))
    tag.set("style", f"aspect-ratio: {width} / {height};{tag.get('style') or ''}")
    return tag.apply()


def _measures(film: Post | None) -> tuple[int, int]:
    if film is None or film.type != "attachment":
        return 0, 0
    facts = film.first_meta("_wp_attachment_metadata")
    width, height = at(facts, "width"), at(facts, "height")
    return (width, height) if isinstance(width, int) and isinstance(height, int) else (0, 0)


def file(html: str, block: Block, _scene: Scene) -> str:
    """A file with a preview of it, which a script shows where it can."""
    has_preview = block.settings.get("displayPreview") and first_tag(html, "object") is not None
    if not has_preview or (whole := first_tag(html)) is None:
        return html
    whole.set("data-wp-interactive", "core/file")
    html = whole.apply()
    preview = first_tag(html, "object")
    if preview is None:
        return html
    name = preview.get("aria-label")
    preview.set("data-wp-bind--hidden", "!state.hasPdfPreview")
    preview.set("hidden", "")
    preview.set("aria-label", f"Embed of {name}." if name and name != "PDF embed" else "PDF embed")
    return preview.apply().replace(' hidden=""', " hidden", 1)


def _alt(picture: Post) -> str:
    return strip_tags(str(picture.first_meta("_wp_attachment_image_alt"))).strip()


def _position(point: Any) -> str:
    """A point of a picture in percents, "" for none."""
    values = at(point, "x"), at(point, "y")
    try:
        x, y = (round(float(value) * 100) for value in values if not isinstance(value, bool | type(None)))
    except (ValueError, TypeError, OverflowError):
        return ""
    return f"{x}% {y}%"
