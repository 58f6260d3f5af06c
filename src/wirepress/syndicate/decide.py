"""What to do with an entry: a pure function of what we knew, what came, the time, and the source's rules.

Nothing here reads or writes; the adapters (`take`) carry out what is decided.  Rights bind here: under `excerpt` and
`link` nothing that leaves this module holds the source's text, nor its picture unless the source's rules allow it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from wirepress.model.original import UpdatePolicy
from wirepress.model.page_kind import PageKind
from wirepress.model.wire import (
    Arrival,
    Byline,
    Create,
    DatePolicy,
    Dispatch,
    Entry,
    Intent,
    Origin,
    OriginFacts,
    OriginState,
    Page,
    Remember,
    Revise,
    Rights,
    SignalPolicy,
    Skip,
    SkipReason,
    Source,
)
from wirepress.syndicate import enclosed
from wirepress.syndicate.addresses import url_key, without_tracking
from wirepress.syndicate.age import is_too_old
from wirepress.syndicate.alike import alike
from wirepress.syndicate.changed import changed_fields, with_prints
from wirepress.syndicate.clean import clean_markup
from wirepress.syndicate.examined import Examined
from wirepress.syndicate.filters import Subject, Verdict, mapped, mark_of, verdict_of
from wirepress.syndicate.identity import aside_key, bare_key, key_of
from wirepress.syndicate.parse.pictures import lead_picture
from wirepress.syndicate.parse.text import plain
from wirepress.syndicate.reading.table import reading_of
from wirepress.syndicate.same import content_hash, digest_of
from wirepress.syndicate.schedule import MOST_TRIES, next_try
from wirepress.syndicate.titles import first_words
from wirepress.syndicate.unreadable import Unreadable
from wirepress.syndicate.within import excerpt, heeding, illustrated, why_narrowed

_FULL_TEXT_WORDS = 100
"""Words from which on a feed's own content passes for the article where its page cannot be had."""
_MOST_TAGS = 20
NOBODYS = (OriginState.TAKEN_DOWN, OriginState.REJECTED, OriginState.WAITING)
"""States of an article that no source has brought."""
LONGEST_BODY = 2_000_000
"""Characters of markup beyond which a text is no article: a long novel has as many."""


def screen(source: Source, entry: Entry, known: Origin | None, now: datetime) -> Skip | None:
    """Why an entry needs no further look (its page is not fetched then); None if it does."""
    if known is not None:
        if (skip := _put_aside(source, known, now)) is not None:
            return skip
        if is_as_before(source, entry, known):
            was_skipped = known.state is OriginState.SKIPPED
            return Skip(SkipReason.SKIPPED_BEFORE if was_skipped else SkipReason.UNCHANGED)
    if not url_key(entry.link):
        return Skip(SkipReason.NO_LINK)
    return None


def _put_aside(source: Source, known: Origin, now: datetime) -> Skip | None:
    """Why an article needs no further look, whatever its entry says now."""
    if known.state is OriginState.TAKEN_DOWN:
        return Skip(SkipReason.TAKEN_DOWN)
    if known.state is OriginState.REJECTED:
        return Skip(SkipReason.REJECTED)
    if known.facts.tries >= MOST_TRIES:
        return Skip(SkipReason.GIVEN_UP)
    if known.facts.tries and now < known.last_checked + timedelta(seconds=next_try(known.facts.tries)):
        return Skip(SkipReason.WAITING)
    if known.source != source.id and known.state is not OriginState.WAITING:
        return Skip(SkipReason.DUPLICATE, "another source brought it")
    if known.post and source.rules.updates is UpdatePolicy.NEVER:
        return Skip(SkipReason.UNCHANGED)
    return None


def is_as_before(source: Source, entry: Entry, known: Origin) -> bool:
    """Whether an entry says what it said, and its source wants of it what it wanted.

    Other rights than when it was taken: narrower ones take text back, wider ones bring it.
    """
    if known.state is OriginState.WAITING or known.facts.entry_hash != digest_of(entry):
        return False
    heeds = source.rules.signals is SignalPolicy.HEED
    has_rights = heeds if known.facts.narrowed else known.facts.rights is source.rights
    other_pictures = known.facts.taken not in ("", source.pictures.value)
    if known.post and not known.facts.narrowed and other_pictures:
        return False
    return has_rights and known.facts.filters in ("", mark_of(source.rules))


def turned_away(source: Source, entry: Entry, known: Origin | None, now: datetime) -> tuple[Intent, ...]:
    """What is to be done about an entry that is too old for the source, or that its filters reject, by what the feed
    says: its page is not fetched.  Empty where it needs a further look."""
    if known is not None and (known.post or known.facts.accepted):
        return ()
    skip = _too_old(source, entry, None, now)
    if skip is None:
        verdict = verdict_of(source.rules.filters, _subject(source, entry, None, "", now))
        skip = _filtered_out(verdict) if verdict is not None else None
    return _left_out(source, entry, known, now, skip) if skip is not None else ()


