"""What is taken out of the site with a post, and how it comes back as it was.

A post goes with its revisions, comments, menu entries, and the media that came with it (`media`).  All of it is kept
as rows that nothing reads but `put_back`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from wirepress.content import options
from wirepress.content.media import library
from wirepress.content.newsroom import View
from wirepress.content.posts import publishing, trash
from wirepress.content.posts.naming import unique
from wirepress.content.rendering import refresh
from wirepress.content.takedowns.media import paths_of
from wirepress.model.comment import Comment
from wirepress.model.post import Post
from wirepress.model.takedown import KeptFile
from wirepress.store import comments, uploads, whole_posts
from wirepress.store import posts as store

Row = tuple[str, dict[str, Any]]
"""A row that is kept, and of what kind: `post`, `comment`, or the `place` of the post among the others."""
_FRONT = {"show_on_front": "posts", "page_on_front": "0", "page_for_posts": "0"}
"""What these options are once a page that they named has left."""


def rows_of(view: View, post: Post, media: Sequence[Post]) -> list[Row]:
    """All that is taken out of the site with a post, in the order in which it is put back."""
    found: list[Post] = []
    for one in (post, *media):
        found += (one, *store.load(view.unit, store.children(view.unit, one.id, ("revision",))).values())
    found += [item for one in (post, *media) for item in trash.menu_items_of(view, one.id)]
    rows: list[Row] = [("place", _place(view, post))]
    rows += [("post", whole_posts.taken(view.unit, one)) for one in found]
    for one in (post, *media):
        said = comments.of_post(view.unit, one.id)
        rows += [("comment", {**asdict(comment), "meta": dict(comment.meta)}) for comment in said]
    return rows


def _place(view: View, post: Post) -> dict[str, Any]:
    """What others say of a post: what stands under it, leads with it, and which options name it."""
    names = [name for name in ("page_on_front", "page_for_posts") if view.site.number(name) == post.id]
    front = {name: view.site.option(name) for name in names if post.type == "page"}
    if "page_on_front" in front:
        front["show_on_front"] = view.site.option("show_on_front")
    revisions = store.children(view.unit, post.id, ("revision",))
    led = store.users_of(view.unit, post.id, 1000) if post.type == "attachment" else ()
    leads = [one.id for one in store.load(view.unit, led).values() if one.thumbnail == post.id]
    under = [child for child in store.children(view.unit, post.id) if child not in revisions]
    return {"under": under, "leads": leads, "sticky": post.id in view.site.sticky, "front": front}


def files_of(view: View, attachments: Sequence[Post]) -> list[KeptFile]:
    """The files of attachments, with what is noted of them."""
    found = []
    for attachment in attachments:
        noted = {path: (size, sha256) for path, size, sha256 in uploads.facts_of_post(view.unit, attachment.id)}
        for path in paths_of(view, attachment):
            size, sha256 = noted.get(path, (0, ""))
            found.append(KeptFile(path, attachment.id, size, sha256))
    return found


def take_out(view: View, post: Post, media: Sequence[Post]) -> None:
    """Removes a post and its media; their files go with the commit, but those that were set aside before are kept."""
    for one in (post, *media):
        if one.type == "attachment":
            library.delete(view, one.id)
        else:
            trash.delete(view, one.id, remembered=False)  # what its address says is up to the take-down


# ---- back again


def put_back(view: View, rows: Sequence[Row]) -> Post:
    """Puts everything back, under the ids that it had.  Its slug is another one where somebody has it by now."""
    place: Mapping[str, Any] = next((row for kind, row in rows if kind == "place"), {})
    posts = [row for kind, row in rows if kind == "post"]
    for row in posts:
        whole_posts.put_back(view.unit, _fitting(view, whole_posts.read(row)), row)
    said = [Comment(**row) for kind, row in rows if kind == "comment"]
    if said:
        comments.put_back(view.unit, said)
    main = publishing.existing(view, int(posts[0]["id"]))
    _take_place(view, main, place)
    refresh(view, [int(row["id"]) for row in posts if row["type"] != "revision"])
    return publishing.existing(view, main.id)


def put_files_back(view: View, folder: str, files: Sequence[KeptFile]) -> None:
    """Has files that were set aside back in their places with the commit."""
    for file in files:
        if view.staged.bring_back(file.path, folder, file.size, file.sha256) and file.sha256:
            uploads.note_known(view.unit, file.path, file.post, file.size, file.sha256)


def _fitting(view: View, post: Post) -> Post:
    """A post as it can be among those that are there by now."""
    if post.type == "revision":
        return post
    if post.parent and store.get(view.unit, post.parent) is None:
        post = replace(post, parent=0)
    if post.author and view.lookup.user(post.author) is None:
        post = replace(post, author=0)
    return replace(post, slug=unique(view, post, post.slug, own=post.slug))


def _take_place(view: View, post: Post, place: Mapping[str, Any]) -> None:
    """Gives a post what it had among others, as far as nobody has changed that since."""
    for child in store.load(view.unit, place.get("under", ())).values():
        if child.parent == post.parent and child.id != post.id:
            store.update(view.unit, child.id, parent=post.id)
    for leading in store.load(view.unit, place.get("leads", ())).values():
        if not leading.thumbnail:
            store.update(view.unit, leading.id, meta={**leading.meta, "_thumbnail_id": [str(post.id)]})
    if place.get("sticky"):
        publishing.stick(view, post.id, sticky=True)
    for name, value in place.get("front", {}).items():
        if str(view.site.option(name)) == _FRONT[name]:
            options.set(view.unit, name, value)
