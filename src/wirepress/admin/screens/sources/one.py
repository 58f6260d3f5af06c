"""One source: how it stands, its settings, its looks, what it brought; and a source that is about to be one."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from wirepress.admin import lists, moments, pages
from wirepress.admin.screens.sources import form, words
from wirepress.admin.screens.sources.listing import HERE, next_look, rate
from wirepress.admin.screens.sources.panel import entry_row, panel
from wirepress.admin.visit import Visit
from wirepress.model.errors import Forbidden, NotFound, WirepressError
from wirepress.model.order import Order, OrderKind
from wirepress.model.web import Response
from wirepress.model.wire import Rules, Source, SourceKind
from wirepress.syndicate import definition, orders, sources
from wirepress.url.parse import is_address, open_address

RUNS = 20
ARTICLES = 20


def show(visit: Visit, source: Source | None = None, wrong: Mapping[str, str] | None = None) -> Response:
    """The page of a source, with the form as it was sent where something is wrong in it."""
    one = sources.overview(visit.view, visit.asked.number("source"))
    order = _order(visit)
    found, total = sources.articles(visit.view, visit.viewer, one.source.id, lists.page_of(visit), ARTICLES)
    tested = orders.source_of(order) if order and order.kind is OrderKind.TEST else None
    shown = source or tested or one.source
    return pages.page(
        visit,
        "sources/one.html",
        sources.name_of(one.source),
        status=400 if wrong else 200,
        one=one,
        health=words.health(visit, one),
        last=words.moment(visit, one.run.started) if one.run else None,
        left=words.left(visit, one),
        hub=words.hub(visit, one),
        brought=words.counted(visit, one.run.facts) if one.run and one.run.ended else "",
        next=next_look(visit, one),
        rate=rate(one),
        runs=[_run(visit, run) for run in sources.runs(visit.view, one.source.id, RUNS)],
        articles=[_article(visit, origin, post) for origin, post in found],
        paging=lists.paging(visit, total, ARTICLES),
        panel=panel(visit, order) if order else None,
        unsaved=replace(shown, memory=one.source.memory) != one.source,
        changes=sources.may(visit.view, visit.viewer, "change"),
        form=form.fields(visit, shown, wrong or {}) if sources.may(visit.view, visit.viewer, "change") else None,
        rights_word=visit.say(words.RIGHTS[one.source.rights.value]),
        kind_word=words.kind(visit, one.source.kind),
        address=open_address(one.source.url),
        here=visit.address(HERE),
    )


def _order(visit: Visit) -> Order | None:
    number = visit.asked.number("order")
    return orders.get(visit.view, visit.viewer, number) if number else None


def _run(visit: Visit, run: Any) -> Mapping[str, Any]:
    facts = run.facts
    return {
        "when": words.moment(visit, run.started),
        "seconds": max(0, run.ended - run.started) if run.ended else None,
        "counted": words.counted(visit, facts) if run.ended else "",
        "found": facts.get("found", 0),
        "error": words.sentence(visit, facts.get("error", "")),
        "notes": [words.sentence(visit, note) for note in facts.get("notes", ())],
        "reasons": words.reasons(visit, facts.get("reasons")),
        "rules": words.rules(visit, facts),
        "entries": [entry_row(visit, entry) for entry in facts.get("entries", ())],
    }


def _article(visit: Visit, origin: Any, post: Any) -> Mapping[str, Any]:
    editable = visit.may("edit_post", post)
    return {
        "title": post.title or visit.say("(no title)"),
        "edit": visit.address(f"post.php?post={post.id}&action=edit") if editable else "",
        "original": origin.url if is_address(origin.url) else "",
        "when": words.moment(visit, int(origin.first_seen.timestamp())),
        "date": moments.full(visit, post.date_gmt),
        "status": post.status,
        "gone": origin.state.value == "gone",
    }


def show_new(visit: Visit, source: Source | None = None, wrong: Mapping[str, str] | None = None) -> Response:
    """Adding a source: an address, what is found there, its form, what would come in."""
    _refuse(visit)
    order = _order(visit)
    drafted = source or _drafted(visit, order)
    shows_panel = order is not None and not (order.kind is OrderKind.DISCOVER and drafted is not None)
    return pages.page(
        visit,
        "sources/new.html",
        visit.say("Add a source"),
        status=400 if wrong else 200,
        panel=panel(visit, order) if order is not None and shows_panel else None,
        form=form.fields(visit, drafted, wrong or {}) if drafted else None,
        order=order,
        candidate=visit.asked.number("candidate") or visit.sent.number("candidate"),
        asked_address=visit.sent.text("address"),
        wrong=wrong or {},
        here=visit.address(HERE),
        over=visit.address(HERE, add=1),
    )


def _refuse(visit: Visit) -> None:
    if not sources.may(visit.view, visit.viewer, "change"):
        raise Forbidden("no_access", "You may look at sources, but not change them.")


def _drafted(visit: Visit, order: Order | None) -> Source | None:
    """The source that an order speaks of: the one that was tested, or the candidate that was chosen."""
    if order is None:
        return Source(0, "", rules=Rules()) if visit.asked.text("add") == "form" else None
    if order.kind is OrderKind.TEST:
        return orders.source_of(order)
    number = visit.asked.number("candidate") or visit.sent.number("candidate")
    candidates = order.result.get("candidates", ())
    if not 0 < number <= len(candidates):
        return None
    one = candidates[number - 1]
    name = str(one["title"])[: sources.LONGEST_CATEGORY]
    drafted = Source(0, one["url"], name, SourceKind(one["kind"]))
    return definition.with_settings(drafted, {"kind": one["kind"], **one.get("settings", {})})


def discover(visit: Visit) -> Response:
    """Orders to find out what an address is."""
    _refuse(visit)
    try:
        order = orders.discover(visit.view, visit.viewer, visit.sent.text("address"))
    except WirepressError as error:
        return show_new(visit, wrong={"address": visit.why(error)})
    return pages.towards(visit, HERE, order=order.id)


def act(visit: Visit) -> Response:
    """Keeps a source as the form says, or orders to see what would come in of it so."""
    _refuse(visit)
    number = visit.sent.number("source")
    source = form.sent(visit, _base(visit, number))
    wrong = sources.flaws(visit.view, source)
    if wrong:
        return _again(visit, source, wrong)
    if visit.sent.text("action") == "test":
        order = orders.test(visit.view, visit.viewer, source)
        return pages.towards(visit, HERE, source=number, order=order.id)
    if not number:
        number = sources.add(visit.view, source)
        order = orders.run(visit.view, visit.viewer, number)
        return pages.towards(visit, HERE, source=number, order=order.id, added=1)
    if sources.change(visit.view, source):  # what narrower rights do not allow any more is taken back at once
        order = orders.run(visit.view, visit.viewer, number)
        return pages.towards(visit, HERE, source=number, order=order.id, updated=1)
    return pages.towards(visit, HERE, source=number, updated=1)


def _base(visit: Visit, number: int) -> Source:
    """What the form was filled from: what it does not show, such as a password in the address, is taken from there."""
    if number:
        return sources.get(visit.view, number)
    order_id = visit.sent.number("order")
    if order_id:
        drafted = None
        with suppress(NotFound):  # an order of yesterday: what the form says is enough
            drafted = _drafted(visit, orders.get(visit.view, visit.viewer, order_id))
        if drafted is not None:
            return replace(drafted, id=0)
    return Source(0, "")


def _again(visit: Visit, source: Source, wrong: Mapping[str, str]) -> Response:
    asked = visit.asked
    visit = replace(visit, asked=replace(asked, pairs={**asked.pairs, "source": [str(source.id)], "order": []}))
    return show(visit, source, wrong) if source.id else show_new(visit, source, wrong)


def cancel(visit: Visit) -> Response:
    """Ends an order that is not wanted any more."""
    order = orders.get(visit.view, visit.viewer, visit.sent.number("order"))
    orders.cancel(visit.view, visit.viewer, order.id)
    return pages.towards(visit, HERE, source=order.source, order=order.id)