def crowded_out(source: Source, entry: Entry, known: Origin | None, now: datetime, most: int) -> tuple[Intent, ...]:
    """What is to be done about an entry that waits while `most` newer ones of its source do."""
    return _left_out(source, entry, known, now, Skip(SkipReason.BACKLOG_FULL, f"{most:,} newer ones wait"))


def _left_out(source: Source, entry: Entry, known: Origin | None, now: datetime, skip: Skip) -> tuple[Intent, ...]:
    origin = put_off(source, entry, known if _is_own(source, known) else None, now)
    return _rejected(replace(origin, facts=replace(origin.facts, entry_hash=digest_of(entry))), source, skip)


def _too_old(source: Source, entry: Entry, page: Page | None, now: datetime) -> Skip | None:
    days = source.rules.max_age
    if not is_too_old(source.rules, entry, page, now):
        return None
    return Skip(SkipReason.TOO_OLD, f"older than {days} day{'s' * (days != 1)}")


def _filtered_out(verdict: Verdict) -> Skip | None:
    return Skip(SkipReason.FILTERED, verdict.line) if verdict.action == "reject" else None


def intents(source: Source, examined: Examined, known: Origin | None, now: datetime) -> tuple[Intent, ...]:
    """What is to be done about an entry."""
    entry = examined.entry
    if known is not None and is_elsewhere(source, known):
        return doubled(source, examined, known, now)
    if (skip := screen(source, entry, known, now)) is not None:
        if known is None or known.is_located or known.source != source.id or not known.post:
            return (skip,)
        return (Remember(_located(known, entry, examined.page)), skip)  # else its page is asked for in every look
    return looked_at(source, examined, known, now)


def looked_at(source: Source, examined: Examined, known: Origin | None, now: datetime) -> tuple[Intent, ...]:
    """What is to be done about an entry whose page was looked at, whatever its feed or listing said before.

    Raises Unreadable for an article that is too long.
    """
    entry = examined.entry
    narrowed = why_narrowed(source, examined.page)
    given, source = source.rights, heeding(source, examined.page)
    if _leads_nowhere(source, examined):
        return _not_now(source, examined, known, now, _why(examined, SkipReason.UNAVAILABLE))
    title = _title(source, entry, examined.page)
    if not title:
        return _not_now(source, examined, known, now, SkipReason.NO_TITLE)
    files = enclosed.files_of(source, entry)
    body = _body(source, examined, has_sound=bool(files))
    body = enclosed.with_players(body, files) if body or not examined.problem else ""
    if len(body) > LONGEST_BODY:
        raise Unreadable(f"the article is longer than {LONGEST_BODY:,} characters")
    if source.rights is Rights.FULL and not body:
        reason = SkipReason.UNAVAILABLE if examined.problem else SkipReason.NO_BODY
        return _not_now(source, examined, known, now, _why(examined, reason))
    dispatch = _dispatch(source, entry, examined.page, title, body, now)
    if source.rights is Rights.FULL and not dispatch.body and dispatch.picture is None:  # it was pictures alone
        return _not_now(source, examined, known, now, SkipReason.NO_BODY)
    dispatch = replace(dispatch, enclosures=files, narrowed=narrowed, is_paid=examined.kind is PageKind.PAYWALL)
    origin = _origin(source, examined, dispatch, known, now)
    origin = replace(origin, facts=replace(origin.facts, narrowed=source.rights is not given))
    return _filtered(source, examined, known, origin, dispatch, body or dispatch.excerpt, now)


def _filtered(
    source: Source, examined: Examined, known: Origin | None, origin: Origin, dispatch: Dispatch, text: str,
    now: datetime,
) -> tuple[Intent, ...]:  # fmt: skip
    """What is to be done about an article that may be taken, as the filters have it and what is known of it."""
    entry = examined.entry
    verdict = verdict_of(source.rules.filters, _subject(source, entry, examined, text, now))
    assert verdict is not None  # all is known by now
    is_accepted = known is not None and known.facts.accepted
    if is_accepted:  # whoever wants it outvotes the filters; what they add of terms and names stays
        verdict = replace(verdict, action="publish", line="")
    skip = None if is_accepted else _too_old(source, entry, examined.page, now) or _filtered_out(verdict)
    if skip is not None and not (known is not None and known.post):
        return _rejected(origin if _is_own(source, known) else replace(origin, id=0, first_seen=now), source, skip)
    dispatch = _directed(dispatch, verdict)
    origin = with_prints(origin, dispatch, entry.published or examined.page.published)
    if known is not None and known.post:
        changed = changed_fields(known, origin)
        if not changed:
            return (Remember(origin),)
        return (Revise(origin, dispatch, changed, known, source.rules.updates),)
    if examined.like is not None and not is_accepted:
        return alike(source, origin, dispatch, examined.like)
    return (Create(origin, dispatch, examined.like),)


