"""`python -m tests.golden.comment_forms URL SOCKET DATABASE`: has a WordPress that holds the recorded site take
comments from its form and show pages of comments, and notes the answers in `comment_forms.jsonl.gz`.

SOCKET and DATABASE are where its MariaDB is: options are set and what came of a comment is read there, and it is
removed again.  What is compared is the status, where it leads, what becomes of the cookies, and the comment that is
kept; of a page where it leads, its comments and the way to older and newer ones.
"""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from email.message import Message
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from tests.golden.record import HOST, OPENER

FILE: Final = Path(__file__).parent / "comment_forms.jsonl.gz"
LAST: Final = 26
"""The last comment of the recorded site."""
POST: Final = "/index.php/2024/03/12/pipeline-minister-rescue-energy-vaccine/"
THREAD: Final = "/index.php/2024/02/11/economy-festival-soldiers-parliament-strike-harbour/"
USUAL: Final = {"comment_post_ID": "14", "author": "Ann", "email": "ann@example.org", "comment": "Hello there"}
CONSENT: Final = {"wp-comment-cookies-consent": "yes"}
AT_ONCE: Final = {"comment_previously_approved": "0"}
PAGED: Final = {"page_comments": "1", "comments_per_page": "2"}

Fields = Mapping[str, str]


def forms() -> Iterator[tuple[str, Mapping[str, str], str, list[Fields]]]:
    """A name, options, who sends (a login or ""), and the forms that are sent one after another: the last counts."""

    def one(name: str, who: str = "", turned: Mapping[str, str] | None = None, **fields: str) -> Any:
        return name, turned or {}, who, [{**USUAL, **fields}]

    yield one("usual")
    for name, fields in {
        "no e-mail": {"email": ""}, "no name": {"author": ""}, "no e-mail that": {"email": "nope"},
        "short e-mail": {"email": "a@b.c"}, "nothing": {"comment": ""}, "blanks": {"comment": " \n\t "},
        "nothing at all": {"comment": "", "author": "", "email": ""},
        "long and empty": {"author": "x" * 246, "comment": ""},
        "long name": {"author": "x" * 246}, "long e-mail": {"email": "x" * 100 + "@example.org"},
        "long url": {"url": "http://e.example/" + "x" * 200}, "long text": {"comment": "x" * 65_526},
        "longest text": {"comment": "x" * 65_525}, "url without scheme": {"url": "example.org"},
        "url of a script": {"url": "javascript:alert(1)"},
        "html": {"comment": '<b>b</b> <script>x</script> http://a.example/ "q"'},
        "html in the name": {"author": '<b>Ann</b> "x"'}, "nul": {"author": "A\0nn", "comment": "a\0b"},
        "zero": {"comment": "0"}, "zero name": {"author": "0"}, "number with words": {"comment_post_ID": "14abc"},
        "number with noughts": {"comment_post_ID": " 014"}, "no post": {"comment_post_ID": "0"},
        "unknown post": {"comment_post_ID": "999999"}, "closed": {"comment_post_ID": "10"},
        "draft": {"comment_post_ID": "80"}, "pending": {"comment_post_ID": "83"}, "private": {"comment_post_ID": "84"},
        "future": {"comment_post_ID": "86"}, "protected": {"comment_post_ID": "88"}, "trash": {"comment_post_ID": "90"},
        "closed page": {"comment_post_ID": "93"}, "page": {"comment_post_ID": "96"},
        "closed draft": {"comment_post_ID": "98"}, "private closed": {"comment_post_ID": "99"},
        "answer": {"comment_post_ID": "11", "comment_parent": "1"},
        "deep answer": {"comment_post_ID": "11", "comment_parent": "4"},
        "answer to one that waits": {"comment_post_ID": "11", "comment_parent": "5"},
        "answer to spam": {"comment_post_ID": "11", "comment_parent": "6"},
        "answer to nothing": {"comment_post_ID": "11", "comment_parent": "9999"},
        "answer to words": {"comment_post_ID": "11", "comment_parent": "abc"},
        "answer below": {"comment_post_ID": "11", "comment_parent": "-1"},
        "answer elsewhere": {"comment_post_ID": "14", "comment_parent": "1"},
        "bad answer under a closed post": {"comment_post_ID": "10", "comment_parent": "5"},
        "bad answer under none": {"comment_post_ID": "0", "comment_parent": "5"},
        "remembered": CONSENT | {"url": "http://a.example/"}, "back": {"redirect_to": f"http://{HOST}/foo"},
        "back elsewhere": {"redirect_to": "http://evil.example/foo"},
    }.items():  # fmt: skip
        yield name, {}, "", [{**USUAL, **fields}]
    yield one("at once", turned=AT_ONCE)
    yield "at once, remembered", AT_ONCE, "", [USUAL | CONSENT]
    yield one("links", turned=AT_ONCE, comment='<a href="http://a.example/">x</a> <a href="http://b.example/">y</a>')
    yield one("all wait", turned=AT_ONCE | {"comment_moderation": "1"})
    yield one("a word", turned=AT_ONCE | {"moderation_keys": "casino"}, comment="The CASINO of the harbour")
    yield one("a worse word", turned=AT_ONCE | {"disallowed_keys": "casino"}, comment="The ca<b>s</b>ino")
    yield one("a known name", author="Anon root1", email="root1@example.com")
    for email in ("ann@example.org", "", "nope"):
        yield one(f"no need of {email!r}", turned={"require_name_email": "0"}, author="", email=email)
    yield one("users only", turned={"comment_registration": "1"})
    yield one("old", turned={"close_comments_for_old_posts": "1"})
    yield one("in pages", turned=AT_ONCE | PAGED)
    yield one("answer in pages", turned=AT_ONCE | PAGED, comment_post_ID="11", comment_parent="3")
    for who in ("admin", "subscriber"):
        yield f"of {who}", {}, who, [USUAL | CONSENT | {"comment": 'x <iframe src="http://a.example/"></iframe>'}]
        yield one(f"of {who}, only users", who, {"comment_registration": "1"}, author="", email="")
        for post in ("80", "84", "86", "88", "90", "10"):
            yield one(f"of {who} to {post}", who, comment_post_ID=post)
    yield "twice", {}, "", [USUAL, USUAL]
    yield "twice, by others", {}, "", [USUAL, {**USUAL, "author": "Ben", "email": "ben@example.org"}]
    yield "too soon", {}, "", [USUAL, {**USUAL, "comment": "And this"}]
    yield "too soon, elsewhere", {}, "", [USUAL, {**USUAL, "comment_post_ID": "15"}]


