"""Writing posts: `wp.newPost`, `wp.editPost` and `wp.deletePost`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from wirepress.content import terms
from wirepress.content.media import library
from wirepress.content.people import users
from wirepress.content.posts import publishing, trash
from wirepress.content.posts.assigning import FORMATS
from wirepress.content.posts.changes import Changes
from wirepress.content.posts.cleaning import Cleaned, clean_ahead
from wirepress.model.errors import WirepressError
from wirepress.model.post import Post
from wirepress.model.registry import PostType, Taxonomy
from wirepress.model.term import Term
from wirepress.render.values import to_boolean
from wirepress.wp.xmlrpc import values
from wirepress.wp.xmlrpc.call import Call
from wirepress.wp.xmlrpc.faults import Fault, forbidden, missing
from wirepress.wp.xmlrpc.media import thumbnail
from wirepress.wp.xmlrpc.post_types import page_template
from wirepress.wp.xmlrpc.post_values import Struct
from wirepress.wp.xmlrpc.posts import remove as put_away
from wirepress.wp.xmlrpc.posts import writable_kind
from wirepress.wp.xmlrpc.terms import refuse_many, refuse_many_new, with_fields
from wirepress.wp.xmlrpc.values import Value

TEXTS: Final = {"post_title": "title", "post_content": "content", "post_excerpt": "excerpt"}
ENCLOSURE: Final = "enclosure"


def ahead(call: Call, texts: Mapping[str, str | None]) -> Cleaned | None:
    """Long texts, cleaned before a write begins; None for who may write nothing at all, whom the write refuses."""
    if not any(call.may(kind.capabilities["edit_posts"]) for kind in call.site.registry.types.values()):
        return None
    return clean_ahead(call.view, call.viewer, texts)


def cleaned_ahead(call: Call, place: int = 3) -> Cleaned | None:
    """The long texts of a call, cleaned before its write begins."""
    given = call.struct(place)
    sent = {name: values.text(given[key]) for key, name in TEXTS.items() if key in given}
    return ahead(call, sent)


def create(call: Call) -> Value:
    """`wp.newPost`: the id of the new post."""
    given = dict(call.struct(3))
    given.pop("ID", None)
    name = values.text(given["post_type"]) if "post_type" in given else "post"
    kind = writable_kind(call, name)
    if name == "attachment":
        raise Fault(403, "A file comes in by wp.uploadFile.")
    call.need(kind.capabilities["create_posts"], message="You may not write posts of this type.")
    blank = Post(0, name, "draft", author=call.viewer.id)
    return str(written(call, kind, None, blank, given).id)


def edit(call: Call) -> Value:
    """`wp.editPost`."""
    given = dict(call.struct(4))
    post = call.post(call.number(3))
    since = call.stamp(given, "if_not_modified_since")
    if since is not None and post.modified_gmt > since:
        raise Fault(409, "There is a newer version of this post.")
    call.need("edit_post", post, message="You may not edit this post.")
    if "post_type" in given and values.text(given["post_type"]) != post.type:
        raise forbidden("The type of a post cannot be changed.")
    written(call, writable_kind(call, post.type), post, post, given)
    return True


def remove(call: Call) -> Value:
    """`wp.deletePost` and `wp.deleteFile`: into the trash, or for good where a post lies there already; a file goes
    for good at once."""
    post = call.post(call.number(3))
    call.need("delete_post", post, message="You may not delete this post.")
    if post.type == "attachment":
        library.delete(call.view, post.id)
    else:
        put_away(call, post)
    return True


# ---- what is sent


def written(call: Call, kind: PostType, before: Post | None, post: Post, given: Struct) -> Post:
    """A post as a call writes it: `before` None for a new one.  Raises Fault for what cannot be, or is not theirs."""
    texts = _texts(given)
    if before is None:  # a new one takes no comments where nothing else is said, whatever the site has as its default
        texts = {"title": "", "content": "", "excerpt": "", "comment_status": "closed"} | texts
    changes = Changes(ahead=call.prepared, **texts)
    changes = replace(changes, status=_status(call, kind, before, given), author=_author(call, kind, post, given))
    changes = replace(
        changes, password=_password(call, kind, given), **_dates(call, given), **_plain(kind, before, given)
    )
    changes = replace(changes, sticky=sticky(call, kind, before, given, changes))
    if "post_thumbnail" in given:
        changes = replace(changes, thumbnail=thumbnail(call, given["post_thumbnail"]))
    changes = replace(changes, terms=_terms(call, kind, given), format=_format(given))
    return kept(call, kind, before, changes, given)


def kept(call: Call, kind: PostType, before: Post | None, changes: Changes, given: Struct) -> Post:
    """The post that the content makes of changes, with its custom fields.

    A new one begins as an empty draft, as in WordPress: so it is dated as changed now, and has a revision.
    """
    meta = with_fields(dict(before.meta) if before is not None else {}, given.get("custom_fields"))
    meta |= _enclosed(meta, given.get(ENCLOSURE))
    known = dict(before.meta) if before is not None else {}
    fields = {key: meta.get(key, []) for key in {*meta, *known} if meta.get(key, []) != list(known.get(key, []))}
    if fields:
        changes = replace(changes, meta={**(changes.meta or {}), **fields})
    try:
        if before is None:
            blank = Changes(title="Auto Draft", status="auto-draft")
            before = publishing.create(call.view, call.viewer, kind.name, blank)
        if changes.status == "trash":
            publishing.update(call.view, call.viewer, before.id, replace(changes, status=None))
            return trash.trash(call.view, call.viewer, before.id)
        return publishing.update(call.view, call.viewer, before.id, changes)
    except WirepressError as error:
        raise Fault(500, error.message) from error


def _texts(given: Struct) -> dict[str, Any]:
    return {name: values.text(given[key]) for key, name in TEXTS.items() if key in given}


def _plain(kind: PostType, before: Post | None, given: Struct) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if "post_name" in given:
        found["slug"] = values.text(given["post_name"])
    if "post_parent" in given:
        found["parent"] = abs(values.number(given["post_parent"]))
    if "menu_order" in given and before is not None:
        found["menu_order"] = values.number(given["menu_order"])
    for key in ("comment_status", "ping_status"):
        if (word := values.text(given.get(key))) in ("open", "closed"):
            found[key] = word
    if "post_mime_type" in given and kind.name == "attachment":
        found["mime_type"] = values.text(given["post_mime_type"])
    if "wp_page_template" in given and kind.name == "page":
        found["template"] = page_template(values.text(given["wp_page_template"]))
    return found


def _status(call: Call, kind: PostType, before: Post | None, given: Struct) -> str | None:
    """The status.  Raises Fault for one that whoever calls may not give."""
    if "post_status" not in given:
        return None if before is not None else "draft"
    name = values.text(given["post_status"])
    status = call.site.status(name)
    if status is None:
        return "draft"
    if status.internal:
        return _internal_status(call, before, name)
    if status.private:
        call.need(kind.capabilities["publish_posts"], message="You may not write private posts of this type.")
    elif status.public or name == "future":
        call.need(kind.capabilities["publish_posts"], message="You may not publish posts of this type.")
    return name


def _internal_status(call: Call, before: Post | None, name: str) -> str | None:
    """A status that the newsroom gives: a person may send back the one that a post has, and put a post into the trash.
    Raises Fault for any other."""
    if before is not None and name == before.status:
        return None
    if before is None or name != "trash":
        raise forbidden("This status is given to no post.")
    call.need("delete_post", before, message="You may not delete this post.")
    return name


def _author(call: Call, kind: PostType, post: Post, given: Struct) -> int | None:
    """Whose post it is.  Raises Fault where it is given to somebody else by who may not, or to nobody."""
    author = abs(values.number(given.get("post_author")))
    if not author or author == post.author:
        return None
    call.need(kind.capabilities["edit_others_posts"], message="You may not write posts as somebody else.")
    if users.get(call.view, author) is None:
        raise missing("There is no such author.")
    return author


def _password(call: Call, kind: PostType, given: Struct) -> str | None:
    if "post_password" not in given:
        return None
    word = values.text(given["post_password"])
    if word:
        call.need(kind.capabilities["publish_posts"], message="You may not give posts of this type a password.")
    return word


def _dates(call: Call, given: Struct) -> dict[str, Any]:
    """The date: the one in UTC counts where both are sent."""
    for key, is_utc in (("post_date_gmt", True), ("post_date", False)):
        if values.is_true(given.get(key)):
            stamp = call.stamp(given, key)
            if stamp is None:
                return {}
            if is_utc or (isinstance(given[key], values.Date) and given[key].utc):
                return {"date": call.site.to_local(stamp), "date_gmt": stamp}
            return {"date": stamp, "date_gmt": call.site.to_gmt(stamp)}
    return {}


def sticky(
    call: Call, kind: PostType, before: Post | None, given: Struct, changes: Changes
) -> bool | None:  # fmt: skip
    """Whether a post is put on top.  Raises Fault for one that not everybody may read, and where they may not."""
    if kind.name != "post":
        return None
    status, word = changes.status, changes.password
    if before is not None:
        status, word = status or before.status, before.password if word is None else word
    if status == "private" or word:
        if values.is_true(given.get("sticky")):
            raise forbidden("A post that not everybody may read cannot be put on top.")
        return False if before is not None else None
    if "sticky" not in given:
        return None
    call.need(kind.capabilities["edit_others_posts"], message="You may not put posts on top.")
    return to_boolean(given["sticky"])


def _format(given: Struct) -> str | None:
    if "post_format" not in given:
        return None
    name = values.text(given["post_format"])
    return name if name in FORMATS else "standard"


def _enclosed(meta: Struct, given: Value) -> Struct:
    """The files that a post encloses, with another one that is sent."""
    file = values.struct(given)
    if not {"url", "length", "type"} <= file.keys():
        return {}
    line = f"{values.text(file['url'])}\n{values.text(file['length'])}\n{values.text(file['type'])}\n"
    known = [str(one) for one in meta.get(ENCLOSURE, ())]
    return {} if line in known else {ENCLOSURE: [*known, line]}


# ---- terms


def _terms(call: Call, kind: PostType, given: Struct) -> dict[str, list[int]] | None:
    """The terms by taxonomy: by their ids, or by their names, of which those of nothing are made.

    Raises Fault for a taxonomy that posts of the type do not have, a term that there is not, what whoever calls may
    not do, and more than is looked up while others wait to write.
    """
    by_id, by_name = values.struct(given.get("terms")), values.struct(given.get("terms_names"))
    if not by_id and not by_name:
        return None
    known = {taxonomy.name: taxonomy for taxonomy in call.site.registry.taxonomies_of(kind.name)}
    refuse_many([one for named in (by_id, by_name) for several in named.values() for one in values.items(several)])
    found: dict[str, list[int]] = {}
    for name, ids in by_id.items():
        taxonomy = _assignable(call, known, name)
        found[name] = [_known_term(call, taxonomy, values.number(one)) for one in values.items(ids)]
    by_word = {}
    for name, words in by_name.items():
        taxonomy = _assignable(call, known, name)
        by_word[name] = {word: _named_term(call, taxonomy, word) for word in map(values.text, values.items(words))}
    refuse_many_new(sum(term is None for named in by_word.values() for term in named.values()))
    for name, named in by_word.items():
        ids_of_names = [(term or _new_term(call, known[name], word)).id for word, term in named.items()]
        found[name] = [*found.get(name, []), *ids_of_names]
    return found


def _assignable(call: Call, known: dict[str, Taxonomy], name: str) -> Taxonomy:
    if name not in known:
        raise forbidden("Posts of this type have no terms of one of these taxonomies.")
    call.need(known[name].capabilities["assign_terms"], message="You may not assign terms of one of these taxonomies.")
    return known[name]


def _known_term(call: Call, taxonomy: Taxonomy, term_id: int) -> int:
    if term_id <= 0 or terms.get(call.view, taxonomy.name, term_id) is None:
        raise forbidden("There is no such term.", 403)
    return term_id


def _named_term(call: Call, taxonomy: Taxonomy, word: str) -> Term | None:
    """The term of a name, None where it has to be made.  In a hierarchy several may have it, and none is meant then."""
    if taxonomy.hierarchical and terms.namesakes(call.view, taxonomy.name, terms.clean_name(word)) > 1:
        raise forbidden("Several terms of a hierarchy have this name; use their ids.")
    term = terms.of_name(call.view, taxonomy.name, word)
    if term is None:
        call.need(taxonomy.capabilities["edit_terms"], message="You may not make terms of one of these taxonomies.")
    return term


def _new_term(call: Call, taxonomy: Taxonomy, word: str) -> Term:
    """A new term, or the one that another word of the same call has made."""
    try:
        return terms.of_name(call.view, taxonomy.name, word) or terms.create(call.view, taxonomy.name, word)
    except WirepressError as error:
        raise Fault(500, error.message) from error
