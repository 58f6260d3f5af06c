"""What WordPress answers when its options are other ones: which were turned, and the requests asked with each.

`python -m tests.golden.options URL SOCKET DATABASE` has a WordPress that holds the recorded site answer them, and
writes `options.jsonl.gz`; its options are set in its database, which listens at SOCKET, and set back.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.golden.cases import Case, reads
from tests.golden.record import answer_of

FILE: Final = Path(__file__).parent / "options.jsonl.gz"
Turned = Mapping[str, str]

REQUESTS: Final = tuple(
    line.strip()
    for line in """
    admin settings
    anon posts?per_page=6
    anon posts/60
    anon posts?_embed&per_page=3&orderby=id&order=asc
    author posts?context=edit&per_page=5&search=the
    anon pages?per_page=5&_embed
    anon comments?per_page=30
    admin comments?context=edit&per_page=4&order=asc
    anon comments?post=11&per_page=2&_embed
    anon media?per_page=6
    anon categories?per_page=5
    anon tags?per_page=3
    anon users
    admin users?context=edit&per_page=3
    anon search?search=harbour&per_page=4
    admin block-renderer/core/latest-posts?attributes[displayPostDate]=1&attributes[displayPostContent]=1&context=edit
    admin block-renderer/core/calendar?context=edit
    admin block-renderer/core/latest-comments?context=edit
    admin block-renderer/core/archives?context=edit
    admin block-renderer/core/site-title?context=edit
    """.splitlines()
    if line.strip()
)
"""Who asks for what behind `/wp/v2/`."""

TURNED: Final[tuple[Turned, ...]] = (
    {},
    # general
    {"blogname": "Zürich &amp; <b>Umland</b>"},
    {"blogdescription": ""},
    {"admin_email": "desk@news.example.org"},
    {"users_can_register": "1"},
    {"default_role": "author"},
    {"start_of_week": "0"},
    {"start_of_week": "6"},
    {"WPLANG": "de_DE"},
    # dates
    {"timezone_string": "America/New_York"},
    {"timezone_string": "Asia/Kolkata"},
    {"timezone_string": "Pacific/Apia"},
    {"gmt_offset": "5.5"},
    {"gmt_offset": "-3"},
    {"gmt_offset": "12.75"},
    {"timezone_string": "Europe/Berlin", "gmt_offset": "-8"},
    {"date_format": "d.m.Y"},
    {"date_format": "l jS F Y"},
    {"date_format": ""},
    {"time_format": "H:i"},
    {"links_updated_date_format": "U"},
    {"timezone_string": "Europe/Berlin", "date_format": "r"},
    # writing
    {"use_smilies": "0"},
    {"use_balanceTags": "1"},
    {"default_category": "2"},
    {"default_post_format": "aside"},
    {"default_pingback_flag": "1"},
    {"use_trackback": "1"},
    # reading
    {"posts_per_page": "3"},
    {"posts_per_page": "0"},
    {"posts_per_page": "-1"},
    {"posts_per_rss": "2", "rss_use_excerpt": "1"},
    {"blog_public": "0"},
    {"blog_charset": "ISO-8859-1"},
    {"show_on_front": "page", "page_on_front": "84"},
    {"show_on_front": "page", "page_for_posts": "84"},
    {"show_on_front": "page"},
    {"show_on_front": "posts", "page_on_front": "84"},
    {"sticky_posts": "a:0:{}"},
    {"sticky_posts": "a:2:{i:0;i:11;i:1;i:9999;}"},
    # discussion
    {"default_comment_status": "closed"},
    {"default_ping_status": "open"},
    {"require_name_email": "0"},
    {"comment_registration": "1"},
    {"close_comments_for_old_posts": "1"},
    {"close_comments_for_old_posts": "1", "close_comments_days_old": "100"},
    {"close_comments_for_old_posts": "1", "close_comments_days_old": "0"},
    {"thread_comments": "0"},
    {"thread_comments_depth": "2"},
    {"page_comments": "1", "comments_per_page": "2"},
    {"page_comments": "1", "comments_per_page": "2", "default_comments_page": "oldest"},
    {"page_comments": "1", "comments_per_page": "2", "comment_order": "desc"},
    {"page_comments": "1", "comments_per_page": "1", "thread_comments": "0"},
    {"page_comments": "1", "comments_per_page": "0"},
    {"comment_order": "desc"},
    {"comment_moderation": "1"},
    {"comment_max_links": "0"},
    {"moderation_keys": "harbour"},
    {"show_avatars": "0"},
    {"avatar_rating": "X"},
    {"avatar_default": "retro"},
    {"avatar_default": "blank", "avatar_rating": "PG"},
    # media
    {"thumbnail_size_w": "120", "thumbnail_size_h": "90"},
    {"thumbnail_crop": "0"},
    {"medium_size_w": "200", "medium_size_h": "0"},
    {"medium_crop": "1"},
    {"large_crop": "1"},
    {"medium_large_size_w": "0"},
    {"image_default_size": "large", "image_default_align": "left", "image_default_link_type": "file"},
    {"uploads_use_yearmonth_folders": "0"},
    {"upload_url_path": "https://cdn.example.net/pictures"},
    {"wp_attachment_pages_enabled": "1"},
    # links
    {"permalink_structure": "/%postname%/"},
    {"permalink_structure": "/archives/%post_id%"},
    {"permalink_structure": "/%category%/%postname%/"},
    {"permalink_structure": "/%author%/%year%/%postname%.html"},
    {"permalink_structure": "/news/%monthnum%/%day%/%hour%-%minute%-%second%/%postname%/"},
    {"permalink_structure": "/%postname%/", "category_base": "topics", "tag_base": "/marks/x"},
    {"category_base": "."},
    {"site_icon": "1"},
    {"site_logo": "1"},
    {"wp_page_for_privacy_policy": "0"},
    {"wp_page_for_privacy_policy": "84"},
    # pairs that meet in one text
    {"permalink_structure": "/%postname%/", "show_on_front": "page", "page_on_front": "84", "page_for_posts": "85"},
    {"show_avatars": "0", "comment_order": "desc"},
    {"gmt_offset": "-9.5", "time_format": "g:i A T", "date_format": "Y-m-d e"},
    {"use_smilies": "0", "use_balanceTags": "1"},
    {"thumbnail_size_w": "0", "thumbnail_size_h": "0"},
    {"WPLANG": "de_DE", "timezone_string": "Europe/Berlin", "start_of_week": "1"},
    {"gmt_offset": "14"},
    {"gmt_offset": "-3.5"},
    {"posts_per_page": "-5"},
    {"disallowed_keys": "harbour"},
    {"thread_comments_depth": "2", "comment_order": "desc"},
    {"permalink_structure": "/%category%/%postname%/", "timezone_string": "Asia/Kolkata"},
    {"blog_public": "0", "WPLANG": "de_DE"},
)
"""The options that were turned, one at a time and some together.  Plain permalinks are not among them: the API is then
asked otherwise (`test_second_site`).  What pages and feeds tell with other options is in `front_options`."""


def recorded() -> Iterator[Case]:
    """The cases, those of one setting after each other; `turned` are its options.  A case without `expect` is answered
    as with no option turned."""
    with gzip.open(FILE, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


class Tables:
    """The options of a WordPress, in its database."""

    def __init__(self, socket: str, database: str) -> None:
        self.command = ["mariadb", "-uroot", "-S", socket, database, "-N", "-r", "-e"]

    def run(self, sql: str) -> str:
        return subprocess.run([*self.command, sql], check=True, capture_output=True, text=True).stdout

    def kept(self, name: str) -> str | None:
        found = self.run(f"SELECT concat('=', option_value) FROM wp_options WHERE option_name = '{name}'")
        return found[1:].removesuffix("\n") if found else None

    def put(self, name: str, value: str | None) -> None:
        if value is None:
            self.run(f"DELETE FROM wp_options WHERE option_name = '{name}'")
            return
        quoted = value.replace("\\", "\\\\").replace("'", "''")
        self.run(
            f"INSERT INTO wp_options (option_name, option_value, autoload) VALUES ('{name}', '{quoted}', 'on')"
            f" ON DUPLICATE KEY UPDATE option_value = '{quoted}'"
        )

    @contextmanager
    def turned(self, values: Mapping[str, str | None]) -> Iterator[None]:
        """Other options for a while."""
        before = {name: self.kept(name) for name in (*values, "rewrite_rules")}
        try:
            for name, value in {**values, "rewrite_rules": None}.items():  # rules are made anew at the next request
                self.put(name, value)
            yield
        finally:
            for name, old in before.items():
                self.put(name, old)


def main(url: str, socket: str, database: str) -> int:
    tables = Tables(socket, database)
    headers = {case["as"] or "anon": case["headers"] for case in reads() if case["kind"] in ("context", "single-role")}
    cases: list[Case] = []
    usual: dict[str, Case] = {}
    for turned in TURNED:
        with tables.turned(turned):
            for line in REQUESTS:
                who, asked = line.split(maxsplit=1)
                case = {**answer_of(url, who, asked, headers[who]), "turned": dict(turned), "n": len(cases) + 1}
                if not turned:
                    usual[line] = case
                elif case["expect"] == usual[line]["expect"]:
                    del case["expect"]
                cases.append(case)
    lines = "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases)
    FILE.write_bytes(gzip.compress(lines.encode(), mtime=0))
    print(f"{len(cases)} cases, {sum('expect' in case for case in cases)} of them differ from the usual answers")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
