from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from tests.syndicate.site import Site
from tests.transfer.wordpress import change
from wirepress.transfer.wordpress import ADDRESS, Keep, import_database

SEED = Path(__file__).parent.parent.parent / "seed" / "wordpress.sqlite.gz"


class WordPress:
    """A WordPress database in the making."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._last = 5000

    def post(self, title: str, content: str = "", *, kind: str = "post", date: str = "", **meta: Any) -> int:
        """A published post of the site with some meta; its number.  Underscores begin a key where `x_` does."""
        self._last += 1
        date = date or "2025-03-01 08:00:00"
        change(
            self.path,
            "INSERT INTO wp_posts (ID, post_author, post_date, post_date_gmt, post_content, post_title, post_excerpt,"
            " post_status, comment_status, ping_status, post_password, post_name, to_ping, pinged, post_modified,"
            " post_modified_gmt, post_content_filtered, post_parent, guid, menu_order, post_type, post_mime_type,"
            " comment_count) VALUES (:id, 1, :date, :date, :content, :title, '', 'publish', 'closed', 'closed', '',"
            " 'post-' || :id, '', '', :date, :date, '', 0, 'https://invest360pro.com/?p=' || :id, 0, :type, '', 0)",
            id=self._last, date=date, content=content, title=title, type=kind,
        )  # fmt: skip
        for key, value in meta.items():
            change(
                self.path,
                "INSERT INTO wp_postmeta (post_id, meta_key, meta_value) VALUES (:id, :key, :value)",
                id=self._last,
                key=key.removeprefix("x"),
                value=str(value),
            )
        return self._last

    def into(self, site: Site) -> None:
        """Brings it into a site."""
        keep = Keep(accounts=True, options=ADDRESS)
        import_database(site.newsroom.database, f"sqlite:///{self.path}", keep=keep)


@pytest.fixture
def wordpress(tmp_path: Path) -> WordPress:
    """A site whose one article says that it appeared first elsewhere."""
    path = tmp_path / "wordpress.sqlite"
    path.write_bytes(gzip.decompress(SEED.read_bytes()))
    return WordPress(path)


@pytest.fixture
def bare(wordpress: WordPress) -> WordPress:
    """The same site without that article."""
    change(wordpress.path, "DELETE FROM wp_posts", "DELETE FROM wp_postmeta", "DELETE FROM wp_term_relationships")
    return wordpress


@pytest.fixture
def imported(wordpress: WordPress, site: Site) -> Site:
    wordpress.into(site)
    return site
