"""Taking an article's pictures into the library, and putting them in the place of those that its text shows."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.media import library, sideloaded
from wirepress.content.media.sideloaded import Words
from wirepress.content.newsroom import View
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.post import Post
from wirepress.render.images import sized_source
from wirepress.render.strip import strip_all_tags
from wirepress.syndicate import blocks
from wirepress.syndicate.image_blocks import Shown, only_own, replaced
from wirepress.syndicate.parse.pictures import picture_key
from wirepress.syndicate.sideload import Gallery, Picture, words_of

_LONGEST_TITLE = 200


@dataclass(slots=True)
class Illustrating:
    """One article's pictures, in the write that keeps it: they are kept with it, or none of them is."""

    view: View
    gallery: Gallery
    author: int = 0
    parent: int = 0
    """The post that they are for, 0 while there is none yet."""
    loaded: dict[str, int] = field(default_factory=dict)
    """By address, the attachments of the article's pictures."""
    _new: list[int] = field(default_factory=list)
    _by_sha256: dict[str, int] = field(default_factory=dict)

    def lead(self, title: str) -> int:
        """The attachment of the lead picture, 0 where none could be had."""
        medium = self.gallery.lead
        if medium is None:
            return 0
        return self._attachment(medium.url, title, medium.alt, medium.caption_and_credit, words_of(medium))

    def text(self, body: str, leads: Iterable[int] = ()) -> str:
        """The text with our pictures in the place of the source's.

        What could not be had is left out with its caption, and so is what leads the post; that has the caption then,
        where it had none.
        """
        leading = set(leads) - {0}
        twins = {picture_key(url): one for url, one in self.loaded.items() if one in leading}

        def made(shown: Shown) -> str:
            caption = html.unescape(strip_all_tags(shown.caption))
            attachment = twins.get(picture_key(shown.url), 0)
            attachment = attachment or self._attachment(shown.url, shown.alt[:_LONGEST_TITLE], shown.alt, caption)
            if attachment in leading:
                self._tell(attachment, caption)
            return "" if not attachment or attachment in leading else self._block(attachment, shown)

        return only_own(replaced(body, made), self._is_own)

    def adopt(self, post: int) -> None:
        """Puts the attachments that were made under the post that they are for."""
        for attachment in self._new:
            publishing.update(self.view, NEWSROOM, attachment, Changes(parent=post))

    def _attachment(self, url: str, title: str, alt: str, caption: str, words: Words | None = None) -> int:
        """The attachment of a picture, taken into the library where it is not there yet; 0 for none to be had."""
        picture = self.gallery.by_url.get(url)
        known = self.loaded.get(url, picture.attachment if picture else 0)
        if known and sideloaded.standing(self.view, known) is not None:
            self.loaded[url] = known
            return known
        if picture is None:
            return 0
        found = self._by_sha256.get(picture.sha256, 0) or self._kept(picture, title, alt, caption, words)
        if found:
            self._by_sha256[picture.sha256] = found
            self.loaded[url] = found
        return found

    def _kept(self, picture: Picture, title: str, alt: str, caption: str, words: Words | None) -> int:
        there = sideloaded.with_octets(self.view, picture.sha256, words) if picture.sha256 else None
        if there is not None:
            return there.id
        if picture.file is None:
            return 0
        meta = {sideloaded.SOURCE_URL: [picture.url]}
        changes = Changes(title=title or None, excerpt=caption, author=self.author, parent=self.parent, meta=meta)
        made = library.keep(self.view, NEWSROOM, picture.file, changes, alt=alt)
        self._new.append(made.id)
        return made.id

    def _tell(self, attachment: int, caption: str) -> None:
        """Gives a lead picture that came with this article the caption that the text has of it."""
        post = publishing.existing(self.view, attachment)
        if caption and not post.excerpt and attachment in self._new:
            publishing.update(self.view, NEWSROOM, attachment, Changes(excerpt=caption))

    def _block(self, attachment: int, shown: Shown) -> str:
        post = publishing.existing(self.view, attachment)
        size = "large" if "large" in _sizes(post) else "full"
        source = sized_source(post, size, self.view.lookup)
        return blocks.image(source[0], shown.alt, shown.caption, attachment, size) if source else ""

    def _is_own(self, url: str) -> bool:
        return url.startswith(f"{self.view.site.upload_url()}/")


def _sizes(post: Post) -> Mapping[str, object]:
    sizes = library.metadata_of(post).get("sizes")
    return sizes if isinstance(sizes, Mapping) else {}
