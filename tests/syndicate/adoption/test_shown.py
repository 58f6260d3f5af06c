"""What readers see of an adopted article: its own author, and its original where that is known."""

from __future__ import annotations

from functools import partial

from tests.syndicate.adoption.conftest import WordPress
from tests.syndicate.adoption.test_adopting import PAGE, WHOLE, origins
from tests.syndicate.site import Site
from wirepress.content.posts.provenance import provenance
from wirepress.feeds.articles import context_of
from wirepress.feeds.atom import source
from wirepress.model.post import Post
from wirepress.site import structured
from wirepress.site.head import of_post
from wirepress.site.stories import attribution, byline, own_author
from wirepress.store import posts as post_store
from wirepress.syndicate.adoption.adopting import adopt


def adopted(bare: WordPress, site: Site) -> tuple[Post, Post]:
    """A post whose original is known, and one of which only the site is."""
    bare.post("A flood in the harbour", WHOLE, feedzy_item_url=PAGE, feedzy_item_author="Ann Lee")
    bare.post("Wind over the harbour", f"{WHOLE}<p>This post appeared first on other.example</p>")
    bare.into(site)
    assert adopt(site.newsroom).recognised == 2
    with site.newsroom.database.read() as unit:
        located, unlocated = post_store.load(unit, list(origins(site))).values()
    return located, unlocated


def test_an_article_keeps_its_author_and_names_its_original(bare: WordPress, site: Site) -> None:
    located, unlocated = adopted(bare, site)
    with site.newsroom.view() as view:
        known = provenance(view, (located.id, unlocated.id))
        for post, canonical in ((located, PAGE), (unlocated, None)):
            origin = known.origins[post.id]
            head = of_post(view, post, known, {"title": "News", "robots": "", "tdm": False})
            assert head.get("canonical") == canonical
            shown = structured.article(view, post, origin, post.title, "")
            assert shown.get("isBasedOn") == canonical
            assert [author["name"] for author in shown["author"]] == ["Desk"]
            named = byline(post, origin, partial(own_author, view))
            assert named is not None
            assert named["name"] == "Desk"
        assert attribution(known.origins[unlocated.id], known) == {
            "text": "First published by",
            "source": "other.example",
            "url": "https://other.example/",
            "canonical": "https://other.example/",
        }
        feed = context_of(view, (located, unlocated), "/feed/")
        assert f'<link rel="via" type="text/html" href="{PAGE}" />' in source(feed, located)
        assert "via" not in source(feed, unlocated)
