"""The methods of Movable Type's API."""

from __future__ import annotations

from wirepress.content.comments import reading as comments
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.errors import WirepressError
from wirepress.model.query import CommentQuery, TermQuery
from wirepress.wp.xmlrpc import values
from wirepress.wp.xmlrpc.call import Call
from wirepress.wp.xmlrpc.comments import said
from wirepress.wp.xmlrpc.faults import Fault, missing
from wirepress.wp.xmlrpc.post_values import MOST_TERMS, gmt, terms_of
from wirepress.wp.xmlrpc.posts import editable, recent, size_of, writable_kind
from wirepress.wp.xmlrpc.terms import found, in_categories
from wirepress.wp.xmlrpc.values import Value, date


def titles(call: Call) -> Value:
    """`mt.getRecentPostTitles`."""
    return (
        {
            "dateCreated": date(post.date),
            "userid": str(post.author),
            "postid": str(post.id),
            "title": post.title,
            "post_status": post.status,
            "date_created_gmt": date(gmt(call.view, post.date, post.date_gmt)),
        }
        for post in recent(call, size_of(call, call.at(3, 10)))
    )


def categories(call: Call) -> Value:
    """`mt.getCategoryList`."""
    call.need("edit_posts", message="Only who writes here sees the categories.")
    query = TermQuery(("category",), per_page=MOST_TERMS)
    return [{"categoryId": term.id, "categoryName": term.name} for term in found(call, query)]


def of_post(call: Call) -> Value:
    """`mt.getPostCategories`: the first one counts as the primary."""
    post = editable(call, call.number(0))
    return [
        {"categoryName": term.name, "categoryId": str(term.id), "isPrimary": not place}
        for place, term in enumerate(terms_of(call.view, post, ("category",)))
    ]


def assign(call: Call) -> Value:
    """`mt.setPostCategories`."""
    post = editable(call, call.number(0))
    writable_kind(call, post.type)
    ids = [values.number(values.struct(one).get("categoryId")) for one in values.items(call.at(3))]
    known = in_categories(call, ids)
    try:
        publishing.update(call.view, call.viewer, post.id, Changes(terms={"category": known}))
    except WirepressError as error:
        raise Fault(500, error.message) from error
    return True


def publish(call: Call) -> Value:
    """`mt.publishPost`: the id of the post."""
    post = editable(call, call.number(0))
    kind = writable_kind(call, post.type)
    call.need(kind.capabilities["publish_posts"], message="You may not publish posts of this type.")
    try:
        publishing.update(call.view, call.viewer, post.id, Changes(status="publish"))
    except WirepressError as error:
        raise Fault(500, error.message) from error
    return post.id


def trackbacks(call: Call) -> Value:
    """`mt.getTrackbackPings`: what was said of a post elsewhere, pingbacks left out.  Nobody logs in for it: it tells
    of posts that everybody may read, and not from which address a trackback came."""
    alone = len(call.params) == 1 and call.number(0) > 0
    post = call.view.lookup.post(call.number(0)) if alone else None
    if post is None:
        raise missing()
    if not call.may_read(post):
        return []
    query = CommentQuery(posts=(post.id,), approved=("1",), types=("trackback",), per_page=1_000, order="asc")
    ids = comments.browse(call.view, query).ids
    return ({"pingTitle": one.author_name, "pingURL": one.author_url, "pingIP": ""} for one in said(call, ids))
