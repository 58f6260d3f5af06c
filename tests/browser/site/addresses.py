"""An address of every type of page that readers see."""

from __future__ import annotations

from typing import Final

GOLDEN: Final = {
    "front": "/",
    "second page of the front": "/index.php/page/2/",
    "article with a picture": "/index.php/2025/04/18/storm-forecast-festival-railway-inflation/",
    "article with comments": "/index.php/2024/03/22/railway-parliament-factory-storm-verdict-football/",
    "reply to a comment": "/index.php/2024/03/22/railway-parliament-factory-storm-verdict-football/?replytocom=1",
    "first part of an article": "/index.php/2025/04/06/paged-post/",
    "second part of an article": "/index.php/2025/04/06/paged-post/2/",
    "protected article": "/index.php/2025/05/06/password-post/",
    "article in blocks": "/index.php/2025/04/11/many-static-blocks/",
    "article with dynamic blocks": "/index.php/2025/04/12/dynamic-blocks/",
    "tables and code": "/index.php/2025/04/25/table-and-code/",
    "many pictures": "/index.php/2025/04/26/many-images/",
    "embeds": "/index.php/2025/04/08/embeds/",
    "shortcodes": "/index.php/2025/04/07/shortcodes/",
    "footnotes": "/index.php/2025/04/13/footnotes/",
    "article without a title": "/index.php/2025/04/14/67/",
    "article without a text": "/index.php/2025/04/15/title-without-body/",
    "very long title": f"/index.php/2025/04/16/{'very-long-title-words-' * 9}ve/",
    "page": "/index.php/about/",
    "page below pages": "/index.php/about/team/leadership/",
    "picture": "/index.php/harbour-at-dawn/",
    "category": "/index.php/category/world/",
    "tag": "/index.php/tag/breaking/",
    "author": "/index.php/author/editor/",
    "year": "/index.php/2024/",
    "month": "/index.php/2024/02/",
    "search": "/?s=harbour",
    "search without a result": "/?s=zzzqqq",
    "missing": "/index.php/2024/02/nothing/",
    "login": "/wp-login.php",
    "lost password": "/wp-login.php?action=lostpassword",
}
"""By type, on the golden site."""

DEMO: Final = {
    "front": "/",
    "article": "/2025/03/10/a-map-that-is-redrawn-every-night/",
    "updated article": "/2025/03/04/night-trams-return-after-eleven-years/",
    "article of two sources": "/2025/03/06/market-hall-finds-its-lost-bell-behind-a-wall/",
    "category": "/category/harbour/",
    "author": "/author/admin/",
    "month": "/2025/03/",
    "search": "/?s=harbour",
    "missing": "/nothing/",
    "all blocks": "/-/styleguide",
}
"""By type, on the demo."""
