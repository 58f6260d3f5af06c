"""Markup of the owner's own at the head and foot of pages, and what the policy then allows."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.content.desk import make_newsroom
from wirepress.app.dispatch import Dispatcher
from wirepress.app.settings import Settings
from wirepress.content import options
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.web import Request, Response
from wirepress.site.slots import FOOT, HEAD, HOSTS, hashes, hosts_of

COUNT = "\n  count('<b>&amp;</b>');\n"
POLICY = "content-security-policy"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Dispatcher]:
    newsroom = make_newsroom(tmp_path)
    with newsroom.write() as view:
        content = "<p>Text</p><script>bad()</script>"
        publishing.create(view, NEWSROOM, "post", Changes(title="News", content=content, status="publish", author=1))
    yield Dispatcher(newsroom, Settings(tmp_path))
    newsroom.database.close()


def choose(site: Dispatcher, **given: str) -> None:
    names = {"head": HEAD, "foot": FOOT, "hosts": HOSTS}
    with site.newsroom.write() as view:
        for name, value in given.items():
            options.set(view.unit, names[name], value)


def get(site: Dispatcher, path: str = "/") -> Response:
    return site.answer(Request("GET", path))


def policy(answer: Response) -> dict[str, str]:
    [found] = [value for name, value in answer.headers if name == POLICY]
    return {name: rule for name, _, rule in (part.partition(" ") for part in found.split("; "))}


def hash_of(script: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def test_markup_stands_at_the_ends_of_head_and_body(site: Dispatcher) -> None:
    before = policy(get(site))
    choose(site, head=f"<script>{COUNT}</script>", foot="<p>Foot</p>")
    for path in ("/", "/index.php/2025/06/15/news/", "/index.php/category/uncategorized/"):
        answer = get(site, path)
        assert f"<script>{COUNT}</script>\n</head>".encode() in answer.body, path
        assert b"<p>Foot</p>\n</body>" in answer.body, path
        assert policy(answer) == before | {"script-src": hash_of(COUNT)}, path


def test_hosts_are_named_one_by_one(site: Dispatcher) -> None:
    before = policy(get(site))
    choose(
        site, foot='<script src="https://stats.example/x.js" async></script>', hosts="stats.example\n*.ads.example:8443"
    )
    named = "https://stats.example https://*.ads.example:8443"
    assert policy(get(site)) == before | {
        "script-src": named,
        "connect-src": f"'self' {named}",
        "font-src": f"'self' {named}",
        "style-src": f"'self' 'unsafe-inline' {named}",
    }


@pytest.mark.parametrize("given", [{}, {"hosts": "stats.example"}, {"head": " \n", "hosts": "stats.example"}])
def test_without_markup_nothing_runs(site: Dispatcher, given: dict[str, str]) -> None:
    before = policy(get(site))
    choose(site, **given)
    assert policy(get(site)) == before
    assert before["script-src"] == "'none'"


@pytest.mark.parametrize(
    "path",
    ["/nothing-here", "/wp-login.php", "/index.php/feed/", "/index.php/2025/06/15/news/embed/", "/wp-admin/"],
)
def test_other_answers_have_none_of_it(site: Dispatcher, path: str) -> None:
    before = dict(get(site, path).headers).get(POLICY)
    choose(site, head=f"<script>{COUNT}</script>", foot="<p>Foot</p>", hosts="stats.example")
    answer = get(site, path)
    assert b"Foot" not in answer.body
    assert dict(answer.headers).get(POLICY) == before


def test_a_script_in_an_article_does_not_run_all_the_same(site: Dispatcher) -> None:
    choose(site, head=f"<script>{COUNT}</script>")
    answer = get(site, "/index.php/2025/06/15/news/")
    assert hash_of("bad()") not in policy(answer)["script-src"]
    assert "unsafe" not in policy(answer)["script-src"]


@pytest.mark.parametrize(
    ("markup", "scripts"),
    [
        ("<script>a</script><SCRIPT type=module>b</SCRIPT >", ["a", "b"]),
        ("<script>a</script><script>a</script>", ["a"]),
        ('<script src="https://x.example/">a</script>', []),
        ('<script type="application/ld+json">{}</script>', []),
        ("<script>if (a < b && c) d('&amp;</p>')</script>", ["if (a < b && c) d('&amp;</p>')"]),
        ("<p onclick='x'>a</p><!-- <script>b</script> -->", []),
        ("<script></script>", [""]),
        ("<script>a", []),
        ("", []),
    ],
)
def test_inline_scripts_are_known_by_their_hashes(markup: str, scripts: list[str]) -> None:
    assert hashes(markup) == [hash_of(script) for script in scripts]


def test_ends_of_lines_are_those_that_browsers_hash(site: Dispatcher) -> None:
    choose(site, head="<script>a\r\nb</script>")
    answer = get(site)
    assert b"<script>a\nb</script>" in answer.body
    assert policy(answer)["script-src"] == hash_of("a\nb")


def test_what_is_no_host_is_passed_over() -> None:
    given = "a.example 'unsafe-inline' https: * *.x.example; data: https://b.example/ localhost a.example x.example;"
    assert hosts_of(given) == ["a.example", "b.example"]
