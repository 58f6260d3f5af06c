"""The Northquay Gazette: a paper of the example press that answers as a WordPress site does, from `gazette/posts.json`.

It has what a client needs that reads the site by `wp/v2`: the index, the list of posts with its parameters, headers and
errors, what `_embed` adds, and a page under each post's link.
"""

import html
import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

HOME = "/gazette/"
NAME = "Northquay Gazette"
_API = f"{HOME}wp-json/"
_POSTS = f"{_API}wp/v2/posts"
_FILE = Path(__file__).parent / "site" / "gazette" / "posts.json"
_JSON = "application/json; charset=UTF-8"
_HTML = "text/html; charset=UTF-8"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a GET of an address of the paper gives."""

    body: str
    kind: str = _JSON
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


def reply(path: str, query: str, base: str) -> Reply | None:
    """What is at a path; None where the paper has nothing.  `base` is the press's own address."""
    posts: list[dict[str, Any]] = json.loads(_FILE.read_text("utf-8").replace("{base}", base))
    if path == _POSTS:
        return _listed(posts, {name: values[-1] for name, values in parse_qs(query).items()}, base)
    if path == _API:
        index = {"name": NAME, "description": "", "url": base + HOME[:-1], "namespaces": ["oembed/1.0", "wp/v2"]}
        return Reply(json.dumps(index))
    if path == HOME:
        links = "".join(f'<li><a href="{_path(post)}">{post["title"]}</a></li>' for post in posts)
        return _page(base, NAME, f"<h1>{NAME}</h1><ul>{links}</ul>")
    found = next((post for post in posts if _path(post) == path), None)
    if found is None:
        return None
    body = "<p>This post is protected.</p>" if found.get("password") else found["content"]
    title = found["title"]
    return _page(base, f"{title} – {NAME}", f'<article class="post"><h1>{title}</h1>{body}</article>')


def _page(base: str, title: str, body: str) -> Reply:
    head = f'<meta charset="UTF-8"><title>{title}</title><link rel="https://api.w.org/" href="{base}{_API}">'
    link = {"Link": f'<{base}{_API}>; rel="https://api.w.org/"'}
    return Reply(f'<!DOCTYPE html>\n<html lang="en"><head>{head}</head><body>{body}</body></html>', _HTML, headers=link)


def _path(post: dict[str, Any]) -> str:
    return f"{HOME}{datetime.fromisoformat(post['date']):%Y/%m}/{post['slug']}/"


def _listed(posts: list[dict[str, Any]], given: dict[str, str], base: str) -> Reply:
    """A page of the list of posts.  An answer is 400 where a number is none, or its page is behind the last one."""
    try:
        size, page = int(given.get("per_page", 10)), int(given.get("page", 1))
    except ValueError:
        size, page = 0, 0
    if not 1 <= size <= 100 or page < 1:
        return _wrong("rest_invalid_param", "A number of the list is wrong.")
    after = given.get("modified_after", "").removesuffix("Z")
    found = [post for post in posts if post["date"] > after]
    found.sort(key=lambda post: str(post["date"]), reverse=given.get("order", "desc") == "desc")
    shown = found[(page - 1) * size : page * size]
    if page > 1 and not shown:
        return _wrong("rest_post_invalid_page_number", "There is no such page of the list.")
    headers = {"X-WP-Total": str(len(found)), "X-WP-TotalPages": str(-(-len(found) // size))}
    items = [_item(post, base, embeds="_embed" in given) for post in shown]
    return Reply(json.dumps(items), headers=headers)


def _wrong(code: str, message: str) -> Reply:
    return Reply(json.dumps({"code": code, "message": message, "data": {"status": 400}}), status=400)


def _item(post: dict[str, Any], base: str, *, embeds: bool) -> dict[str, Any]:
    """A post as the list shows it to everybody."""
    is_protected = bool(post.get("password"))
    picture = post.get("picture")
    item = {
        "id": post["id"],
        "date": post["date"],
        "date_gmt": post["date"],
        "guid": {"rendered": f"{base}{HOME}?p={post['id']}"},
        "modified": post["date"],
        "modified_gmt": post["date"],
        "slug": post["slug"],
        "status": "publish",
        "type": "post",
        "link": base + _path(post),
        "title": {"rendered": post["title"]},
        "content": {"rendered": post["content"], "protected": is_protected},
        "excerpt": {"rendered": post["excerpt"], "protected": is_protected},
        "featured_media": picture["id"] if picture else 0,
    }
    return {**item, "_embedded": _embedded(post, base)} if embeds else item


def _embedded(post: dict[str, Any], base: str) -> dict[str, Any]:
    named = [(post["category"], "category"), *((tag, "post_tag") for tag in post["tags"])]
    terms = [{"name": name, "slug": name.lower(), "taxonomy": taxonomy} for name, taxonomy in named]
    embedded: dict[str, Any] = {"author": [{"name": post["author"]}], "wp:term": [terms[:1], terms[1:]]}
    if picture := post.get("picture"):
        embedded["wp:featuredmedia"] = [{
            "id": picture["id"],
            "source_url": base + picture["path"],
            "mime_type": "image/jpeg",
            "alt_text": picture["alt"],
            "caption": {"rendered": f"<p>{html.escape(picture['caption'])}</p>\n"},
        }]  # fmt: skip
    return embedded
