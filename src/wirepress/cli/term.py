"""`wirepress term`: categories, tags and whatever else sorts posts."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from wirepress.cli.commands import Commands
from wirepress.cli.common import USER, YES, confirm, fail, is_id, need, reading, say, show, writing
from wirepress.content import terms
from wirepress.content.identity.permissions import may
from wirepress.content.newsroom import View
from wirepress.content.term_merging import merge as merged
from wirepress.model.query import TermQuery
from wirepress.model.registry import Taxonomy
from wirepress.model.term import Term
from wirepress.store import sources

group = Commands(help="List, make and merge categories, tags and other terms.")

TAXONOMY = typer.Argument(metavar="TAXONOMY", help="category, post_tag, or one of the site's own.")
TERM = "Id, slug or name of the term."


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="term")


@group.command("list")
def list_(
    context: typer.Context,
    taxonomy: Annotated[str, TAXONOMY] = "category",
    search: Annotated[str, typer.Option(help="Words to look for.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many, by name.")] = 100,
) -> None:
    """List the terms of a taxonomy.

    Example: wirepress term list post_tag
    """
    with reading(context) as (view, _):
        kind_of(view, taxonomy)
        found = terms.browse(view, TermQuery((taxonomy,), per_page=limit, search=search))
        rows = [
            {"id": one.id, "name": one.name, "slug": one.slug, "parent": one.parent, "count": one.count,
             "description": one.description}
            for one in terms.items(view, found.ids)
        ]  # fmt: skip
    show(rows, ["id", "name", "slug", "parent", "count"], title=f"{found.total} in all")


@group.command("create")
def create(
    context: typer.Context,
    taxonomy: Annotated[str, TAXONOMY],
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its name.")],
    slug: Annotated[str, typer.Option(help="Last part of its address; made of the name where left out.")] = "",
    description: Annotated[str, typer.Option(help="What is said of it.")] = "",
    parent: Annotated[str, typer.Option(metavar="TERM", help="The term above it: id, slug or name.")] = "",
    user: Annotated[str, USER] = "",
) -> None:
    """Make a term.

    Example: wirepress term create category Ferries --parent Harbour
    """
    with writing(context, user) as (view, viewer):
        kind = kind_of(view, taxonomy)
        capability = kind.capabilities["edit_terms" if kind.hierarchical else "assign_terms"]
        need(may(view, viewer, capability), f"make terms of {taxonomy}")
        above = find(view, taxonomy, parent).id if parent else 0
        made = terms.create(view, taxonomy, name, slug=slug, description=description, parent=above)
        link = view.lookup.term_link(made)
    say(f"Term {made.id} ({made.name}): {link}", id=made.id, slug=made.slug, link=link)


@group.command("merge")
def merge(
    context: typer.Context,
    taxonomy: Annotated[str, TAXONOMY],
    term: Annotated[str, typer.Argument(metavar="TERM", help=TERM)],
    into: Annotated[str, typer.Argument(metavar="INTO", help="The one that stays.")],
    yes: Annotated[bool, YES] = False,
    user: Annotated[str, USER] = "",
) -> None:
    """Make two terms one: posts, menus, sources and the address of the first lead to the second.

    Example: wirepress term merge category Shipping Harbour --yes
    """
    with reading(context) as (view, _):
        kind_of(view, taxonomy)
        old, new = find(view, taxonomy, term), find(view, taxonomy, into)
    confirm(f"Merge {old.name} ({old.count} posts) with {new.name} ({new.count})? It cannot be undone.", yes=yes)
    with writing(context, user) as (view, viewer):
        old, new = find(view, taxonomy, term), find(view, taxonomy, into)
        # The default term cannot be deleted, but its part can be handed over.
        deletes = may(view, viewer, kind_of(view, taxonomy).capabilities["delete_terms"])
        need(deletes and may(view, viewer, "edit_term", new), "merge these terms")
        moved = merged(view, old, new)
        led = sources_led(view, old, new) if taxonomy == "category" else 0
    more = f", and {led} sources bring theirs there" if led else ""
    say(f"{old.name} is {new.name} now: {moved} posts have moved{more}", id=new.id, posts=moved, sources=led)


def sources_led(view: View, old: Term, new: Term) -> int:
    """Has sources bring their articles into a category that bring them into one which is gone: they name it, and would
    make it anew.  How many there were."""
    changed = 0
    for standing in sources.standings(view.unit):
        source = standing.source
        if terms.clean_name(source.rules.category) == old.name:
            sources.change(view.unit, replace(source, rules=replace(source.rules, category=new.name)))
            changed += 1
    return changed


def kind_of(view: View, taxonomy: str) -> Taxonomy:
    """The taxonomy of a name; ends the command where there is none."""
    kind = view.site.registry.taxonomies.get(taxonomy)
    if kind is None:
        known = ", ".join(sorted(view.site.registry.taxonomies))
        fail(f"there is no taxonomy {taxonomy}; there are {known}", error="invalid_taxonomy")
    return kind


def find(view: View, taxonomy: str, word: str) -> Term:
    """The term of an id, a slug or a name; ends the command where there is none, or several have the name."""
    known = terms.get(view, taxonomy, int(word)) if is_id(word) else None
    known = known or terms.by_slug(view, taxonomy, word)
    if known is None and terms.namesakes(view, taxonomy, terms.clean_name(word)) > 1:
        fail(f"several terms are called {word}: name the one by its id", error="term_ambiguous")
    known = known or terms.of_name(view, taxonomy, word)
    if known is None:
        fail(f"there is no term {word} in {taxonomy}", error="term_invalid")
    return known
