"""The templates of our theme, as blocks: what the site's own pages show, in the words of the block editor."""

from __future__ import annotations

from typing import NamedTuple


class Part(NamedTuple):
    """A part that templates share."""

    slug: str
    title: str
    area: str
    content: str


def _page(inner: str) -> str:
    return (
        '<!-- wp:template-part {"slug":"header"} /-->\n\n'
        '<!-- wp:group {"tagName":"main","layout":{"type":"constrained"}} -->\n'
        f'<main class="wp-block-group">\n{inner}\n</main>\n'
        "<!-- /wp:group -->\n\n"
        '<!-- wp:template-part {"slug":"footer"} /-->\n'
    )


_ARTICLE = """<!-- wp:post-title {"level":1} /-->
<!-- wp:post-author-name /-->
<!-- wp:post-date /-->
<!-- wp:post-featured-image /-->
<!-- wp:post-content {"layout":{"type":"constrained"}} /-->"""

_LIST = """<!-- wp:query {"query":{"perPage":10,"postType":"post","inherit":true}} -->
<div class="wp-block-query"><!-- wp:post-template -->
<!-- wp:post-featured-image {"isLink":true} /-->
<!-- wp:post-title {"isLink":true} /-->
<!-- wp:post-excerpt /-->
<!-- wp:post-date /-->
<!-- /wp:post-template -->
<!-- wp:query-pagination -->
<!-- wp:query-pagination-previous /-->
<!-- wp:query-pagination-numbers /-->
<!-- wp:query-pagination-next /-->
<!-- /wp:query-pagination --></div>
<!-- /wp:query -->"""

CONTENTS = {
    "index": _page(_LIST),
    "home": _page(_LIST),
    "single": _page(f'{_ARTICLE}\n<!-- wp:post-terms {{"term":"post_tag"}} /-->\n<!-- wp:comments /-->'),
    "page": _page('<!-- wp:post-title {"level":1} /-->\n<!-- wp:post-content {"layout":{"type":"constrained"}} /-->'),
    "archive": _page(f'<!-- wp:query-title {{"type":"archive"}} /-->\n{_LIST}'),
    "search": _page(f'<!-- wp:query-title {{"type":"search"}} /-->\n<!-- wp:search /-->\n{_LIST}'),
    "404": _page('<!-- wp:heading {"level":1} -->\n<h1 class="wp-block-heading">Not found</h1>\n<!-- /wp:heading -->\n'
                 "<!-- wp:search /-->"),
}  # fmt: skip

PARTS = (
    Part("header", "Header", "header", "<!-- wp:site-title /-->\n<!-- wp:site-tagline /-->\n<!-- wp:navigation /-->\n"),
    Part("footer", "Footer", "footer", '<!-- wp:site-title {"level":0} /-->\n'),
)
