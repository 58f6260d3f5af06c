"""The filter chains: what a raw text goes through, in order.

Each function here is one of WordPress's filters with the core's callbacks in the order of their priorities (named at
the lines); the callbacks are in the modules of their subjects.
"""

from __future__ import annotations

from functools import lru_cache

from wirepress.render.autop import autop
from wirepress.render.blocks.parse import Block, has_blocks, length_of, parse, parse_checked, serialize
from wirepress.render.blocks.render import render_block
from wirepress.render.embeds import autoembed, run_embeds
from wirepress.render.entities import convert_chars
from wirepress.render.images import image_tag, with_responsive_images
from wirepress.render.media import attachment_link, audio, expand_shortcodes, file_url, video
from wirepress.render.scene import Scene
from wirepress.render.shortcodes import Shortcode, unwrap_shortcodes
from wirepress.render.smilies import smilies
from wirepress.render.texturize import texturize
from wirepress.render.titles import capital_p_in_text
from wirepress.render.typography import Signs, signs_for

_WRAPPER = ("<!-- wp:post-content -->", "<!-- /wp:post-content -->")


def the_content(raw: str, scene: Scene, *, for_excerpt: bool = False) -> str:
    """`the_content`: a content as readers see it.

    For an excerpt the blocks have been rendered before and images do not matter.  Raises OverBudget.
    """
    scene.budget.read(raw)
    made_of_blocks = has_blocks(raw) and not for_excerpt
    blocks, text = _with_closed_blocks(raw, scene) if made_of_blocks else ([], raw)  # 8
    whole = text
    text = run_embeds(text, scene)  # 8
    text = autoembed(text, scene)  # 8
    if made_of_blocks:
        text = "".join([render_block(block, scene) for block in (blocks if text == whole else parse(text))])  # 9
        scene.budget.read(text)
    text = _typeset(text, signs_for(scene.lookup))  # 10
    if not made_of_blocks and not scene.after_blocks:
        text = _paragraphs(text)  # 10; a content made of blocks has its paragraphs
    text = unwrap_shortcodes(text)  # 10
    text = _after_attachment(text, scene)  # 10
    if not made_of_blocks and scene.after_blocks:
        text = _paragraphs(text)  # 10, where it is after a content made of blocks
    text = capital_p_in_text(text)  # 11
    text = expand_shortcodes(text, scene)  # 11
    scene.budget.fit(text)
    if not for_excerpt:
        text = with_responsive_images(text, scene.lookup)  # 12
    return _with_smilies(text, scene)  # 20


@lru_cache(maxsize=2)
def _typeset(text: str, signs: Signs) -> str:
    """`wptexturize`; the last is kept, since an excerpt is made of the content over again."""
    return texturize(text, signs)


@lru_cache(maxsize=2)
def _paragraphs(text: str) -> str:
    """`wpautop`, kept likewise."""
    return autop(text)


def the_excerpt(text: str, scene: Scene) -> str:
    """`the_excerpt`: a finished excerpt as readers see it."""
    text = texturize(text, signs_for(scene.lookup))  # 10
    text = _with_smilies(text, scene)  # 10
    text = convert_chars(text)  # 10
    text = autop(text)  # 10
    text = unwrap_shortcodes(text)  # 10
    return with_responsive_images(text, scene.lookup)  # 12


def the_content_feed(raw: str, scene: Scene) -> str:
    """`the_content_feed`: a content as feeds carry it."""
    return the_content(raw, scene).replace("]]>", "]]&gt;")


def _with_smilies(text: str, scene: Scene) -> str:
    if not scene.option_is_on("use_smilies"):
        return text
    return smilies(text, scene.lookup.home("wp-includes/images/smilies/"))


def _with_closed_blocks(raw: str, scene: Scene) -> tuple[list[Block], str]:
    """A content whose blocks do not pair comes out as WordPress wraps it in a block of its own, writes it anew and
    takes the wrapper off again (`apply_block_hooks_to_content_from_post_object`)."""
    scene.budget.parse(raw)
    blocks, paired = parse_checked(raw)
    if paired:
        return blocks, raw
    del blocks  # of a long text they are several times as much
    scene.budget.parse(raw)
    wrapped = parse(raw.join(_WRAPPER))
    scene.budget.hold(length_of(wrapped))  # what is left open repeats the rest
    written = serialize(wrapped)
    scene.budget.read(written)
    text = written[written.find("-->") + 3 : written.rfind("<!--")]
    scene.budget.parse(text)
    return parse(text), text


def _after_attachment(text: str, scene: Scene) -> str:
    """An attachment's own content begins with its file (`prepend_attachment`)."""
    post = scene.post
    if post is None or post.type != "attachment":
        return text
    url = file_url(post, scene)
    kind = post.mime_type.partition("/")[0] if post.first_meta("_wp_attached_file") else ""
    if kind == "audio":
        shown = audio(Shortcode("audio", {"src": url}, (), ""), scene)
    elif kind == "video":
        shown = video(Shortcode("video", {"src": url}, (), ""), scene)
    else:
        image = image_tag(post, "medium", scene.lookup) if kind == "image" else ""
        shown = f'<p class="attachment">{attachment_link(post, scene, image, to_file=True)}</p>'
    return f"{shown}\n{text}"
