"""Taking something down: what costs time is prepared while others may write, the rest is one write."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from wirepress.content.identity.viewer import Viewer
from wirepress.content.newsroom import View
from wirepress.content.permalinks import permalink
from wirepress.content.stories.bands import bands_of
from wirepress.content.takedowns import contents, media, reading
from wirepress.model.errors import Invalid
from wirepress.model.post import Post
from wirepress.model.story import TextPrint
from wirepress.model.takedown import LONGEST_NOTICE, LONGEST_REASON, Barred, KeptFile, Order, Takedown
from wirepress.model.wire import Origin
from wirepress.store import kept_origins, prints, sources, stories
from wirepress.store import takedowns as store
from wirepress.syndicate.addresses import url_key
from wirepress.syndicate.digests import FEWEST_WORDS, content_hash
from wirepress.syndicate.parse.text import plain
from wirepress.syndicate.passages import words_of
from wirepress.syndicate.prints import print_of
from wirepress.syndicate.stories import joining
from wirepress.syndicate.stories.naming import name_sources
from wirepress.syndicate.takedowns.bars import barred
from wirepress.syndicate.takedowns.targets import Target, target_of

_LONGEST_TEXT = 2_000_000
"""Characters of markup; a longer text is known by its addresses alone."""
_LOGGED_ADDRESS = 300
_MOST_SLUGS = 20


@dataclass(frozen=True, slots=True)
class Prepared:
    """A take-down that was looked into: of what, with which media, and by which texts it is known again."""

    order: Order
    target: Target
    media: tuple[Post, ...] = ()
    texts: tuple[str, ...] = ()
    print: TextPrint | None = None
    """By which a text is known again that is nearly the same."""


def one_line(text: str) -> str:
    """A text as one line without control characters, of a bounded beginning of it."""
    text = text[: 2 * LONGEST_NOTICE]
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def reason_of(text: str) -> str:
    """A reason as it is kept.  Raises Invalid for none and for one that is too long."""
    reason = one_line(text)
    if len(text) > 2 * LONGEST_NOTICE or len(reason) > LONGEST_REASON:
        raise Invalid("invalid_reason", "A reason has at most %(most)s characters.", words={"most": LONGEST_REASON})
    if not reason:
        raise Invalid("missing_reason", "Say why.")
    return reason


def notice_of(text: str) -> str:
    """A notice as it is kept.  Raises Invalid for one that is too long."""
    notice = one_line(text)
    if len(text) > 2 * LONGEST_NOTICE or len(notice) > LONGEST_NOTICE:
        raise Invalid("invalid_notice", "A notice has at most %(most)s characters.", words={"most": LONGEST_NOTICE})
    return notice


def prepare(view: View, viewer: Viewer, order: Order) -> Prepared:
    """Looks into what somebody wants taken down.  Raises Forbidden, and what `target_of` raises."""
    reading.require(view, viewer)
    order = replace(order, reason=reason_of(order.reason), notice=notice_of(order.notice))
    target = target_of(view, order.target)
    if target.post is None:
        return Prepared(order, target)
    texts, found = _texts_of(view, target.post)
    return Prepared(order, target, tuple(media.came_with(view, target.post)), texts, found)


def _texts_of(view: View, post: Post) -> tuple[tuple[str, ...], TextPrint | None]:
    """The digests by which the text of a post is known again, and its print; none of a text that others are like by
    chance."""
    if len(post.content) > _LONGEST_TEXT:
        return (), None
    text = plain(post.content)
    if len(words_of(text)) < FEWEST_WORDS:
        return (), None
    origin = sources.origins_of_posts(view.unit, (post.id,)).get(post.id)
    found = [content_hash(post.content), origin.content_hash if origin else ""]
    return tuple(dict.fromkeys(filter(None, found))), print_of(text)


def take_down(view: View, viewer: Viewer, prepared: Prepared) -> Takedown:
    """Takes something down, in a view that writes.

    Raises Forbidden, and what `target_of` raises where somebody was quicker.
    """
    reading.require(view, viewer)
    order = prepared.order
    target = target_of(view, order.target)
    at, user = int(view.now().timestamp()), viewer.id
    made = Takedown(at=at, user=user, reason=order.reason, notice=order.notice, disclosure=order.disclosure)
    if target.post is None:
        made = _remembered(view, replace(made, url=target.url, original=target.url), Barred((url_key(target.url),)))
        for origin in sources.find_origins(view.unit, 0, [], [url_key(target.url), target.url]):
            sources.save_origin(view.unit, barred(origin))
            joining.leave(view, origin)
    else:
        made = _post_down(view, made, _as_it_is(view, prepared, target), erase=order.erase)
    _note(view, made)
    view.unit.raise_epoch()
    return made


def _as_it_is(view: View, prepared: Prepared, target: Target) -> Prepared:
    """What was prepared, for the post as it is by now: somebody may have saved it meanwhile, or use a picture of it."""
    assert target.post is not None
    known = prepared.target.post
    if known is None or (known.id, known.version) != (target.post.id, target.post.version):
        texts, found = _texts_of(view, target.post)
        gone = tuple(media.came_with(view, target.post))
        return replace(prepared, target=target, media=gone, texts=texts, print=found)
    going = {known.id, *(one.id for one in prepared.media)}
    left = tuple(one for one in prepared.media if not media.is_used(view, one, going))
    return replace(prepared, target=target, media=left)


def _post_down(view: View, made: Takedown, prepared: Prepared, *, erase: bool) -> Takedown:
    """Takes a post out of the site, with its media; its content is kept apart, or erased."""
    post, gone = prepared.target.post, prepared.media
    assert post is not None
    view.lookup.add_posts((post, *gone))
    kept = kept_origins.taken(view.unit, post.id)
    origins = [kept_origins.read(row) for row in kept]
    pictures = [one for one in (post, *gone) if one.type == "attachment"]
    files = contents.files_of(view, pictures)
    made = replace(
        made,
        post=post.id,
        type=post.type,
        title="" if erase else post.title[:_LOGGED_ADDRESS],
        url=view.lookup.permalink(post),
        original=prepared.target.url or next((origin.url for origin in origins), ""),
        digest=_digest(post),
        folder=uuid4().hex if files and not erase else "",
    )
    rows = [] if erase else [*contents.rows_of(view, post, gone), *(("origin", row) for row in kept)]
    made = _remembered(view, made, _barred_of(view, prepared, origins, files))
    _move_files(view, made, files)
    store.keep_contents(view.unit, made.id, rows)
    _keep_print(view, post, origins, prepared.print)
    story = stories.article_of(view.unit, post=post.id)
    contents.take_out(view, post, gone)
    if story is not None:
        if erase:
            stories.erase(view.unit, story.id)
        name_sources(view, story.story)
    for origin in origins:
        sources.save_origin(view.unit, barred(origin))
    if erase:
        store.erase(view.unit, made.id, made.at)
        made = replace(made, erased=made.at)
    return made


def _keep_print(view: View, post: Post, origins: Sequence[Origin], found: TextPrint | None) -> None:
    """Has the text of a post known again for good, however old it is."""
    if found is not None and not prints.of_post(view.unit, post.id):
        source = origins[0].source if origins else 0
        prints.add(view.unit, post.id, source, int(view.now().timestamp()), found, bands_of(found))


def _remembered(view: View, made: Takedown, known: Barred) -> Takedown:
    made = replace(made, id=store.add(view.unit, made))
    store.remember(view.unit, made.id, known)
    return made


def _move_files(view: View, made: Takedown, files: Sequence[KeptFile]) -> None:
    """Sets files aside, or has them removed with the commit where nothing is kept."""
    if not made.folder:
        for file in files:
            view.staged.remove(file.path)
        return
    store.keep_files(view.unit, made.id, [file for file in files if view.staged.set_aside(file.path, made.folder)])


def _digest(post: Post) -> str:
    """SHA-256 of title, content and excerpt as they were, with a NUL between them: proof of what was taken down."""
    said = "\0".join((post.title, post.content, post.excerpt))
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()


def _barred_of(view: View, prepared: Prepared, origins: Sequence[Origin], files: Sequence[KeptFile]) -> Barred:
    """By what a post is known again: its addresses here and at its source, its text, its number."""
    post = prepared.target.post
    assert post is not None
    everything = (post, *prepared.media)
    links = [view.lookup.permalink(one) for one in everything]
    once = [str(slug) for slug in post.meta.get("_wp_old_slug", ()) if slug]
    links += [permalink(view.site, replace(post, slug=slug), view.lookup) for slug in once[-_MOST_SLUGS:]]
    urls = [*links[:1], prepared.target.url, *(origin.canonical for origin in origins)]
    keys = [*(origin.url_key for origin in origins), *map(url_key, urls)]
    own = [*links, *(view.site.upload_url(file.path) for file in files)]
    paths = [link.removeprefix(view.site.home) for link in own if link.startswith(f"{view.site.home}/")]
    shown = [reading.path_key(path) for path in paths if "?" not in path]
    return Barred(tuple(keys), prepared.texts, tuple(shown), tuple(one.id for one in everything))


def _note(view: View, made: Takedown) -> None:
    """Writes the proof into the log of changes."""
    view.unit.note(
        "takedown.create",
        "takedown",
        made.id,
        post=made.post,
        type=made.type,
        url=(made.original or made.url)[:_LOGGED_ADDRESS],
        sha256=made.digest,
        reason=made.reason,
        notice=made.notice,
        erased=bool(made.erased),
    )
