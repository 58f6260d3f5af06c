"""Blocks of the site: lists to pick from, menus, the logo; terms, pictures and files of a post; the time to read it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.render.site import OwnSite, article, html_of
from wirepress.model.post import Post
from wirepress.render.blocks.reading import count_words


def picture(number: int = 7_000, **meta: Any) -> Post:
    facts = {"width": 1200, "height": 800, "file": "2025/01/a.jpg", "sizes": {}}
    stored = {"_wp_attached_file": ["2025/01/a.jpg"], "_wp_attachment_metadata": [facts]}
    stored |= {name: [value] for name, value in meta.items()}
    return article("", number, type="attachment", status="inherit", mime_type="image/jpeg", meta=stored)


def shown(content: str, *posts: Post, options: dict[str, Any] | None = None, **more: Any) -> str:
    return html_of(content, OwnSite(*posts, **(options or {})), **more)


def test_archives_to_pick_from() -> None:
    html = shown('<!-- wp:archives {"displayAsDropdown":true,"showPostCounts":true,"showLabel":false} /-->')
    assert html.startswith(
        '<div class="wp-block-archives-dropdown wp-block-archives">'
        '<label for="wp-block-archives-1" class="wp-block-archives__label screen-reader-text">Archives</label>\n'
        '\t\t<select id="wp-block-archives-1" name="archive-dropdown">\n'
        '\t\t<option value="">Select Month</option>\t<option value=\'https://news.example.com/index.php/'
    )
    assert re.search(r"'> \w+ \d{4} &nbsp;\(\d+\)</option>\n", html)
    assert "Select Year" in shown('<!-- wp:archives {"displayAsDropdown":true,"type":"yearly"} /-->')


def test_categories_to_pick_from() -> None:
    settings = '{"displayAsDropdown":true,"showHierarchy":true,"showPostCounts":true,"label":"Pick <b>one</b>"}'
    html = shown(f"<!-- wp:categories {settings} /-->")
    assert html.startswith(
        '<div class="wp-block-categories-dropdown wp-block-categories-taxonomy-category wp-block-categories">'
        '<label class="wp-block-categories__label" for="wp-block-categories-1">Pick <b>one</b></label>'
        "<select  name='category_name' id='wp-block-categories-1' class='postform'>\n"
        "\t<option value='-1'>Select Category</option>\n"
    )
    assert re.search(r'\t<option class="level-0" value="[\w%-]+">[^<]+&nbsp;&nbsp;\(\d+\)</option>\n', html)
    tags = shown('<!-- wp:categories {"displayAsDropdown":true,"taxonomy":"post_tag"} /-->')
    assert ">Tags</label><select  name='tag' " in tags


def test_a_menu_lists_its_links_and_what_else_it_holds() -> None:
    inner = (
        '<!-- wp:navigation-link {"label":"A","url":"/a","opensInNewTab":true,"nofollow":true} /-->'
        "<!-- wp:site-title /-->"
        "<!-- wp:search /-->"
        '<!-- wp:navigation-submenu {"label":"B","url":"/b"} --><!-- wp:navigation-link {"label":"C","url":"/c"} /-->'
        "<!-- /wp:navigation-submenu -->"
    )
    settings = '{"ariaLabel":"Main","layout":{"type":"flex","justifyContent":"right","orientation":"vertical"}}'
    html = shown(f"<!-- wp:navigation {settings} -->{inner}<!-- /wp:navigation -->")
    assert re.match(r'<nav class="items-justified-right is-vertical [^"]*" aria-label="Main"><ul class="', html)
    assert html.count("wp-block-navigation__container items-justified-right is-vertical wp-block-navigation") == 2
    assert '<a class="wp-block-navigation-item__content"  href="/a" target="_blank"   rel="nofollow">' in html
    assert '<li class="wp-block-navigation-item"><h1 class="wp-block-site-title">' in html
    assert re.search(r"</ul><form.*</form><ul class=", html, re.DOTALL)
    assert html.endswith("</ul></li></ul></nav>")


def test_a_menu_of_all_pages() -> None:
    menu = "<!-- wp:navigation --><!-- wp:page-list /--><!-- /wp:navigation -->"
    html = shown(menu, options={"show_on_front": "page", "page_on_front": 31})
    assert '<ul class="wp-block-navigation__container wp-block-navigation"><ul class="wp-block-page-list"><li ' in html
    assert html.count('<a class="wp-block-pages-list__item__link wp-block-navigation-item__content" href="') > 3
    below = '<!-- wp:navigation-submenu {"label":"B"} --><!-- wp:page-list /--><!-- /wp:navigation-submenu -->'
    html = shown(f"<!-- wp:navigation -->{below}<!-- /wp:navigation -->")
    assert 'wp-block-navigation-submenu"><li class="wp-block-pages-list__item' in html
    assert "wp-block-page-list" not in html


def test_a_menu_in_a_menu_is_none() -> None:
    assert shown("<!-- wp:navigation --><!-- wp:navigation /--><!-- /wp:navigation -->") == ""


def test_the_logo() -> None:
    options = {"site_logo": 7_000, "blogname": "News"}
    html = shown('<!-- wp:site-logo {"width":60} /-->', picture(), options=options)
    assert html.startswith(
        '<div class="wp-block-site-logo"><a href="https://news.example.com/" class="custom-logo-link" rel="home"><img '
    )
    assert 'width="60" height="40"' in html
    assert 'class="custom-logo" alt="News"' in html
    plain = shown('<!-- wp:site-logo {"isLink":false} /-->', picture(_wp_attachment_image_alt="Alt"), options=options)
    assert plain.startswith('<div class="is-default-size wp-block-site-logo"><img ')
    assert 'alt="Alt"' in plain
    assert shown("<!-- wp:site-logo /-->", options={"site_logo": ""}) == ""
    assert shown("<!-- wp:site-logo /-->", options={"site_logo": 10}) == ""  # a post is no picture


def test_terms_in_a_loop() -> None:
    inner = (
        '<!-- wp:term-template --><!-- wp:term-name {"isLink":true,"level":3} /--><!-- wp:term-count /-->'
        '<!-- wp:term-count {"bracketType":"angle"} /--><!-- wp:term-description /--><!-- /wp:term-template -->'
    )
    query = '{"termQuery":{"perPage":2,"taxonomy":"post_tag","order":"asc","orderBy":"name","hideEmpty":true}}'
    html = shown(
        f'<!-- wp:terms-query {query} --><div class="wp-block-terms-query">{inner}</div><!-- /wp:terms-query -->'
    )
    assert len(re.findall(r'<li class="wp-block-term term-\d+ post_tag taxonomy-post_tag">', html)) == 2
    assert re.search(r'<h3 class="wp-block-term-name"><a href="https://news.example.com/[^"]+">[^<]+</a></h3>', html)
    assert re.search(r'<div class="wp-block-term-count">\(\d+\)</div>', html)
    assert re.search(r'<div class="wp-block-term-count">&lt;\d+&gt;</div>', html)
    assert shown(inner) == ""


COVER = (
    '<div class="wp-block-cover"><span class="wp-block-cover__background"></span>'
    '<div class="wp-block-cover__inner-container"><p>x</p></div></div>'
)


def test_a_cover_with_the_posts_picture() -> None:
    settings = '{"useFeaturedImage":true,"focalPoint":{"x":0.25,"y":1}}'
    html = shown(f"<!-- wp:cover {settings} -->{COVER}<!-- /wp:cover -->", picture(), thumbnail=7_000)
    image = html[html.index("<img") : html.index("/>")]
    assert html.index("<img") < html.index("wp-block-cover__inner-container")
    assert 'class="wp-block-cover__image-background"' in image
    assert 'style="object-position:25% 100%;"' in image
    assert "<img" not in shown(f"<!-- wp:cover {settings} -->{COVER}<!-- /wp:cover -->")
    repeated = settings.replace('":true', '":true,"isRepeated":true')
    html = shown(f"<!-- wp:cover {repeated} -->{COVER}<!-- /wp:cover -->", picture(), thumbnail=7_000)
    assert 'class="wp-block-cover__image-background wp-image-7000 is-repeated"' in html
    assert "background-position:25% 100%;background-image:url(https://news.example.com/" in html


def test_media_and_text_with_the_posts_picture() -> None:
    saved = '<div class="wp-block-media-text"><figure class="wp-block-media-text__media"></figure><div>x</div></div>'
    content = f'<!-- wp:media-text {{"useFeaturedImage":true,"imageFill":true}} -->{saved}<!-- /wp:media-text -->'
    html = shown(content, picture(), thumbnail=7_000)
    assert '<figure class="wp-block-media-text__media"><img ' in html
    assert "wp-image-7000 size-full" in html
    assert 'style="object-position:50% 50%;"' in html


def test_a_film_is_as_large_as_its_file() -> None:
    content = (
        '<!-- wp:video {"id":7000} --><figure class="wp-block-video"><video controls src="a.mp4"></video></figure>'
    )
    content += "<!-- /wp:video -->"
    html = shown(content, picture())
    assert 'height="800"' in html
    assert 'style="aspect-ratio: 1200 / 800;"' in html
    assert "aspect-ratio" not in shown(content)


def test_a_file_with_a_preview() -> None:
    content = '<!-- wp:file {"displayPreview":true} --><div class="wp-block-file"><object aria-label="a.pdf"></object>'
    content += "</div><!-- /wp:file -->"
    html = shown(content)
    assert 'data-wp-interactive="core/file"' in html
    assert 'aria-label="Embed of a.pdf."' in html
    assert re.search(r"<object[^>]* hidden ", html)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("", "2–3 minutes"),
        ('{"displayAsRange":false}', "2 minutes"),
        ('{"displayAsRange":false,"averageReadingSpeed":1000}', "1 minute"),
        ('{"displayMode":"words"}', "400 words"),
    ],
)
def test_the_time_to_read(settings: str, said: str) -> None:
    text = "<p>" + "word " * 400 + "</p>"
    html = shown(f"{text}<!-- wp:post-time-to-read {settings} /-->")
    assert f'<div class="wp-block-post-time-to-read">{said}</div>' in html


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0), (" \n", 0), ("one", 1), ("<p>one</p><p>two</p>", 2), ("<!-- wp:a --> x", 1), ("a--b \u2014 c", 3),
        ("a&nbsp;b &amp; c", 3), ("1, 2!", 0), ("<a<b c", 2), ("x <!-- y", 2),
    ],
)  # fmt: skip
def test_words_are_counted_as_the_editor_does(text: str, words: int) -> None:
    assert count_words(text) == words


@given(st.text(alphabet="<>a &;-!x\n") | st.text())
def test_words_of_any_text(text: str) -> None:
    assert 0 <= count_words(text) <= len(text)


@pytest.mark.parametrize("piece", ["<a", "<!--", "&", "&;", ";&", "<a>", "--"])
def test_a_megabyte_is_counted_in_one_go(piece: str) -> None:
    count_words(piece * (1_000_000 // len(piece)))
