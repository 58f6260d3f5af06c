"""Which lines say where a text was published first, and which only seem to."""

from __future__ import annotations

import pytest

from wirepress.syndicate.adoption.lines import Attribution, attribution_in, lines_of, may_have

TEXT = "<p>The water in the old harbour rose by two metres.</p>\n<p>Nobody was hurt.</p>\n"
ARTICLE = "https://paper.example/2025/02/the-flood-in-town"
LINK = f'<a href="{ARTICLE}">The Paper</a>'
HOME = '<a href="https://www.paper.example/">The Paper</a>'


def found(markup: str, *own: str) -> Attribution | None:
    assert may_have(markup) or attribution_in(lines_of(markup), own) is None
    return attribution_in(lines_of(markup), own)


@pytest.mark.parametrize(
    "line",
    [
        f"This article was first published by {LINK}.",
        f"This post originally appeared on {LINK}",
        f"Originally published at {LINK}",
        f"First published by {LINK}.",
        f"Republished with permission from {LINK}",
        f"Source: {LINK}",
        f"Source: {ARTICLE}",
        f'<a href="{ARTICLE}">Read the full article</a>',
        f'The post <a href="{ARTICLE}">The flood</a> appeared first on {HOME}.',
        f"Quelle: {LINK}",
        f"Dieser Artikel ist zuerst bei {LINK} erschienen.",
        f"Zuerst veröffentlicht auf {LINK}",
        f'Der Beitrag <a href="{ARTICLE}">Die Flut</a> erschien zuerst auf {HOME}.',
        f"Zum Originalartikel: {LINK}",
        f"Source : {LINK}",
        f"Cet article est d’abord paru sur {LINK}",
        f"Publié initialement sur {LINK}",
        f"L’article <a href='{ARTICLE}'>La crue</a> est apparu en premier sur {HOME}.",
        f"Article original : {LINK}",
        f"Fuente: {LINK}",
        f"Este artículo fue publicado originalmente en {LINK}",
        f"Publicado originalmente en {LINK}",
        f"La entrada <a href='{ARTICLE}'>La crecida</a> se publicó primero en {HOME}.",
        f"Initially posted on {LINK}",
        f"Reprinted from {LINK}",
        f'<a href="{ARTICLE}">Continue reading the entire story</a>',
        f'<a href="{ARTICLE}">Den ganzen Beitrag lesen</a>',
        f"Dieses Interview erschien zunächst in {LINK}.",
        f"Cette tribune est parue pour la première fois dans {LINK}.",
        f"Parue d'abord dans {LINK}",
        f'<a href="{ARTICLE}">Lire l’article intégral</a>',
        f"Esta nota apareció por primera vez en {LINK}.",
        f"Inicialmente publicado en {LINK}",
        f'<a href="{ARTICLE}">Leer la nota completa</a>',
        f"(<em>This story was first published on {LINK}</em>)",
    ],
)
def test_a_line_names_the_article(line: str) -> None:
    for markup in (f"{TEXT}<p>{line}</p>", f"{TEXT}<div>{line}</div><br>", f"<p>{line}</p>{TEXT}", f"Words.\n\n{line}"):
        one = found(markup)
        assert one is not None, markup
        assert (one.host, one.url) == ("paper.example", ARTICLE)


@pytest.mark.parametrize(
    "line",
    [
        f"This post appeared first on {HOME}",
        "This post appeared first on paper.example",
        "This post appeared first on Paper.example.",
        'Source: <a href="https://paper.example/politics/">Politics</a>',
        "Originally published at https://paper.example",
        "Quelle: paper.example",
    ],
)
def test_a_line_that_names_a_site_names_no_article(line: str) -> None:
    one = found(f"{TEXT}<p>{line}</p>")
    assert one is not None
    assert (one.host, one.url) == ("paper.example", "")


@pytest.mark.parametrize(
    "markup",
    [
        f"<p>The council said, as {LINK} reports, that the water rose.</p>{TEXT}",
        f"{TEXT}<p>The report was first published by {LINK} on Monday, and led to questions in the council.</p>",
        f"{TEXT}<p>More on this: {LINK}</p>",
        f"{TEXT}<p>Source: the council</p>",
        f"{TEXT}<p>Source: Reuters, AP</p>",
        f'{TEXT}<p>Source: <a href="https://unsplash.com/photos/a-long-river-view">Unsplash</a></p>',
        f'{TEXT}<p>Source: <a href="https://en.wikipedia.org/wiki/Flood_in_the_town">Wikipedia</a></p>',
        f'{TEXT}<p>Source: <a href="https://a.example/one-two-three">A</a>, <a href="https://b.example/x">B</a></p>',
        f'{TEXT}<p>This article was first published by <a href="/about">us</a>.</p>',
        f'{TEXT}<p>This article was first published by <a href="javascript:alert(1)">us</a>.</p>',
        f"{TEXT}<p>This article was first published in our paper at noon, e.g. by P.M.</p>",
        f"<p>Source: {LINK}</p>{TEXT * 3}<p>Source: <a href='https://other.example/one-two-three'>Other</a></p>",
        f"{TEXT}<p>This article was first published by {LINK}, and {'this and that ' * 20}</p>",
        f"<p>Originally published at {LINK}</p>",
        f"{TEXT}<script>Source: {LINK}</script>",
        f"<p>One.</p><p>Source: {LINK}</p>{TEXT * 4}",
        "",
    ],
)
def test_nothing_else_does(markup: str) -> None:
    assert found(markup) is None


def test_the_site_itself_is_no_origin() -> None:
    markup = f"{TEXT}<p>Originally published at {LINK}</p>"
    assert found(markup) is not None
    assert found(markup, "paper.example") is None


def test_what_a_link_is_called_is_the_publisher_if_it_is_a_name() -> None:
    names = {
        f"Source: {LINK}": "The Paper",
        f'Source: <a href="{ARTICLE}">{ARTICLE}</a>': "",
        f'<a href="{ARTICLE}">Read the full article</a>': "",
        f'The post <a href="{ARTICLE}">The flood</a> appeared first on {HOME}.': "The Paper",
    }
    for line, name in names.items():
        one = found(f"{TEXT}<p>{line}</p>")
        assert one is not None
        assert (one.publisher, one.at) == (name, 2)
