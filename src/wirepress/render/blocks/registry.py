"""The table of dynamic blocks: those whose HTML is made when they are rendered.

A block of another post, of the clock or of the viewer asks for the answer (`Scene.needs`); while a rendering is made to
be kept there is none, and the whole content becomes a hole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from wirepress.render.blocks import (
    breadcrumbs,
    calendar,
    discussion,
    latest,
    lists,
    navigation,
    own,
    query,
    reading,
    reuse,
    rss,
    site,
    social,
    terms,
)
from wirepress.render.blocks.parse import Block
from wirepress.render.scene import Scene

_EMPTY = (
    "core/comment-edit-link", "core/comment-reply-link", "core/comments-pagination",
    "core/comments-pagination-next", "core/comments-pagination-numbers", "core/comments-pagination-previous",
    "core/post-comments-form", "core/post-navigation-link", "core/query-title", "core/template-part",
)  # fmt: skip

DYNAMIC: Mapping[str, Callable[[Block, Scene], str]] = {
    **dict.fromkeys(_EMPTY, discussion.nothing),
    "core/archives": lists.archives,
    "core/avatar": own.avatar_block,
    "core/block": reuse.synced_pattern,
    "core/breadcrumbs": breadcrumbs.breadcrumbs,
    "core/calendar": calendar.calendar,
    "core/categories": lists.categories,
    "core/comment-author-avatar": discussion.author_avatar,
    "core/comment-author-name": discussion.author_name,
    "core/comment-content": discussion.content,
    "core/comment-date": discussion.date,
    "core/comment-template": discussion.comment_template,
    "core/comments": discussion.comments,
    "core/comments-title": discussion.comments_title,
    "core/footnotes": own.footnotes,
    "core/home-link": navigation.home_link,
    "core/latest-comments": latest.latest_comments,
    "core/latest-posts": latest.latest_posts,
    "core/loginout": site.loginout,
    "core/navigation": navigation.navigation,
    "core/navigation-link": navigation.navigation_link,
    "core/navigation-submenu": navigation.navigation_submenu,
    "core/page-list": lists.page_list,
    "core/pattern": reuse.pattern,
    "core/post-author": own.post_author,
    "core/post-author-biography": own.post_author_biography,
    "core/post-author-name": own.post_author_name,
    "core/post-comments-count": discussion.count,
    "core/post-comments-link": discussion.comments_link,
    "core/post-content": own.post_content,
    "core/post-date": own.post_date,
    "core/post-excerpt": own.post_excerpt,
    "core/post-featured-image": own.post_featured_image,
    "core/post-template": query.post_template,
    "core/post-terms": own.post_terms,
    "core/post-time-to-read": reading.time_to_read,
    "core/post-title": own.post_title,
    "core/query": query.query,
    "core/query-no-results": query.no_results,
    "core/query-pagination": query.pagination,
    "core/query-pagination-next": query.next_page,
    "core/query-pagination-numbers": query.page_numbers,
    "core/query-pagination-previous": query.previous_page,
    "core/query-total": query.total,
    "core/read-more": own.read_more,
    "core/rss": rss.rss,
    "core/search": site.search,
    "core/site-logo": site.site_logo,
    "core/site-tagline": site.site_tagline,
    "core/site-title": site.site_title,
    "core/social-link": social.social_link,
    "core/social-links": social.social_links,
    "core/tag-cloud": lists.tag_cloud,
    "core/term-count": terms.term_count,
    "core/term-description": terms.term_description,
    "core/term-name": terms.term_name,
    "core/term-template": terms.term_template,
    "core/terms-query": terms.terms_query,
}
