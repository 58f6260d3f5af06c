"""The methods of the MetaWeblog API, and pages as they are in its words: writing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from wirepress.content import terms
from wirepress.content.people import users
from wirepress.content.posts.changes import Changes
from wirepress.content.posts.cleaning import Cleaned
from wirepress.model.post import Post
from wirepress.model.registry import PostType
from wirepress.wp.xmlrpc import values
from wirepress.wp.xmlrpc.call import Call
from wirepress.wp.xmlrpc.faults import Fault, forbidden, missing
from wirepress.wp.xmlrpc.media import thumbnail
from wirepress.wp.xmlrpc.post_types import page_template
from wirepress.wp.xmlrpc.post_values import Struct
from wirepress.wp.xmlrpc.posts import remove as put_away
from wirepress.wp.xmlrpc.terms import in_categories, known_by_name, listed, refuse_many_new
from wirepress.wp.xmlrpc.values import Date, Value
from wirepress.wp.xmlrpc.writes import ahead, kept, sticky

_STATUSES: Final = ("draft", "private", "publish", "pending")
_WRITABLE: Final = ("post", "page")


def cleaned_ahead(call: Call, place: int = 3) -> Cleaned | None:
    """The long texts of a call, cleaned before its write begins."""
    given = call.struct(place)
    sent = {"title": values.text(given.get("title")), "content": _content(given), "excerpt": _text(given, "mt_excerpt")}
    return ahead(call, sent)


def page_cleaned_ahead(call: Call) -> Cleaned | None:
    """The same of `wp.editPage`."""
    return cleaned_ahead(call, 4)


def create(call: Call) -> Value:
    """`metaWeblog.newPost`: the id of the new post, which may be a page."""
    return _created(call, call.struct(3), publishes=values.is_true(call.at(4)))


def create_page(call: Call) -> Value:
    """`wp.newPage`."""
    return _created(call, {**call.struct(3), "post_type": "page"}, publishes=values.is_true(call.at(4)))


def _created(call: Call, given: Struct, *, publishes: bool) -> str:
    kind = _kind(call, values.text(given["post_type"]) if values.is_true(given.get("post_type")) else "post")
    allowed = "publish_posts" if publishes else "edit_posts"
    call.need(kind.capabilities[allowed], message="You may not write posts of this type.")
    if publishes and not call.may(kind.capabilities["create_posts"]):
        raise forbidden("You may not write posts of this type.")
    _need_to_publish(call, kind, given, publishes=publishes)
    changes = replace(
        _changes(call, kind, None, given, publishes=publishes),
        author=_author(call, kind, call.viewer.id, given) or call.viewer.id,
    )
    return str(kept(call, kind, None, changes, given).id)


def edit(call: Call) -> Value:
    """`metaWeblog.editPost`."""
    post = call.post(call.number(0))
    call.need("edit_post", post, message="You may not edit this post.")
    if post.type not in _WRITABLE:
        raise forbidden("Posts of this type are not written so.")
    given = call.struct(3)
    if "post_type" in given and values.text(given["post_type"]) != post.type:
        raise forbidden("The type of a post cannot be changed.")
    _changed(call, post, given, publishes=values.is_true(call.at(4)))
    return True


def edit_page(call: Call) -> Value:
    """`wp.editPage`."""
    post = call.post(call.number(1))
    if post.type != "page":
        raise missing("There is no such page.")
    call.need("edit_page", post, message="You may not edit this page.")
    _changed(call, post, call.struct(4), publishes=values.is_true(call.at(5)))
    return True


def delete_page(call: Call) -> Value:
    """`wp.deletePage`."""
    post = call.view.lookup.post(call.number(3)) if call.number(3) > 0 else None
    if post is None or post.type != "page":
        raise missing("There is no such page.")
    call.need("delete_page", post, message="You may not delete this page.")
    put_away(call, post)
    return True


def _changed(call: Call, post: Post, given: Struct, *, publishes: bool) -> None:
    kind = _kind(call, post.type)
    author = _author(call, kind, post.author, given)
    _need_to_publish(call, kind, given, publishes=publishes)
    changes = replace(_changes(call, kind, post, given, publishes=publishes), author=author)
    kept(call, kind, post, changes, given)


# ---- what is sent


def _kind(call: Call, name: str) -> PostType:
    kind = call.site.type(name)
    if kind is None or name not in _WRITABLE:
        raise Fault(401, "There is no such post type.")
    return kind


def _text(given: Struct, name: str) -> str | None:
    return values.text(given[name]) if name in given else None


def _content(given: Struct) -> str | None:
    """The content, of which the part behind the fold may come by itself."""
    text, more = _text(given, "description"), values.text(given.get("mt_text_more"))
    return f"{text or ''}<!--more-->{more}" if more else text


def _changes(call: Call, kind: PostType, before: Post | None, given: Struct, *, publishes: bool) -> Changes:
    """The changes to a post, but for its author."""
    texts: dict[str, Any] = {
        "title": _text(given, "title"),
        "content": _content(given),
        "excerpt": _text(given, "mt_excerpt"),
    }
    if before is None:
        texts = {name: text or "" for name, text in texts.items()}
    changes = Changes(
        **texts,
        slug=_text(given, "wp_slug"),
        password=_text(given, "wp_password"),
        status=_status(kind, given, publishes=publishes),
        ahead=call.prepared,
        **_dates(call, given),
        **_discussion(call, kind, given),
        **_place(kind, given),
    )
    changes = replace(changes, sticky=sticky(call, kind, before, given, changes))
    changes = replace(changes, terms=_terms(call, kind, before, given))
    if values.is_true(given.get("mt_tb_ping_urls")):
        urls = " ".join(values.text(one) for one in values.items(given["mt_tb_ping_urls"]))
        changes = replace(changes, columns={"to_ping": "\n".join(listed(urls))})
    if "wp_post_thumbnail" in given:
        changes = replace(changes, thumbnail=thumbnail(call, given["wp_post_thumbnail"]))
    if "wp_post_format" in given:
        changes = replace(changes, format=values.text(given["wp_post_format"]))
    return changes


def _status(kind: PostType, given: Struct, *, publishes: bool) -> str:
    status = values.text(given.get(f"{kind.name}_status"))
    if status in _STATUSES:
        return status
    return "publish" if publishes else "draft"


def _need_to_publish(call: Call, kind: PostType, given: Struct, *, publishes: bool) -> None:
    """Raises Fault where a post would become public or private, whatever says so, and whoever calls may not do that."""
    if _status(kind, given, publishes=publishes) in ("publish", "private"):
        call.need(kind.capabilities["publish_posts"], message="You may not publish posts of this type.")


def _author(call: Call, kind: PostType, now: int, given: Struct) -> int | None:
    """Whose post it becomes.  Raises Fault where it is given to somebody else by who may not, or to nobody."""
    if "wp_author_id" not in given:
        return None
    author = values.number(given["wp_author_id"])
    if author != now:
        call.need(kind.capabilities["edit_others_posts"], message="You may not write posts as somebody else.")
        if author <= 0 or users.get(call.view, author) is None:
            raise missing("There is no such author.")
    return author


def _dates(call: Call, given: Struct) -> dict[str, Any]:
    """The date: the one in UTC counts where both are sent."""
    for key, is_utc in (("date_created_gmt", True), ("dateCreated", False)):
        value = given.get(key)
        if not values.is_true(value):
            continue
        stamp = call.stamp(given, key)
        if stamp is None:
            return {}
        if is_utc or (isinstance(value, Date) and value.utc):
            return {"date": call.site.to_local(stamp), "date_gmt": stamp}
        return {"date": stamp, "date_gmt": call.site.to_gmt(stamp)}
    return {}


def _discussion(call: Call, kind: PostType, given: Struct) -> dict[str, Any]:
    """Whether a post takes comments and pings: by words or, as older programs have it, by numbers."""
    found = {}
    for key, name in (("mt_allow_comments", "comment_status"), ("mt_allow_pings", "ping_status")):
        if key in given:
            default = str(call.site.option(f"default_{name}")) if kind.name == "post" else "closed"
            found[name] = _state(given[key], default)
    return found


def _state(value: Value, default: str) -> str:
    if values.is_numeric(value) or isinstance(value, bool):
        number = values.number(value)
        if number in (0, 2):
            return "closed"
        return "open" if number == 1 else default
    word = values.text(value)
    return word if word in ("open", "closed") else default


def _place(kind: PostType, given: Struct) -> dict[str, Any]:
    """Where a page stands."""
    found: dict[str, Any] = {}
    if "wp_page_parent_id" in given:
        found["parent"] = values.number(given["wp_page_parent_id"])
    if "wp_page_order" in given:
        found["menu_order"] = values.number(given["wp_page_order"])
    if kind.name == "page" and values.is_true(given.get("wp_page_template")):
        found["template"] = page_template(values.text(given["wp_page_template"]))
    return found


def _terms(call: Call, kind: PostType, before: Post | None, given: Struct) -> dict[str, list[int]] | None:
    """Categories by their names, of which those of nothing are passed over; tags, which are made.  A change that names
    no tags takes those away that there are."""
    if kind.name != "post":
        return None
    found: dict[str, list[int]] = {}
    if isinstance(given.get("categories"), list) and (given["categories"] or before is None):
        named = known_by_name(call, "category", map(values.text, given["categories"]))
        found["category"] = in_categories(call, [term.id for term in named.values() if term is not None])
    if values.is_true(given.get("mt_keywords")) or before is not None:
        sent = given.get("mt_keywords")
        words = sent if isinstance(sent, list) else listed(values.text(sent), ",")
        found["post_tag"] = _tags(call, [word for one in words if (word := values.text(one).strip())])
    return found or None


def _tags(call: Call, words: list[str]) -> list[int]:
    """The tags of names, of which those of nothing are made.  Raises Fault where they are too many."""
    known = known_by_name(call, "post_tag", words)
    refuse_many_new(sum(term is None for term in known.values()))
    return [(term or terms.find_or_create(call.view, "post_tag", word)).id for word, term in known.items()]
