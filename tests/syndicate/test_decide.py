from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from wirepress.model.original import UpdatePolicy
from wirepress.model.wire import (
    Article,
    Create,
    DatePolicy,
    Entry,
    Like,
    Medium,
    Openness,
    Origin,
    OriginState,
    Page,
    Remember,
    Revise,
    Rights,
    Rules,
    Skip,
    SkipReason,
    Source,
    SourceKind,
)
from wirepress.syndicate.attribution import content_of
from wirepress.syndicate.decide import intents, screen
from wirepress.syndicate.examined import Examined

NOW = datetime(2025, 6, 15, 12, tzinfo=UTC)
SECRET = "The licensed body of the article"
ENTRY = Entry(
    guid="wire-1",
    link="https://wire.example/a?utm_source=rss",
    title="A headline",
    summary="<p>A <b>short</b> summary.</p>",
    content=f"<p>{SECRET}</p>",
    authors=("Ada Byron", "Bo Chen"),
    published=NOW - timedelta(hours=3),
    media=(Medium("https://wire.example/small.jpg", "image", width=100, height=100),),
    publisher="The Wire",
)
ARTICLE = Article(
    Page("https://wire.example/a", canonical="https://wire.example/a", picture=Medium("https://wire.example/lead.jpg")),
    body=f"<!-- wp:paragraph -->\n<p>{SECRET}</p>\n<!-- /wp:paragraph -->",
)
FULL = Source(7, "https://wire.example/feed", rights=Rights.FULL)


def created(source: Source, examined: Examined | None = None) -> Create:
    (intent,) = intents(source, examined or Examined(ENTRY, ARTICLE), None, NOW)
    assert isinstance(intent, Create)
    return intent


def taken(source: Source = FULL) -> Origin:
    return replace(created(source).origin, id=1, post=40)


def skipped(source: Source, examined: Examined, known: Origin | None = None) -> SkipReason:
    found = intents(source, examined, known, NOW)[-1]
    assert isinstance(found, Skip)
    return found.reason


def test_a_licensed_article_is_taken_whole() -> None:
    made = created(FULL)
    assert made.dispatch.body == ARTICLE.body
    assert made.dispatch.excerpt == "A short summary."
    assert made.dispatch.picture == Medium("https://wire.example/lead.jpg")
    assert made.dispatch.date == ENTRY.published
    assert (made.dispatch.comments, made.dispatch.pings) == (Openness.CLOSED, Openness.CLOSED)
    assert (made.origin.url, made.origin.url_key, made.origin.guid) == (
        "https://wire.example/a",
        "wire.example/a",
        "wire-1",
    )
    assert made.origin.first_seen == made.origin.last_checked == NOW
    assert made.origin.facts.authors == ("Ada Byron", "Bo Chen")


@pytest.mark.parametrize("rights", [Rights.EXCERPT, Rights.LINK])
def test_narrow_rights_let_no_text_and_no_picture_out(rights: Rights) -> None:
    made = created(replace(FULL, rights=rights))
    assert SECRET not in repr(made)
    assert made.dispatch.body == ""
    assert made.dispatch.picture is None
    assert made.dispatch.excerpt == ("A short summary." if rights is Rights.EXCERPT else "")


def test_a_picture_may_be_allowed_apart_from_the_text() -> None:
    source = replace(FULL, rights=Rights.EXCERPT, rules=Rules(picture=True))
    assert created(source).dispatch.picture == Medium("https://wire.example/lead.jpg")


def test_a_summary_that_is_the_whole_article_is_cut() -> None:
    entry = replace(ENTRY, summary="word " * 300)
    excerpt = created(replace(FULL, rights=Rights.EXCERPT), Examined(entry)).dispatch.excerpt
    assert len(excerpt.split()) == 56
    assert excerpt.endswith("…")


def test_dates_are_the_originals_but_never_to_come() -> None:
    ahead = Examined(replace(ENTRY, published=NOW + timedelta(days=2)), ARTICLE)
    assert created(FULL, ahead).dispatch.date == NOW
    arrival = replace(FULL, rules=Rules(date=DatePolicy.ARRIVAL))
    assert created(arrival).dispatch.date is None


def test_a_listing_trusts_the_page_and_a_feed_its_own_title() -> None:
    article = replace(ARTICLE, page=replace(ARTICLE.page, title="As the page says"))
    listing = replace(FULL, kind=SourceKind.LISTING)
    assert created(listing, Examined(ENTRY, article)).dispatch.title == "As the page says"
    assert created(FULL, Examined(ENTRY, article)).dispatch.title == "A headline"


