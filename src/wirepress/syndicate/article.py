"""An article's page, from bytes to facts and clean blocks."""

from __future__ import annotations

from wirepress.model.wire import Article, Rules
from wirepress.syndicate.clean import clean
from wirepress.syndicate.extract import extract
from wirepress.syndicate.parse.page import read_page
from wirepress.syndicate.parse.text import page_text
from wirepress.syndicate.unreadable import Unreadable


def read_article(
    body: bytes, url: str, content_type: str = "", rules: Rules | None = None, *, with_body: bool = True
) -> Article:
    """The article on the page that came from `url`.  Raises Unreadable if there is none.

    `with_body` is false where the rights do not reach to the text: then only the page's facts are read.
    """
    if content_type and not any(kind in content_type.lower() for kind in ("html", "xml", "text/plain", "octet-stream")):
        raise Unreadable(f"this is no web page but {content_type.partition(';')[0].strip()[:60]}")
    text = page_text(body, content_type)
    page = read_page(text, url)
    if not with_body:
        return Article(page)
    found = extract(text, rules)
    lead = page.picture.url if page.picture else ""
    return Article(page, clean(found, url, title=page.title, lead=lead))