def _subject(source: Source, entry: Entry, examined: Examined | None, text: str, now: datetime) -> Subject:
    """What the filters look at; without what was found out, as far as the feed tells it for good."""
    page = examined.page if examined else Page(entry.link)
    title = _title(source, entry, page)
    is_said = reading_of(source.kind).in_words
    authors, terms = entry.authors or page.authors, entry.categories or page.tags
    published = _published(entry, page, now)
    if examined is None:
        given = (title if is_said else "") or None, authors or None, terms or None
        return Subject(*given, entry.link, entry.language, published, now)
    has_picture = lead_picture(entry, page) is not None
    return Subject(title, authors, terms, entry.link, entry.language, published, now, plain(text), has_picture)


def _rejected(origin: Origin, source: Source, skip: Skip) -> tuple[Intent, ...]:
    """An article that this source is not to bring: another one may, so its address is nobody's."""
    facts = replace(origin.facts, filters=mark_of(source.rules), tries=0)
    key = aside_key(bare_key(origin.url_key, source.id), source.id)
    kept = replace(origin, state=OriginState.SKIPPED, url_key=key, canonical="", content_hash="", facts=facts)
    return (Remember(kept), skip)


def _directed(dispatch: Dispatch, verdict: Verdict) -> Dispatch:
    """A dispatch as the filters want it."""
    status = {"hold": Arrival.PENDING, "draft": Arrival.DRAFT, "publish": Arrival.PUBLISH}.get(verdict.action)
    return replace(
        dispatch,
        status=status or dispatch.status,
        rule=verdict.line if status else "",
        categories=tuple(dict.fromkeys((*dispatch.categories, *verdict.categories))),
        tags=tuple(dict.fromkeys((*dispatch.tags, *verdict.tags))),
        author=verdict.author or dispatch.author,
        name="" if verdict.author else dispatch.name,
    )


def _leads_nowhere(source: Source, examined: Examined) -> bool:
    """Whether there is no article to be had: the page is gone, or cannot be read and a link's text is all there is."""
    unread = examined.article is None and bool(examined.problem)
    return examined.gone or (unread and not reading_of(source.kind).in_words)


def _why(examined: Examined, otherwise: SkipReason) -> SkipReason:
    return otherwise if examined.kind is PageKind.ARTICLE else SkipReason(examined.kind.value)


def is_elsewhere(source: Source, known: Origin) -> bool:
    """Whether an article is another source's."""
    return known.source != source.id and known.state not in NOBODYS


def _is_own(source: Source, known: Origin | None) -> bool:
    """Whether what is known of an article is this source's row: another's says how often that one has tried it."""
    return known is not None and known.source == source.id


def _not_now(
    source: Source, examined: Examined, known: Origin | None, now: datetime, reason: SkipReason
) -> tuple[Intent, ...]:
    waiting = put_off(source, examined.entry, known, now, gone=examined.gone)
    return (Remember(waiting), Skip(reason, examined.problem))


def put_off(source: Source, entry: Entry, known: Origin | None, now: datetime, *, gone: bool = False) -> Origin:
    """An article that could not be taken, or looked at again, with how often that was."""
    if known is None:
        facts = OriginFacts(title=entry.title, rights=source.rights, tries=1)
        url = without_tracking(entry.link)
        state = OriginState.WAITING
        return Origin(source.id, entry.guid, url, key_of(entry, url), now, now, state=state, facts=facts)
    state = known.state if known.post else OriginState.WAITING
    state = OriginState.GONE if known.post and gone else state
    return replace(known, state=state, last_checked=now, facts=replace(known.facts, tries=known.facts.tries + 1))


def doubled(source: Source, examined: Examined, known: Origin, now: datetime) -> tuple[Intent, ...]:
    """An article that another source brought.  One that came under an address of its own is remembered by it."""
    entry = examined.entry
    skip = Skip(SkipReason.DUPLICATE, "another source brought it")
    key = key_of(entry)
    if not key or key in (known.url_key, url_key(known.canonical)):
        return (skip,)
    facts = OriginFacts(title=entry.title, rights=source.rights, entry_hash=digest_of(entry))
    state = OriginState.SKIPPED
    origin = Origin(source.id, entry.guid, entry.link, key, first_seen=now, last_checked=now, state=state, facts=facts)
    return (Remember(origin), skip)


