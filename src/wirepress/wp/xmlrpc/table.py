"""All methods by their names, in the order in which WordPress lists them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wirepress.wp.xmlrpc import (
    blogger,
    comments,
    media,
    metaweblog,
    metaweblog_writes,
    movabletype,
    people,
    pingback,
    post_types,
    posts,
    settings,
    terms,
    writes,
)
from wirepress.wp.xmlrpc.call import Call, Method
from wirepress.wp.xmlrpc.faults import Fault
from wirepress.wp.xmlrpc.values import Value


def _edits_ahead(call: Call) -> Value:
    return writes.cleaned_ahead(call, 4)


WORDPRESS: Final[Mapping[str, Method]] = {
    "wp.getUsersBlogs": Method(people.blogs, login=0, least=2),
    "wp.newPost": Method(writes.create, least=4, writes=True, prepare=writes.cleaned_ahead),
    "wp.editPost": Method(writes.edit, least=5, writes=True, prepare=_edits_ahead),
    "wp.deletePost": Method(writes.remove, least=4, writes=True),
    "wp.getPost": Method(posts.one, least=4),
    "wp.getPosts": Method(posts.many, least=3),
    "wp.newTerm": Method(terms.create, least=4, writes=True),
    "wp.editTerm": Method(terms.edit, least=5, writes=True),
    "wp.deleteTerm": Method(terms.remove, least=5, writes=True),
    "wp.getTerm": Method(terms.one, least=5),
    "wp.getTerms": Method(terms.many, least=4),
    "wp.getTaxonomy": Method(post_types.taxonomy, least=4),
    "wp.getTaxonomies": Method(post_types.taxonomies, least=3),
    "wp.getUser": Method(people.one, least=4),
    "wp.getUsers": Method(people.many, least=3),
    "wp.getProfile": Method(people.profile, least=3),
    "wp.editProfile": Method(people.edit_profile, least=4, writes=True),
    "wp.getPage": Method(metaweblog.page, login=2),
    "wp.getPages": Method(metaweblog.pages),
    "wp.newPage": Method(metaweblog_writes.create_page, writes=True, prepare=metaweblog_writes.cleaned_ahead),
    "wp.deletePage": Method(metaweblog_writes.delete_page, writes=True),
    "wp.editPage": Method(
        metaweblog_writes.edit_page, login=2, writes=True, prepare=metaweblog_writes.page_cleaned_ahead
    ),
    "wp.getPageList": Method(metaweblog.page_list),
    "wp.getAuthors": Method(people.authors),
    "wp.getCategories": Method(terms.categories),
    "wp.getTags": Method(terms.tags),
    "wp.newCategory": Method(terms.create_category, writes=True),
    "wp.deleteCategory": Method(terms.remove_category, writes=True),
    "wp.suggestCategories": Method(terms.suggested),
    "wp.uploadFile": Method(media.create, least=4, writes=True, prepare=media.prepare),
    "wp.deleteFile": Method(writes.remove, least=4, writes=True),
    "wp.getCommentCount": Method(comments.counted),
    "wp.getPostStatusList": Method(post_types.post_statuses),
    "wp.getPageStatusList": Method(post_types.page_statuses),
    "wp.getPageTemplates": Method(post_types.page_templates),
    "wp.getOptions": Method(settings.shown),
    "wp.setOptions": Method(settings.change, writes=True),
    "wp.getComment": Method(comments.one),
    "wp.getComments": Method(comments.many),
    "wp.deleteComment": Method(comments.remove, writes=True),
    "wp.editComment": Method(comments.edit, writes=True, prepare=comments.filtered_ahead),
    "wp.newComment": Method(comments.create, writes=True, prepare=comments.filtered_ahead),
    "wp.getCommentStatusList": Method(post_types.comment_statuses),
    "wp.getMediaItem": Method(media.one),
    "wp.getMediaLibrary": Method(media.many),
    "wp.getPostFormats": Method(post_types.formats),
    "wp.getPostType": Method(post_types.post_type, least=4),
    "wp.getPostTypes": Method(post_types.post_types, least=3),
    "wp.getRevisions": Method(posts.history, least=4),
    "wp.restoreRevision": Method(posts.restore, least=3, writes=True),
}
BLOGGER: Final[Mapping[str, Method]] = {
    "blogger.getUsersBlogs": Method(people.blogs, least=3),
    "blogger.getUserInfo": Method(people.info),
    "blogger.getPost": Method(blogger.one, login=2),
    "blogger.getRecentPosts": Method(blogger.many, login=2),
    "blogger.newPost": Method(blogger.create, login=2, writes=True, prepare=blogger.cleaned_ahead),
    "blogger.editPost": Method(blogger.edit, login=2, writes=True, prepare=blogger.cleaned_ahead),
    "blogger.deletePost": Method(blogger.delete, login=2, writes=True),
}
METAWEBLOG: Final[Mapping[str, Method]] = {
    "metaWeblog.newPost": Method(metaweblog_writes.create, writes=True, prepare=metaweblog_writes.cleaned_ahead),
    "metaWeblog.editPost": Method(metaweblog_writes.edit, writes=True, prepare=metaweblog_writes.cleaned_ahead),
    "metaWeblog.getPost": Method(metaweblog.one),
    "metaWeblog.getRecentPosts": Method(metaweblog.many),
    "metaWeblog.getCategories": Method(terms.categories),
    "metaWeblog.newMediaObject": Method(media.create, least=4, writes=True, prepare=media.prepare),
    "metaWeblog.deletePost": Method(blogger.delete, login=2, writes=True),
    "metaWeblog.getUsersBlogs": Method(people.blogs, least=3),
}
MOVABLE_TYPE: Final[Mapping[str, Method]] = {
    "mt.getCategoryList": Method(movabletype.categories),
    "mt.getRecentPostTitles": Method(movabletype.titles),
    "mt.getPostCategories": Method(movabletype.of_post),
    "mt.setPostCategories": Method(movabletype.assign, writes=True),
    "mt.supportedMethods": Method(lambda _: [*METHODS], login=None),
    "mt.supportedTextFilters": Method(lambda _: [], login=None),
    "mt.getTrackbackPings": Method(movabletype.trackbacks, login=None),
    "mt.publishPost": Method(movabletype.publish, writes=True),
}


def _sum(call: Call) -> Value:
    """`demo.addTwoNumbers`."""
    numbers = call.params
    if len(numbers) != 2 or any(isinstance(one, bool) or not isinstance(one, int) for one in numbers):
        raise Fault(400, "This method takes two whole numbers.")
    return numbers[0] + numbers[1]


OTHERS: Final[Mapping[str, Method]] = {
    "pingback.ping": Method(pingback.ping, login=None, writes=True, prepare=pingback.checked),
    "pingback.extensions.getPingbacks": Method(pingback.of_post, login=None),
    "demo.sayHello": Method(lambda _: "Hello!", login=None),
    "demo.addTwoNumbers": Method(_sum, login=None),
}
METHODS: Final[Mapping[str, Method]] = {**WORDPRESS, **BLOGGER, **METAWEBLOG, **MOVABLE_TYPE, **OTHERS}
_ARCHIVE: Final = "https://web.archive.org/web"
CAPABILITIES: Final = {
    "xmlrpc": {"specUrl": "https://xmlrpc.com/spec.md", "specVersion": 1},
    "faults_interop": {
        "specUrl": f"{_ARCHIVE}/20240416231938/https://xmlrpc-epi.sourceforge.net/specs/rfc.fault_codes.php",
        "specVersion": 20010516,
    },
    "system.multicall": {
        "specUrl": f"{_ARCHIVE}/20060624230303/http://www.xmlrpc.com/discuss/msgReader$1208?mode=topic",
        "specVersion": 1,
    },
}
SYSTEM: Final[Mapping[str, Method]] = {
    "system.getCapabilities": Method(lambda _: CAPABILITIES, login=None),
    "system.listMethods": Method(lambda _: [*reversed(METHODS_LISTED)], login=None),
}
METHODS_LISTED: Final[tuple[str, ...]] = (*METHODS, "system.getCapabilities", "system.listMethods", "system.multicall")
TABLE: Final[Mapping[str, Method]] = {**METHODS, **SYSTEM}
"""All but `system.multicall`, which is no call of its own."""