def test_what_has_not_changed_is_not_looked_at_again() -> None:
    skip = screen(FULL, ENTRY, taken(), NOW)
    assert skip is not None
    assert skip.reason is SkipReason.UNCHANGED


def test_a_change_of_words_becomes_a_revision() -> None:
    entry = replace(ENTRY, title="A better headline")
    article = replace(ARTICLE, body=ARTICLE.body.replace("licensed", "corrected"))
    (intent,) = intents(FULL, Examined(entry, article), taken(), NOW + timedelta(hours=1))
    assert isinstance(intent, Revise)
    assert intent.changed == ("title", "content")
    assert (intent.origin.post, intent.origin.first_seen) == (40, NOW)


def test_a_change_of_nothing_that_shows_is_only_remembered() -> None:
    touched = replace(ENTRY, updated=NOW)
    (intent,) = intents(FULL, Examined(touched, ARTICLE), taken(), NOW)
    assert isinstance(intent, Remember)
    assert screen(FULL, touched, intent.origin, NOW) is not None


def test_other_tags_are_a_change() -> None:
    (intent,) = intents(FULL, Examined(replace(ENTRY, categories=("World",)), ARTICLE), taken(), NOW)
    assert isinstance(intent, Revise)
    assert intent.changed == ("tags",)


def test_what_came_before_prints_were_kept_changes_by_its_words() -> None:
    long = replace(taken(), facts=replace(taken().facts, came={}))
    (intent,) = intents(FULL, Examined(replace(ENTRY, categories=("World",)), ARTICLE), long, NOW)
    assert isinstance(intent, Remember)
    assert intent.origin.facts.came
    (intent,) = intents(FULL, Examined(replace(ENTRY, title="A better headline"), ARTICLE), long, NOW)
    assert isinstance(intent, Revise)
    assert intent.changed[0] == "title"
    assert "tags" not in intent.changed


def test_what_is_never_updated_is_not_looked_at_again() -> None:
    never = replace(FULL, rules=replace(FULL.rules, updates=UpdatePolicy.NEVER))
    changed = Examined(replace(ENTRY, title="A better headline"), ARTICLE)
    assert skipped(never, changed, taken()) is SkipReason.UNCHANGED
    assert isinstance(intents(never, changed, None, NOW)[0], Create)


def test_rights_that_were_narrowed_take_the_text_back() -> None:
    narrow = replace(FULL, rights=Rights.EXCERPT)
    (intent,) = intents(narrow, Examined(ENTRY, ARTICLE), taken(), NOW)
    assert isinstance(intent, Revise)
    assert "content" in intent.changed
    assert SECRET not in content_of(intent.dispatch, intent.origin)


def test_what_was_taken_down_never_comes_again() -> None:
    down = replace(taken(), state=OriginState.TAKEN_DOWN, post=0)
    changed = Examined(replace(ENTRY, title="New"), ARTICLE)
    assert skipped(FULL, changed, down) is SkipReason.TAKEN_DOWN


def test_an_article_of_another_source_is_not_doubled() -> None:
    assert skipped(replace(FULL, id=8), Examined(ENTRY, ARTICLE), taken()) is SkipReason.DUPLICATE


def test_a_text_that_is_here_already_is_remembered_as_skipped() -> None:
    remember, skip = intents(FULL, Examined(ENTRY, ARTICLE, like=Like(12, 90)), None, NOW)
    assert isinstance(remember, Remember)
    assert remember.origin.state is OriginState.SKIPPED
    assert isinstance(skip, Skip)
    assert skip.reason is SkipReason.NEAR_DUPLICATE
    again = screen(FULL, ENTRY, remember.origin, NOW)
    assert again is not None
    assert again.reason is SkipReason.SKIPPED_BEFORE


def test_a_page_that_is_gone_marks_the_origin() -> None:
    changed = replace(ENTRY, title="New")
    remember, _ = intents(FULL, Examined(changed, problem="status 410", gone=True), taken(), NOW)
    assert isinstance(remember, Remember)
    assert remember.origin.state is OriginState.GONE