def _title(source: Source, entry: Entry, page: Page) -> str:
    # The text of a link on a listing page is often cut or dressed up; a feed's title is the editors' own.
    offered = (entry.title, page.title) if reading_of(source.kind).in_words else (page.title, entry.title)
    return next(filter(None, offered), "") or first_words(entry)


def _body(source: Source, examined: Examined, *, has_sound: bool) -> str:
    """The text within the rights; of an entry that has a sound or film its notes, however short they are."""
    if source.rights is not Rights.FULL:
        return ""
    entry = examined.entry
    if entry.is_whole:
        return examined.article.body if examined.article else ""
    has_page = source.rules.page and not entry.is_part
    own = entry.content if has_page and not has_sound else entry.content or entry.summary
    if examined.article is not None and examined.article.body and examined.kind is PageKind.ARTICLE:
        if not has_page or not _says_far_more(own, examined.article.body):
            return examined.article.body
    elif has_page and len(plain(own).split()) < _FULL_TEXT_WORDS and not has_sound:
        return ""
    try:
        return clean_markup(own, entry.link, title=entry.title)
    except Unreadable:
        return ""


def _says_far_more(own: str, body: str) -> bool:
    """Whether a feed's content is the article, and what was found on its page a line or a caption."""
    if len(own) <= len(body):
        return False
    length = len(plain(own).split())
    return length >= _FULL_TEXT_WORDS and length > 2 * len(plain(body).split())


def _dispatch(source: Source, entry: Entry, page: Page, title: str, body: str, now: datetime) -> Dispatch:
    rules = source.rules
    published = _published(entry, page, now)
    date = None if rules.date is DatePolicy.ARRIVAL else published
    lead, others, body = illustrated(source, entry, page, body)
    categories, tags = mapped(rules.terms, entry.categories or page.tags)
    authors = _people(entry.authors or page.authors, page.publisher or entry.publisher or source.name)
    return Dispatch(
        title=title,
        body=body,
        excerpt="" if source.rights is Rights.LINK else excerpt(source, entry, page),
        date=date,
        categories=tuple(filter(None, (rules.category, *categories[:_MOST_TAGS]))),
        author=rules.author,
        name=authors[0] if authors and rules.byline is Byline.NAMES else "",
        status=rules.arrival,
        tags=tags[:_MOST_TAGS],
        picture=lead,
        more_pictures=others,
        comments=rules.comments,
        pings=rules.pings,
    )


def _published(entry: Entry, page: Page, now: datetime) -> datetime | None:
    """When an article was published: as its feed says, else its page; what is yet to come is now."""
    named = [moment for moment in (entry.published, page.published) if moment is not None]
    past = (moment for moment in named if moment <= now)
    return next(past, now if named else None)


def _origin(source: Source, examined: Examined, dispatch: Dispatch, known: Origin | None, now: datetime) -> Origin:
    entry, page = examined.entry, examined.page
    publisher = page.publisher or entry.publisher or source.name
    facts = OriginFacts(
        title=dispatch.title,
        authors=_people(entry.authors, publisher) or _people(page.authors, publisher),
        publisher=publisher,
        published=_published(entry, page, now),
        modified=page.modified or entry.updated,
        licence=entry.licence or page.licence,
        rights=source.rights,
        entry_hash=digest_of(entry),
        etag=examined.etag,
        last_modified=examined.last_modified,
        written=known.facts.written if known else {},
        pictures=known.facts.pictures if known else (),
        loaded=known.facts.loaded if known else {},
        taken=source.pictures.value,
        signals=page.signals.said,
        sign=known.facts.sign if known else "",
    )
    if known is None or not known.post:
        first_seen, row = (known.first_seen, known.id) if known else (now, 0)
        url = without_tracking(page.url or entry.link)
        known = Origin(source.id, entry.guid, url, key_of(entry, url), first_seen, now, row)
    elif not known.is_located:
        known = _located(known, entry, page)
    digest = content_hash(dispatch.body or dispatch.excerpt)
    state = OriginState.LIVE
    return replace(known, canonical=page.canonical, content_hash=digest, state=state, facts=facts, last_checked=now)


def _located(known: Origin, entry: Entry, page: Page) -> Origin:
    """An article of which only the site was known, by the name and address that it turns out to have."""
    url = without_tracking(page.url or entry.link)
    return replace(known, guid=entry.guid, url=url, url_key=key_of(entry, url))


def _people(names: tuple[str, ...], publisher: str) -> tuple[str, ...]:
    """The authors, without a publisher that signs by its own name: it is named anyway."""
    return tuple(name for name in names if name.casefold() != publisher.casefold())