def pages() -> Iterator[tuple[Mapping[str, str], str]]:
    """Options, and an address that shows comments."""
    ways = [{}, {"default_comments_page": "oldest"}, {"comment_order": "desc"}]
    for turned in ({}, *(PAGED | way for way in ways)):
        for ending in ("", "comment-page-1/", "comment-page-2/", "comment-page-3/", "comment-page-4/", "comment-page-2",
                       "?cpage=x", *(["?cpage=2"] if turned else []), "?replytocom=13",
                       "comment-page-1/?replytocom=13"):  # fmt: skip
            yield turned, POST + ending
        yield turned, THREAD
    for depth in ("2", "3"):
        yield {"thread_comments_depth": depth}, THREAD
    yield {"thread_comments": "0"}, THREAD


def seen_in(status: int, headers: Mapping[str, str], text: str) -> dict[str, Any]:
    """What is compared of a page."""
    links = re.findall(r'href="([^"]*#comments)"[^>]*>[^<]*(Older|Newer)', text)
    return {
        "status": status,
        "location": plain(headers.get("location", "")),
        "comments": [int(number) for number in re.findall(r'<li[^>]* id="comment-(\d+)"|<li id="comment-(\d+)"', text)
                     for number in number if number],
        "turning": sorted([which, plain(url).replace("/#", "#")] for url, which in links),
        "answers": next(iter(re.findall(r"""name=.comment_parent.[^>]*value=.(\d+)""", text)), ""),
    }  # fmt: skip


def plain(address: str) -> str:
    """An address with what changes from time to time taken out."""
    address = re.sub(r"moderation-hash=\w+", "moderation-hash=H", address.replace(f"http://{HOST}", f"https://{HOST}"))
    return re.sub(r"unapproved=\d+|#comment-\d+$", lambda found: found[0].rstrip("0123456789") + "N", address)


def cookies_in(lines: str) -> str:
    """What becomes of the cookies that remember somebody: `kept`, `cleared` or left alone."""
    found = re.search(r"comment_author_[0-9a-f]{32}=[^\n]*Max-Age=(\d+)", lines)
    if found is None:
        return ""
    return "kept" if int(found[1]) else "cleared"


