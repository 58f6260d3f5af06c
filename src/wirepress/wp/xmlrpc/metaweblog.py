"""The methods of the MetaWeblog API, and pages as they are in its words: reading."""

from __future__ import annotations

from typing import Any

from wirepress.content.comments.writing import open_for_comments
from wirepress.content.newsroom import View
from wirepress.model.post import Post
from wirepress.model.query import PostQuery
from wirepress.wp.xmlrpc import values
from wirepress.wp.xmlrpc.call import Call
from wirepress.wp.xmlrpc.faults import missing
from wirepress.wp.xmlrpc.post_values import (
    author_name,
    custom_fields,
    enclosure,
    format_of,
    gmt,
    parts,
    shown_status,
    terms_of,
)
from wirepress.wp.xmlrpc.posts import MOST, editable, found, recent, size_of
from wirepress.wp.xmlrpc.values import Value, date

ANY = ("publish", "future", "draft", "pending", "private")
"""Every status but those that no search finds."""


def one(call: Call) -> Value:
    """`metaWeblog.getPost`."""
    post = editable(call, call.number(0))
    shown = _shown(call.view, post)
    shown["postid"] = post.id
    dates = {name: shown.pop(name) for name in ("date_modified", "date_modified_gmt")}
    sticky = {"sticky": shown.pop("sticky")}
    file = enclosure(post)
    shown |= sticky | dates | ({"enclosure": file} if file else {})
    shown["wp_post_thumbnail"] = post.thumbnail
    return shown


def many(call: Call) -> Value:
    """`metaWeblog.getRecentPosts`."""
    call.need("edit_posts", message="You may not edit posts.")
    return (
        {**_shown(call.view, post), "wp_post_thumbnail": post.thumbnail}
        for post in recent(call, size_of(call, call.at(3, 10)))
    )


def _shown(view: View, post: Post) -> dict[str, Any]:
    """What both show of a post."""
    before, behind, words = parts(post.content)
    link = view.lookup.permalink(post)
    tags = terms_of(view, post, ("post_tag",))
    return {
        "dateCreated": date(post.date),
        "userid": str(post.author),
        "postid": str(post.id),
        "description": before,
        "title": post.title,
        "link": link,
        "permaLink": link,
        "categories": [term.name for term in terms_of(view, post, ("category",))],
        "mt_excerpt": post.excerpt,
        "mt_text_more": behind,
        "wp_more_text": words,
        "mt_allow_comments": int(post.comment_status == "open"),
        "mt_allow_pings": int(post.ping_status == "open"),
        "mt_keywords": ", ".join(term.name for term in tags),
        "wp_slug": post.slug,
        "wp_password": post.password,
        "wp_author_id": str(post.author),
        "wp_author_display_name": author_name(view, post),
        "date_created_gmt": date(gmt(view, post.date, post.date_gmt)),
        "post_status": shown_status(post),
        "custom_fields": custom_fields(post.meta),
        "wp_post_format": format_of(post),
        "date_modified": date(post.modified),
        "date_modified_gmt": date(gmt(view, post.modified, post.modified_gmt)),
        "sticky": post.type == "post" and post.id in view.site.sticky,
    }


# ---- pages


def page(call: Call) -> Value:
    """`wp.getPage`."""
    found_page = editable_page(call, call.number(1))
    return page_value(call.view, found_page)


def editable_page(call: Call, page_id: int) -> Post:
    """The page of an id, which whoever calls may edit.  Raises Fault otherwise."""
    post = call.post(page_id)
    call.need("edit_page", post, message="You may not edit this page.")
    if post.type != "page":
        raise missing("There is no such page.")
    return post


def pages(call: Call) -> Value:
    """`wp.getPages`."""
    call.need("edit_pages", message="You may not edit pages.")
    wanted = values.number(call.at(3, 10))
    number = MOST if wanted < 0 else size_of(call, wanted)
    query = PostQuery(types=("page",), statuses=ANY, per_page=number, with_total=False)
    return (page_value(call.view, post) for post in found(call, query))


def page_list(call: Call) -> Value:
    """`wp.getPageList`: all pages, without their texts."""
    call.need("edit_pages", message="You may not edit pages.")
    everything = tuple(call.site.registry.statuses)
    query = PostQuery(
        types=("page",),
        statuses=everything,
        per_page=size_of(call, 10_000),
        orderby="id",
        order="asc",
        with_total=False,
    )
    return (
        {
            "page_id": str(post.id),
            "page_title": post.title,
            "page_parent_id": str(post.parent),
            "dateCreated": date(post.date),
            "date_created_gmt": date(gmt(call.view, post.date, post.date_gmt)),
        }
        for post in found(call, query)
    )


def page_value(view: View, post: Post) -> dict[str, Any]:
    """A page as `wp.getPage` shows it."""
    before, behind, _ = parts(post.content)
    link, above = view.lookup.permalink(post), view.lookup.post(post.parent) if post.parent else None
    name = author_name(view, post)
    return {
        "dateCreated": date(post.date),
        "userid": str(post.author),
        "page_id": post.id,
        "page_status": post.status,
        "description": before,
        "title": post.title,
        "link": link,
        "permaLink": link,
        "categories": [term.name for term in terms_of(view, post, ("category",))],
        "excerpt": post.excerpt,
        "text_more": behind,
        "mt_allow_comments": int(open_for_comments(view, post)),
        "mt_allow_pings": int(post.ping_status == "open"),
        "wp_slug": post.slug,
        "wp_password": post.password,
        "wp_author": name,
        "wp_page_parent_id": post.parent,
        "wp_page_parent_title": above.title if above is not None else "",
        "wp_page_order": post.menu_order,
        "wp_author_id": str(post.author),
        "wp_author_display_name": name,
        "date_created_gmt": date(gmt(view, post.date, post.date_gmt)),
        "custom_fields": custom_fields(post.meta),
        "wp_page_template": str(post.first_meta("_wp_page_template")) or "default",
    }
