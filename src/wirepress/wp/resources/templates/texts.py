"""The templates of our theme, as blocks: what the site's own pages show, in the words of the block editor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from wirepress.wp.resources.themes.facts import KINDS


class File(NamedTuple):
    """A template of the theme, or a part that templates share, with the area that it is for."""

    slug: str
    title: str
    content: str
    description: str = ""
    area: str = ""


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

_CONTENTS = {
    "index": _page(_LIST),
    "home": _page(_LIST),
    "single": _page(f'{_ARTICLE}\n<!-- wp:post-terms {{"term":"post_tag"}} /-->\n<!-- wp:comments /-->'),
    "page": _page('<!-- wp:post-title {"level":1} /-->\n<!-- wp:post-content {"layout":{"type":"constrained"}} /-->'),
    "archive": _page(f'<!-- wp:query-title {{"type":"archive"}} /-->\n{_LIST}'),
    "search": _page(f'<!-- wp:query-title {{"type":"search"}} /-->\n<!-- wp:search /-->\n{_LIST}'),
    "404": _page('<!-- wp:heading {"level":1} -->\n<h1 class="wp-block-heading">Not found</h1>\n<!-- /wp:heading -->\n'
                 "<!-- wp:search /-->"),
}  # fmt: skip

FILES: Mapping[str, tuple[File, ...]] = {
    "wp_template": tuple(
        File(kind.slug, kind.title, _CONTENTS[kind.slug], kind.description) for kind in KINDS if kind.slug in _CONTENTS
    ),
    "wp_template_part": (
        File("header", "Header", "<!-- wp:site-title /-->\n<!-- wp:site-tagline /-->\n<!-- wp:navigation /-->\n",
             area="header"),
        File("footer", "Footer", '<!-- wp:site-title {"level":0} /-->\n', area="footer"),
    ),
}  # fmt: skip
"""The files of the theme, by post type."""
