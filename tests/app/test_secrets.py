"""What is not public is in no answer to a stranger: a whole site is walked for words that nobody may see.

Every hidden text holds HIDDEN.  Everything that a stranger can ask is asked: each route of the API with each hidden
id, pages, feeds, sitemaps, searches, oEmbed, former slugs and guesses; the links that are found are followed.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from urllib.parse import quote, urlsplit

import pytest

from tests.app.press import Client, Reply
from tests.content.desk import HOME, OPTIONS, article, make_newsroom
from tests.store import many
from wirepress.app.asgi import Application
from wirepress.app.dispatch import Dispatcher
from wirepress.app.settings import load, write_first
from wirepress.content.identity import application_passwords
from wirepress.model.comment import Comment
from wirepress.model.moment import Stamp
from wirepress.model.post import Post
from wirepress.model.user import User
from wirepress.store import bulk

HIDDEN = "zqxsecret"
OPEN = "zqxopen"
DAY = Stamp("2024-02-01 08:05:09")
LATER = Stamp("2031-02-01 08:05:09")
STATUSES = ("draft", "pending", "future", "private", "trash", "auto-draft", "inherit", "odd")
OPTIONS_HIDDEN = {
    "admin_email": f"{HIDDEN}@news.example.com",
    "mailserver_pass": HIDDEN,
    "auth_key": HIDDEN,
    "wirepress_secret": HIDDEN,
    "blacklist_keys": HIDDEN,
    "disallowed_keys": HIDDEN,
    "widget_text": {"2": {"text": HIDDEN}},
    "sidebars_widgets": {"wp_inactive_widgets": ["text-2"]},
    "posts_per_page": "5",
}
PATHS = (
    "/", "/feed/", "/index.php/feed/", "/index.php/feed/atom/", "/index.php/feed/json/", "/index.php/feed/rdf/",
    "/index.php/comments/feed/", "/?feed=comments-rss2", "/wp-sitemap.xml", "/robots.txt", "/?m=202402", "/?w=5",
    f"/?s={HIDDEN}", f"/?s={HIDDEN}&feed=rss2", f"/?feed=rss2&withcomments=1&s={HIDDEN}", "/?author=5",
    f"/?tag={HIDDEN}", f"/?category_name={HIDDEN}", "/?preview=true&p=31", "/-/health",
    f"/{HIDDEN}", f"/index.php/{HIDDEN}-pr", f"/index.php/2024/02/01/{HIDDEN}-pri",
    f"/index.php/2024/02/01/{HIDDEN}-old/",
    "/wp-login.php", "/wp-login.php?action=lostpassword", "/wp-admin/", "/wp-admin/admin-ajax.php?action=rest-nonce",
    "/xmlrpc.php", "/wp-json", "/wp-json/wirepress/v1/openapi", "/wp-content/uploads/", "/.env", "/wirepress.toml",
    "/wp-content/uploads/../wirepress.toml", "/wp-content/uploads/..%2fwirepress.toml", "/-/static/../../settings.py",
)  # fmt: skip
QUERIES = (
    "", "_embed=1", "per_page=100", "per_page=100&_embed", f"search={HIDDEN}", f"slug={HIDDEN}-private",
    "status=any", "status[]=private&status[]=publish", "context=edit", "status=inherit,private", "orderby=modified",
    "parent=31", "parent_exclude=1", "post=31", "post=40", "exclude=10", "author=5", f"search={HIDDEN}&subtype=any",
    "type=post&search=" + HIDDEN, f"author_email={HIDDEN}@x.example", "status=hold", "status=all&type=all", "type=note",
    "password=wrong", "password=", "include=30,31,32,33,34,35,36,37,40,41,50,51,60,61", "has_published_posts=0",
    "roles=subscriber", "who=authors", "_fields=id,slug,title,content,excerpt,meta,password,guid", "_method=GET",
    "hide_empty=0", "_envelope=1&_embed=1", "sticky=true", "search_columns=post_content&search=" + HIDDEN,
    "search=" + HIDDEN + "%40news.example.com", "url=" + quote(f"{HOME}/?p=31"), "url=" + quote(f"{HOME}/?p=40"),
)  # fmt: skip


def hidden(number: int, name: str, status: str, **fields: object) -> Post:
    """A post all of whose texts nobody may see."""
    words = f"{HIDDEN} {name}"
    made = article(
        number, f"{HIDDEN}-{name}", status, title=words, content=f"<p>{words}</p>", excerpt=words, author=5, **fields
    )
    return replace(made, guid=f"{HOME}/{HIDDEN}-{name}", meta={"_edit_lock": [HIDDEN], "footnotes": [HIDDEN]})


def picture(number: int, name: str, parent: int, **fields: object) -> Post:
    made = hidden(number, name, "inherit", type="attachment", mime_type="image/jpeg", parent=parent, **fields)
    return replace(made, meta={"_wp_attached_file": [f"{HIDDEN}.jpg"], "_wp_attachment_image_alt": [HIDDEN]})


def blocks() -> str:
    """Every block and shortcode that shows other posts, asked for the hidden ones."""
    single = "\n".join(
        f'<!-- wp:block {{"ref":{n}}} /-->\n<!-- wp:navigation {{"ref":{n}}} /-->' for n in range(30, 62)
    )
    listed = (
        '<!-- wp:latest-posts {"displayPostContent":true,"displayFeaturedImage":true} /--><!-- wp:latest-comments /-->'
        "<!-- wp:page-list /--><!-- wp:archives /--><!-- wp:calendar /--><!-- wp:tag-cloud /--><!-- wp:categories /-->"
        '<!-- wp:query {"query":{"perPage":50,"postType":"post","status":"private","search":"zqxsecret"}} -->'
        "<!-- wp:post-template --><!-- wp:post-title /--><!-- wp:post-content /--><!-- /wp:post-template -->"
        '<!-- /wp:query --><!-- wp:page-list {"parentPageID":31} /-->'
    )
    return f"<p>{OPEN}</p>{single}{listed}" + "".join(f'[gallery id="{n}"][gallery ids="{n},52"]' for n in (30, 33, 40))


def posts() -> list[Post]:
    made = [
        article(10, "open", title=OPEN, content=blocks(), author=2, comment_count=4, comment_status="open"),
        article(11, "locked", title="Locked", content=f"<p>{HIDDEN}</p>[gallery]", excerpt=HIDDEN, author=2,
                password=HIDDEN, comment_count=1),
        article(12, "below", type="page", title="Below", content="x", author=2, parent=38),
        article(13, "locked-page", type="page", title="Locked", content=f"<p>{HIDDEN}</p>", author=2, password=HIDDEN),
        replace(hidden(38, "above", "private", type="page"), slug="above"),  # WordPress shows it in the paths below
        hidden(39, "private-page", "private", type="page", parent=12),
        hidden(40, "revised", "inherit", type="revision", parent=10),
        hidden(41, "autosaved", "inherit", type="revision", parent=11),
        hidden(60, "block", "draft", type="wp_block"),
        hidden(61, "menu", "draft", type="wp_navigation"),
        hidden(62, "changes", "publish", type="customize_changeset"),
        hidden(63, "item", "publish", type="nav_menu_item"),
        hidden(64, "request", "publish", type="user_request"),
        hidden(65, "plugin", "publish", type="secret_thing"),
        hidden(66, "css", "draft", type="custom_css"),
        picture(50, "of-private", 33),
        picture(51, "of-draft", 30),
        replace(picture(52, "private-file", 0), status="private"),
        picture(53, "of-trash", 34),
    ]  # fmt: skip
    made += [
        hidden(n, status, status, date=LATER if status == "future" else DAY, parent=33 if status == "inherit" else 0)
        for n, status in enumerate(STATUSES, 30)
    ]
    more = {33: {"_wp_old_slug": [f"{HIDDEN}-old"]}, 34: {"_wp_trash_meta_status": ["draft"]}}
    return [replace(p, meta={**p.meta, **more.get(p.id, {})}) for p in made]


def comments() -> list[Comment]:
    def said(number: int, post: int, **fields: object) -> Comment:
        values: dict[str, object] = {
            "content": HIDDEN,
            "author_name": HIDDEN,
            "author_url": f"https://{HIDDEN}.example",
        }
        secret = {"author_email": f"{HIDDEN}@x.example", "author_ip": "203.0.113.77", "agent": HIDDEN}
        return Comment(number, post, date=DAY, date_gmt=DAY, **{**secret, **values, **fields})  # type: ignore[arg-type]

    seen = {"content": OPEN, "author_name": OPEN, "author_url": ""}
    return [
        said(1, 10, **seen),
        said(2, 10, approved="0"),
        said(3, 10, approved="spam"),
        said(4, 10, approved="trash"),
        said(5, 10, type="note"),
        said(6, 11, author_name="Reader", author_url=""),
        *(said(10 + n, 30 + n) for n in range(len(STATUSES))),
        said(20, 50),
        said(21, 39),
        said(22, 1, approved="post-trashed"),
    ]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("secrets")
    write_first(folder, {"mail_from": f"{HIDDEN}@news.example.com"})
    newsroom = make_newsroom(folder, options={**OPTIONS, **OPTIONS_HIDDEN, "sticky_posts": [10, 31, 33]})
    subscriber = User(
        6,
        HIDDEN,
        HIDDEN,
        email=f"{HIDDEN}@news.example.com",
        url=f"https://{HIDDEN}.example",
        name=HIDDEN,
        password=HIDDEN,
        grants={"subscriber": True},
    )
    with newsroom.write() as view:
        many.users(view.unit, [subscriber])
        many.posts(view.unit, posts())
        many.comments(view.unit, comments())
        many.post_terms(view.unit, [(31, 2, 0), (33, 2, 0), (10, 1, 0), (33, 4, 0)])
        bulk.settle(view.unit)
    with newsroom.write() as view:
        application_passwords.create(view, 2, HIDDEN)
    (folder / "uploads" / ".hidden.txt").write_text(HIDDEN)
    settings = load(folder, {})
    made = Client(Application(settings, Dispatcher(newsroom, settings)))
    yield made
    made.app.threads.shutdown()
    made.app.writers.shutdown()
    newsroom.database.close()


ECHOES = re.compile(
    # What was asked for stands in the answer: links to pages of a list, forms, errors, the place to go back to.
    rf"[?&;](?:s|search|slug|author_email|url|redirect_to|tag|category_name|author_name)=[^\"'<>\s]*|“{HIDDEN}[^”]*”"
    rf'|value="{HIDDEN}[^"]*"|/search/{HIDDEN}[^"\'<>\s]*|(?<=for: ){HIDDEN}'
)


def problem_of(target: str, reply: Reply) -> str:
    """The words of an answer that nobody may see, with what was asked left out."""
    text = unescape(reply.body.decode("utf-8", "replace")).replace("\\/", "/")
    text += "\n".join(f"{name}: {value}" for name, value in reply.headers)
    if HIDDEN in target:
        text = ECHOES.sub("", text)
    found = re.search(rf".{{0,60}}(?:{HIDDEN}|203\.0\.113\.77).{{0,40}}", text, re.IGNORECASE | re.DOTALL)
    return f"{target} -> {reply.status} {found[0]!r}" if found else ""


def targets(description: dict[str, dict[str, object]]) -> Iterator[str]:
    yield from PATHS
    numbers = [*range(30, 42), *range(50, 55), *range(60, 67), 10, 11, 12, 13]
    for number in numbers:
        for name in ("p", "page_id", "attachment_id"):
            yield f"/?{name}={number}"
        yield f"/?p={number}&feed=rss2"
        yield f"/?p={number}&embed=true"
        yield f"/wp-json/oembed/1.0/embed?url={quote(f'{HOME}/?p={number}')}"
    for path, methods in description.items():
        if "get" not in methods:
            continue
        if "{" not in path:
            listed = "per_page" in json.dumps(methods["get"])
            yield from (f"/wp-json{path}?{query}" for query in (QUERIES if listed else QUERIES[:2]))
            continue
        for number in (*numbers, 6, 5, *range(1, 8), 20, 21):
            one = re.sub(r"\{(\w+)\}", lambda m, n=number: "10" if m[1] == "parent" else str(n), path)  # type: ignore[misc]
            yield f"/wp-json{one}?_embed=1&password=wrong"
        yield "/wp-json" + re.sub(r"\{(\w+)\}", HIDDEN, path)


def links_of(reply: Reply) -> set[str]:
    """The addresses of this site that an answer names."""
    text = unescape(reply.body.decode("utf-8", "replace")).replace("\\/", "/") + reply.header("location")
    found = set()
    for address in re.findall(re.escape(HOME) + r"[^\s\"'<>\\\]),]*", text):
        parts = urlsplit(address)
        found.add((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    return found


def test_nothing_hidden_is_in_any_answer_to_a_stranger(client: Client) -> None:
    async def story() -> tuple[list[str], set[str]]:
        description = json.loads((await client.ask("/wp-json/wirepress/v1/openapi")).body)["paths"]
        asked: set[str] = set()
        waiting = list(dict.fromkeys(targets(description)))
        problems, seen = [], set[str]()
        while waiting:
            target = waiting.pop()
            if target in asked or len(asked) > 20_000:
                continue
            asked.add(target)
            reply = await client.ask(target)
            if reply.status >= 500 and reply.status != 501:
                problems.append(f"{target} -> {reply.status}")
            if problem := problem_of(target, reply):
                problems.append(problem)
            if OPEN.encode() in reply.body:
                seen.add(target)
            waiting += [one for one in links_of(reply) if one not in asked]
        return problems, seen

    problems, seen = asyncio.run(story())
    assert not problems, f"{len(problems)}:\n" + "\n".join(problems[:60])
    assert len(seen) > 50


def test_nothing_hidden_is_counted(client: Client) -> None:
    async def story() -> list[str]:
        wrong = []
        # The totals of media and comments count what belongs to hidden posts, as WordPress's do.
        routes = ("posts", "pages", "search", "users", "categories", "tags")
        for route in routes:
            reply = await client.ask(f"/wp-json/wp/v2/{route}?search={HIDDEN}")
            if reply.header("x-wp-total") != ("1" if route in ("posts", "search") else "0"):  # a block there names it
                wrong.append(f"{route}: {reply.header('x-wp-total')} {reply.body[:200]!r}")
        return wrong

    assert asyncio.run(story()) == []
