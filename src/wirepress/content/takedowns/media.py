"""Which pictures and files came with a post, and where they lie."""

from __future__ import annotations

from collections.abc import Sequence

from wirepress.content.media.library import metadata_of
from wirepress.content.newsroom import View
from wirepress.content.options import table
from wirepress.model.post import Post
from wirepress.model.query import PostQuery, Visibility
from wirepress.store import posts as store
from wirepress.store import sources, uploads

_SITE_S_OWN = ("site_icon", "site_logo")
_USERS_LOOKED_AT = 50


def came_with(view: View, post: Post) -> list[Post]:
    """The attachments that go with a post: those under it, and under nothing its featured picture and those that it
    came with from elsewhere.

    One that another post shows, as its featured picture or in its text, stays, and so does the site's own.
    """
    ids = list(store.children(view.unit, post.id, ("attachment",)))
    origin = sources.origins_of_posts(view.unit, (post.id,)).get(post.id)
    ids += [post.thumbnail, *(origin.facts.loaded.values() if origin else ())]
    ids = list(dict.fromkeys(filter(None, ids)))
    found = [one for one in store.load(view.unit, ids).values() if one.type == "attachment"]
    own = [one for one in found if one.parent in (0, post.id) and one.id not in _chosen_for_site(view)]
    going = {post.id, *(one.id for one in own)}
    return [one for one in own if not (is_used(view, one, going) or _is_named(view, one, going))]


def _chosen_for_site(view: View) -> set[int]:
    """The pictures that the site's options name."""
    return {view.site.number(name) for name in _SITE_S_OWN} - {0}


def is_used(view: View, attachment: Post, besides: set[int]) -> bool:
    """Whether another post has an attachment as its featured picture, or its rendering looked at it."""
    return bool(set(store.users_of(view.unit, attachment.id, _USERS_LOOKED_AT + len(besides))) - besides)


def _is_named(view: View, attachment: Post, besides: set[int]) -> bool:
    """Whether the text of another post names a file of an attachment, in whatever markup."""
    everything = tuple(view.site.registry.statuses)
    types = tuple(name for name in view.site.registry.types if name not in ("revision", "attachment"))
    for path in paths_of(view, attachment):
        query = PostQuery(
            types=types,
            statuses=everything,
            visibility=Visibility(all_of=everything),
            search=f'"{path}"',
            exclude=tuple(sorted(besides)),
            per_page=1,
            with_total=False,
        )
        if store.find(view.unit, query).ids:
            return True
    return False


def paths_of(view: View, attachment: Post) -> Sequence[str]:
    """The paths of an attachment's files: those that are noted, and those that its metadata names."""
    main = str(attachment.first_meta("_wp_attached_file"))
    folder = f"{main.rpartition('/')[0]}/".lstrip("/")
    metadata = metadata_of(attachment)
    names = [metadata.get("original_image")]
    for sizes in (metadata.get("sizes"), attachment.first_meta("_wp_attachment_backup_sizes", {})):
        names += [table(size).get("file") for size in table(sizes).values()]
    named = [main, *(f"{folder}{name}" for name in names if isinstance(name, str) and name and "/" not in name)]
    noted = uploads.of_post(view.unit, attachment.id)
    strange = [path for path in named if path and path not in noted and uploads.known(view.unit, path)]
    return [path for path in dict.fromkeys((*noted, *named)) if path and path not in strange]
