"""`upload.php?item=ID`: one file of the library, its words, where it is used, and what it hangs on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wirepress.admin import files, lists, moments, pages, people
from wirepress.admin.plain import as_typed
from wirepress.admin.visit import Visit
from wirepress.content.media import library
from wirepress.content.media import reading as media_reading
from wirepress.content.people import users
from wirepress.content.people.users import display_name
from wirepress.content.posts import publishing, reading
from wirepress.content.posts.changes import Changes
from wirepress.model.errors import Forbidden, Invalid, NotFound
from wirepress.model.post import Post
from wirepress.model.query import PostQuery
from wirepress.model.web import Response
from wirepress.render.strip import clean_line

ACTIONS = ("save", "attach", "detach")
MOST_FOUND = 10
_HIDDEN = ("trash", "auto-draft", "inherit")


def of(visit: Visit) -> Post:
    """The file that the address names.  Raises NotFound where there is none that may be seen."""
    number = visit.asked.number("item")
    found = reading.items(visit.view, visit.viewer, (number,))
    if not found or found[0].type != "attachment":
        raise NotFound("no_file", "There is no such file.")
    return found[0]


def show(visit: Visit, typed: Mapping[str, str] | None = None, error: str = "") -> Response:
    """The page of a file; a form that was refused comes back with what was typed."""
    post = of(visit)
    before, after = media_reading.beside(visit.view, post)
    editable = visit.may("edit_post", post)
    author = visit.view.lookup.user(post.author)
    find, missing = visit.asked.text("find").strip()[:200], files.missing(visit, post)
    return pages.page(
        visit,
        "media-item.html",
        files.title_of(visit, post),
        status=400 if error else 200,
        error=error,
        post=post,
        kind=files.kind_of(post),
        kind_name=files.kind_name(visit, post),
        picture=files.large(visit, post),
        address=files.address_of(visit, post),
        words=typed or _words(post),
        facts=_facts(visit, post, display_name(author) if author else ""),
        editable=editable,
        missing=missing,
        croppable=editable and not missing and files.editable(post),
        deletable=visit.may("delete_post", post),
        authors=_authors(visit, post) if editable and _may_give(visit) else (),
        parent=parent_of(visit, post),
        detachable=editable and _may_detach(visit, post),
        find=find,
        found=_found(visit, find) if find and editable else (),
        uses=_uses(visit, post),
        before=visit.address("upload.php", item=before) if before else "",
        after=visit.address("upload.php", item=after) if after else "",
        here=visit.address("upload.php", item=post.id),
    )


def _words(post: Post) -> Mapping[str, str]:
    """What people wrote of a file, by the fields of its form (WordPress's names)."""
    return {
        "post_title": as_typed(post.title),
        "alt": str(post.first_meta(library.ALT)),
        "excerpt": post.excerpt,
        "content": post.content,
        "post_author": str(post.author),
    }


def _facts(visit: Visit, post: Post, author: str) -> Sequence[tuple[str, str]]:
    when = moments.full(visit, post.date_gmt)
    added = visit.say("%(when)s by %(author)s", when=when, author=author) if author else when
    found = [
        (visit.say("Name"), files.name_of(post)),
        (visit.say("Type"), post.mime_type),
        (visit.say("Size"), files.weight(visit, post)),
        (visit.say("Dimensions"), _pixels(visit, post)),
        (visit.say("Length"), files.length_of(post)),
        (visit.say("Added"), added),
    ]
    return [(name, text) for name, text in found if text]


def _pixels(visit: Visit, post: Post) -> str:
    measured = files.measures(post)
    return visit.say("%(measures)s pixels", measures=measured) if measured else ""


def _may_give(visit: Visit) -> bool:
    """Whether a file may be given to another author (as the API asks it)."""
    return visit.may("edit_others_posts")


def _authors(visit: Visit, post: Post) -> Sequence[tuple[int, str]]:
    """Who can be the author of a file: those who write, and whoever it is now."""
    known = {user.id: display_name(user) for user in people.writers(visit)}
    if post.author not in known:
        author = visit.view.lookup.user(post.author)
        known = {post.author: display_name(author) if author else visit.say("(nobody)"), **known}
    return list(known.items())


# ---- what it hangs on, and where it is used


def parent_of(visit: Visit, post: Post) -> Mapping[str, Any] | None:
    """What a file hangs on, None for nothing."""
    parent = visit.view.lookup.post(post.parent) if post.parent else None
    if parent is None:
        return None
    return link_to(visit, parent)


def link_to(visit: Visit, post: Post) -> Mapping[str, Any]:
    """A post as a link: to where it is edited, else to its page; its title is said to those who may read it."""
    title = post.title.strip() or visit.say("(no title)")
    href = ""
    if visit.may("edit_post", post):
        href = visit.address("post.php", post=post.id, action="edit")
    elif not visit.may("read_post", post):
        title = visit.say("(a post that you may not read)")
    elif post.status == "publish":
        href = visit.view.lookup.permalink(post)
    kind, status = visit.site.type(post.type), visit.site.status(post.status)
    return {
        "id": post.id,
        "title": title,
        "href": href,
        "kind": visit.say(kind.singular) if kind else post.type,
        "status": visit.say(status.label) if status and post.status != "publish" else "",
        "when": moments.ago(visit, post.date_gmt),
    }


def _uses(visit: Visit, post: Post) -> Sequence[Mapping[str, Any]]:
    found = []
    for use in media_reading.uses(visit.view, visit.viewer, post):
        ways = []
        if use.featured:
            ways.append(visit.say("Featured image"))
        if use.within:
            ways.append(visit.say("In the text"))
        found.append({**link_to(visit, use.post), "ways": ways})
    return found


def _may_detach(visit: Visit, post: Post) -> bool:
    """Whether a file may be taken from what it hangs on (wp_media_attach_action asks for both)."""
    parent = visit.view.lookup.post(post.parent) if post.parent else None
    return bool(post.parent) and (parent is None or visit.may("edit_post", parent))


def _found(visit: Visit, words: str) -> Sequence[Mapping[str, Any]]:
    """Posts that a file could hang on: those that hold the words, and the one whose number they are."""
    kinds = tuple(kind.name for kind in visit.site.registry.types.values() if kind.public and kind.name != "attachment")
    statuses = tuple(name for name in visit.site.registry.statuses if name not in _HIDDEN)
    query = PostQuery(types=kinds, statuses=statuses, search=words, per_page=MOST_FOUND, with_total=False)
    ids = reading.browse(visit.view, visit.viewer, query).ids
    if words.isascii() and words.isdigit() and len(words) < 19:
        ids = (int(words), *ids)
    posts = reading.items(visit.view, visit.viewer, tuple(dict.fromkeys(ids)))
    return [link_to(visit, post) for post in posts if post.type in kinds and visit.may("edit_post", post)]


# ---- what is done


def act(visit: Visit, name: str) -> Response:
    post = of(visit)
    if not visit.may("edit_post", post):
        raise Forbidden("no_access", "You may not change this file.")
    if name == "save":
        return _save(visit, post)
    return _hang(visit, post, name)


def _save(visit: Visit, post: Post) -> Response:
    sent = visit.sent
    typed = {name: sent.text(name, text).replace("\r\n", "\n") for name, text in _words(post).items()}
    title = None if typed["post_title"] == as_typed(post.title) else typed["post_title"]
    changes = Changes(title=title, excerpt=typed["excerpt"], content=typed["content"])
    if _may_give(visit):
        author = sent.number("post_author")
        if author and author != post.author:
            if users.get(visit.view, author) is None:
                return show(visit, typed, visit.say("There is no such author."))
            changes = Changes(title=changes.title, excerpt=changes.excerpt, content=changes.content, author=author)
    try:
        publishing.update(visit.view, visit.viewer, post.id, changes)
    except Invalid as error:  # nothing is written before a change is known to be sound
        return show(visit, typed, visit.why(error))
    alt = clean_line(typed["alt"])
    if files.kind_of(post) == "image" and alt != post.first_meta(library.ALT):
        library.describe(visit.view, post.id, {library.ALT: [alt] if alt or library.ALT in post.meta else []})
    return pages.towards(visit, "upload.php", item=post.id, updated=1)


def _hang(visit: Visit, post: Post, name: str) -> Response:
    """Hangs a file on a post, or takes it from there."""
    if name == "detach":
        if not _may_detach(visit, post):
            raise Forbidden("no_access", "You may not change what this file is attached to.")
        publishing.update(visit.view, visit.viewer, post.id, Changes(parent=0, texts_stand=True))
        return pages.towards(visit, "upload.php", item=post.id, detach=1)
    [number] = lists.rows_of(visit, "parent")[:1] or (0,)
    parent = reading.get(visit.view, number) if number else None
    if parent is None or parent.type in ("attachment", "revision"):
        raise Invalid("no_post", "Choose a post that the file is to be attached to.")
    if not visit.may("edit_post", parent):
        raise Forbidden("no_access", "You may not change that post.")
    publishing.update(visit.view, visit.viewer, post.id, Changes(parent=parent.id, texts_stand=True))
    return pages.towards(visit, "upload.php", item=post.id, attached=1)
