"""Renderings of posts: made when something is written, kept with the post, made anew where none holds.

While others wait for their turn to write, no more than some milliseconds of it are done (`View.purse`).  What takes
longer is made when the write is committed (`Newsroom.write`); until it is kept, whoever reads makes it for themselves.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from wirepress.content.apart import LONG
from wirepress.content.lookup import TracingLookup
from wirepress.content.site import Site
from wirepress.content.view import View
from wirepress.model.errors import Unavailable
from wirepress.model.post import Post
from wirepress.model.rendering import Rendering
from wirepress.render.budget import OverBudget, reading
from wirepress.render.post import RENDER_VERSION, render_post
from wirepress.store import posts as store
from wirepress.store import remote, state
from wirepress.store.unit import Unit

AT_ONCE = 100
"""How many posts that used what was written are rendered with it or at once after it; others wait until they are
read."""
ONE_AT_A_TIME = threading.RLock()
"""Held while something is computed that takes long: however many ask for it, one thread of this process does it, and
what is short finds the processor free.  Never taken in a unit that writes."""
LONG_ONES = threading.Lock()
"""Held while long texts are rendered in the process beside this one, from before what they are made of is read: what
was read while another one was made there would be too old to be kept."""
_LEAST = 20_000  # with less left in the purse no rendering is begun
_EVERYWHERE = (
    "use_smilies",
    "excerpt_length",
    "excerpt_more",
    "permalink_structure",
    "category_base",
    "tag_base",
    "upload_url_path",
    "show_on_front",
    "page_on_front",
)
"""What (nearly) every rendering depends on besides the site's address.  It is not noted with each of them: together it
makes the mark that a kept rendering must carry."""


def mark(site: Site) -> int:
    """The number that renderings made for this site, as it is now, are kept under."""
    return site.worked_out(_mark)


def _mark(site: Site) -> int:
    values = (str(RENDER_VERSION), site.home, site.base, *(str(site.option(name)) for name in _EVERYWHERE))
    digest = hashlib.blake2b("\0".join(values).encode("utf-8", "replace"), digest_size=7).digest()
    return int.from_bytes(digest, "big")


class Postponed(Unavailable):
    """Raised where a rendering is shown that takes longer than others should wait for; it is made after the commit."""

    def __init__(self, post_id: int) -> None:
        super().__init__("rendering_postponed", "This is being worked on; try again in a moment.")
        self.post_id = post_id


def rendered(view: View, post: Post) -> Post:
    """The post with its rendering: the kept one while it holds, else one made now; with none in a view that writes
    where that takes too long."""
    if _holds(view, post):
        return post
    try:
        return replace(post, rendering=render(view, post))
    except OverBudget:
        return replace(post, rendering=None)


def completed(view: View, post: Post) -> Post:
    """What a write gave, with its rendering; one that was postponed is taken from where it was kept by now."""
    if post.rendering is None and not view.unit.writing:
        kept = store.get(view.unit, post.id)
        if kept is not None and kept.version == post.version and _holds(view, kept):
            return replace(post, rendering=kept.rendering)
    return rendered(view, post)


def _holds(view: View, post: Post) -> bool:
    kept = post.rendering
    return kept is not None and kept.post_version == post.version and kept.render_version == mark(view.site)


def render(view: View, post: Post) -> Rendering:
    """A rendering of a post and what it looked at, made in the process beside this one where it is long.  Raises
    OverBudget in a view that writes where that takes too long."""
    if view.purse is not None and reading(post.content) > view.purse.left:
        raise OverBudget("work")
    if view.apart is not None and not view.unit.writing and len(post.content) >= LONG:
        elsewhere = view.apart.rendered(replace(post, rendering=None))
        if elsewhere is not None:
            return elsewhere
        with ONE_AT_A_TIME:
            return _render_here(view, post)
    return _render_here(view, post)


def _render_here(view: View, post: Post) -> Rendering:
    """The same, made in this process."""
    view.lookup.prefetch((post,), texts=True)
    lookup = TracingLookup(view.lookup)
    made = render_post(post, lookup, purse=view.purse)
    seen = lookup.used(besides=post.id)
    used = replace(
        made.used,
        posts=made.used.posts | seen.posts,
        terms=made.used.terms | seen.terms,
        options=(made.used.options | seen.options).difference(_EVERYWHERE),
        wishes=seen.wishes,
    )
    return replace(made, post_version=post.version, render_version=mark(view.site), used=used)


def refresh(view: View, ids: Sequence[int]) -> None:
    """Renders posts and keeps what came out and what they want of other sites; in a view that writes."""
    posts = store.load(view.unit, ids)
    view.lookup.add_posts(posts.values())
    for post in posts.values():
        refreshed(view, post)


def refreshed(view: View, post: Post) -> Post:
    """The post with a rendering made now, which is kept with it; in a view that writes.  A revision has none, and what
    takes too long is left to be made after the commit."""
    if post.type == "revision":
        return post
    try:
        made = render(view, post)
    except OverBudget:
        store.postpone_rendering(view.unit, post.id)
        post = replace(post, rendering=None)
    else:
        store.save_rendering(view.unit, post.id, made)
        remote.want(view.unit, made.used.wishes)
        post = replace(post, rendering=made)
    view.lookup.add_posts((post,))
    return post


def refresh_spoiled(view: View) -> None:
    """Renders of the posts whose renderings the view's unit has spoiled what it has time for; called once, at its
    end."""
    for post_id in tuple(view.unit.spoiled)[:AT_ONCE]:
        if not view.purse or view.purse.left < _LEAST:
            break
        refresh(view, (post_id,))


@dataclass(frozen=True, slots=True)
class Made:
    """Renderings that were made while anybody might write, and what tells whether they still hold: the epoch, and the
    versions of the posts that they looked at."""

    epoch: int
    renderings: Mapping[int, Rendering]
    versions: Mapping[int, int]


def made_apart(view: View, ids: Sequence[int]) -> Made:
    """Renderings of posts, made in a view that reads.  Posts whose renderings hold are left out."""
    posts = store.load(view.unit, ids)
    view.lookup.add_posts(posts.values())
    wanted = [post for post in posts.values() if post.type != "revision" and not _holds(view, post)]
    made = {post.id: render(view, post) for post in wanted}
    looked = {*made, *(number for rendering in made.values() for number in rendering.used.posts)}
    return Made(view.site.epoch, made, store.versions(view.unit, looked))


def keep_apart(unit: Unit, made: Made) -> bool:
    """Keeps renderings that were made apart, in a unit that writes; False where they may not hold any more."""
    if state.epoch(unit) != made.epoch or store.versions(unit, made.versions) != made.versions:
        return False
    for post_id, rendering in made.renderings.items():
        store.save_rendering(unit, post_id, rendering)
        remote.want(unit, rendering.used.wishes)
    return True