@pytest.mark.parametrize(
    ("examined", "reason"),
    [
        (Examined(replace(ENTRY, link="")), SkipReason.NO_LINK),
        (Examined(replace(ENTRY, link="javascript:x")), SkipReason.NO_LINK),
        (Examined(replace(ENTRY, title="", summary="", content="<img src=x>")), SkipReason.NO_TITLE),
        (Examined(ENTRY, Article(ARTICLE.page)), SkipReason.NO_BODY),
        (Examined(ENTRY, problem="no answer"), SkipReason.UNAVAILABLE),
    ],
)
def test_what_cannot_be_taken_says_why(examined: Examined, reason: SkipReason) -> None:
    assert skipped(FULL, examined) is reason


@pytest.mark.parametrize(
    ("summary", "title"),
    [
        ("<p>Rain &amp; wind.</p>", "Rain & wind."),
        (
            "one two three four five six seven eight nine ten eleven",
            "one two three four five six seven eight nine ten …",
        ),
        ("long" * 50, "long" * 20 + " …"),
    ],
)
def test_a_note_without_a_title_is_called_by_its_first_words(summary: str, title: str) -> None:
    entry = replace(ENTRY, title="", summary=summary)
    assert created(replace(FULL, rights=Rights.EXCERPT), Examined(entry)).dispatch.title == title


def test_a_feed_with_the_whole_text_does_without_the_page() -> None:
    entry = replace(ENTRY, content="<p>" + "words of the text " * 60 + "<script>x()</script></p>")
    body = created(FULL, Examined(entry, problem="no answer")).dispatch.body
    assert body.startswith("<!-- wp:paragraph -->")
    assert "script" not in body
    assert created(replace(FULL, rules=Rules(page=False)), Examined(ENTRY)).dispatch.body == ARTICLE.body


def test_a_feeds_whole_text_is_not_lost_to_a_page_of_a_few_words() -> None:
    entry = replace(ENTRY, content="<p>" + "words of the text " * 60 + "</p>")
    assert "words of the text" in created(FULL, Examined(entry, ARTICLE)).dispatch.body
    long = replace(ARTICLE, body=f"<!-- wp:paragraph -->\n<p>{'other words ' * 90}</p>\n<!-- /wp:paragraph -->")
    assert created(FULL, Examined(entry, long)).dispatch.body == long.body


def test_the_attribution_links_the_original() -> None:
    made = created(FULL)
    content = content_of(made.dispatch, made.origin)
    assert content.startswith(ARTICLE.body)
    assert content.count("<!-- wp:paragraph") == 2
    assert 'By Ada Byron and Bo Chen. First published by <a href="https://wire.example/a">The Wire</a>.' in content


def test_an_attribution_cannot_carry_markup() -> None:
    entry = replace(ENTRY, publisher="<script>x</script>", authors=('"><img>',), licence="--><script>")
    made = created(replace(FULL, rights=Rights.LINK), Examined(entry))
    content = content_of(made.dispatch, made.origin)
    assert "<script" not in content
    assert "<img" not in content


def test_a_publisher_is_not_named_twice() -> None:
    entry = replace(ENTRY, authors=("The Wire",), licence="© 2025 The Wire. All rights reserved.")
    made = created(FULL, Examined(entry, ARTICLE))
    assert made.origin.facts.authors == ()
    assert '<p class="syndication-source">First published by <a href="https://wire.example/a">The Wire</a>.</p>' in (
        content_of(made.dispatch, made.origin)
    )


def test_a_licence_that_says_something_is_shown() -> None:
    made = created(FULL, Examined(replace(ENTRY, licence="Share with attribution"), ARTICLE))
    assert "</a>. Share with attribution.</p>" in content_of(made.dispatch, made.origin)


@pytest.mark.parametrize(
    ("named", "wanted"),
    [
        ((Medium("https://wire.example/face.jpg", width=80, height=80),), "https://wire.example/big-picture.jpg"),
        (
            (Medium("https://wire.example/a.jpg"), Medium("https://wire.example/big-picture.jpg", width=9)),
            "https://wire.example/big-picture.jpg",
        ),
        ((Medium("https://wire.example/a.jpg"),), "https://wire.example/a.jpg"),
        ((), "https://wire.example/big-picture.jpg"),
    ],
)
def test_the_lead_picture_is_the_pages_unless_the_feed_knows_better(named: tuple[Medium, ...], wanted: str) -> None:
    page = replace(ARTICLE.page, picture=next(iter(named), None), more_pictures=named[1:])
    entry = replace(ENTRY, media=(Medium("https://wire.example/big-picture.jpg", "image", width=1280, height=720),))
    picture = created(FULL, Examined(entry, replace(ARTICLE, page=page))).dispatch.picture
    assert picture is not None
    assert picture.url == wanted