def recorded() -> list[dict[str, Any]]:
    """The cases with WordPress's answers."""
    with gzip.open(FILE, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


# ---- recording


class Reference:
    """A WordPress of the recorded site."""

    def __init__(self, url: str, socket: str, database: str) -> None:
        self.url = url
        self.client = ["mariadb", "-uroot", "-S", socket, database, "-N", "-e"]
        self.logins: dict[str, str] = {}

    def sql(self, statement: str) -> str:
        return subprocess.run([*self.client, statement], capture_output=True, text=True, check=True).stdout

    def turn(self, options: Mapping[str, str]) -> dict[str, str]:
        """Sets options and gives their values before."""
        before = {}
        for name, value in options.items():
            before[name] = self.sql(f"SELECT option_value FROM wp_options WHERE option_name = '{name}'").rstrip("\n")
            self.sql(f"UPDATE wp_options SET option_value = '{value}' WHERE option_name = '{name}'")
        return before

    def clean(self) -> None:
        self.sql(
            f"DELETE FROM wp_comments WHERE comment_ID > {LAST}; ALTER TABLE wp_comments AUTO_INCREMENT = {LAST + 1}"
        )

    def ask(self, path: str, fields: Fields | None = None, who: str = "") -> tuple[int, dict[str, str], str, str]:
        """Status, headers, text and the cookie lines of an answer."""
        headers = {"Host": HOST, **({"Cookie": self.cookie(who)} if who else {})}
        data = None if fields is None else urlencode(fields).encode()
        status, found, text = self._answer(urllib.request.Request(f"{self.url}{path}", data, headers))
        lines = "\n".join(found.get_all("set-cookie") or [])
        return status, {name.lower(): value for name, value in found.items()}, text, lines

    @staticmethod
    def _answer(request: urllib.request.Request) -> tuple[int, Message, str]:
        try:
            with OPENER.open(request, timeout=60) as found:
                return found.status, found.headers, found.read().decode()
        except urllib.error.HTTPError as other:
            return other.code, other.headers, other.read().decode()

    def cookie(self, who: str) -> str:
        """The cookies of somebody who has logged in."""
        if who not in self.logins:
            form = {"log": who, "pwd": f"{who}pass-REF-1", "testcookie": "1"}
            headers = {"Host": HOST, "Cookie": "wordpress_test_cookie=WP%20Cookie%20check"}
            request = urllib.request.Request(f"{self.url}/wp-login.php", urlencode(form).encode(), headers)
            _, found, _ = self._answer(request)
            self.logins[who] = "; ".join(line.partition(";")[0] for line in found.get_all("set-cookie") or [])
        return self.logins[who]

    def kept(self) -> list[str] | None:
        columns = "comment_approved, user_id, comment_parent, comment_author, comment_author_email, comment_author_url"
        order = f"WHERE comment_ID > {LAST} ORDER BY comment_ID DESC LIMIT 1"
        found = self.sql(f"SELECT JSON_ARRAY({columns}, comment_content) FROM wp_comments {order}")
        if not found:
            return None
        values = json.loads(found.replace("\\\\", "\\"))
        return [str(value).replace(f"http://{HOST}", f"https://{HOST}") for value in values]


def main(url: str, socket: str, database: str) -> int:
    reference, cases = Reference(url, socket, database), []
    for name, turned, who, sent in forms():
        reference.clean()
        before = reference.turn(turned)
        for fields in sent:
            status, headers, _, cookies = reference.ask("/wp-comments-post.php", fields, who)
        reference.turn(before)
        expect = {
            "status": status,
            "location": plain(headers.get("location", "")),
            "cookies": cookies_in(cookies),
            "kept": reference.kept() if status == 302 else None,
        }
        cases.append({"name": name, "turned": turned, "as": who, "forms": sent, "expect": expect})
    reference.clean()
    for turned, path in pages():
        before = reference.turn(turned)
        status, headers, text, _ = reference.ask(path)
        reference.turn(before)
        cases.append(
            {"name": f"{turned} {path}", "turned": turned, "path": path, "expect": seen_in(status, headers, text)}
        )
    lines = "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases)
    FILE.write_bytes(gzip.compress(lines.encode(), mtime=0))
    print(f"{len(cases)} cases are recorded")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
