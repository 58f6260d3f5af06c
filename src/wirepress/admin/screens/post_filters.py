"""Which posts a list shows: the type, the tabs, the filters of its address under WordPress's names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import unescape
from typing import Any, Literal

from wirepress.admin import lists, moments
from wirepress.admin.visit import Visit
from wirepress.content import terms
from wirepress.content.people import users
from wirepress.content.people.users import display_name
from wirepress.content.posts import listing
from wirepress.model.errors import NotFound
from wirepress.model.moment import Stamp
from wirepress.model.query import PostQuery, TermFilter
from wirepress.model.registry import PostType, Taxonomy
from wirepress.model.term import Term
from wirepress.model.user import User

TABS = ("publish", "future", "pending", "draft", "private", "trash")
SORTS: Mapping[str, Literal["asc", "desc"]] = {
    "title": "asc", "author": "asc", "comment_count": "desc", "date": "desc", "modified": "desc",
}  # fmt: skip
OUTLINED = "menu_order title"
"""WordPress's name for the order of a tree."""


def type_of(visit: Visit) -> PostType:
    """The type whose list is asked for.  Raises NotFound where it has none."""
    kind = visit.site.type(visit.asked.text("post_type") or "post")
    if kind is None or not kind.show_ui or kind.name == "attachment":
        raise NotFound("invalid_post_type", "There is no such kind of content here.")
    return kind


def may_list(visit: Visit) -> bool:
    """Whether somebody may see the list of a type."""
    return visit.may(type_of(visit).capabilities["edit_posts"])


def taxonomies_of(visit: Visit, kind: PostType) -> tuple[Taxonomy, ...]:
    """The taxonomies that those who write posts of a type see."""
    return tuple(taxonomy for taxonomy in visit.site.registry.taxonomies_of(kind.name) if taxonomy.show_ui)


@dataclass(frozen=True)
class Selection:
    """What a visit asks to see of a type."""

    visit: Visit
    kind: PostType
    met: set[int] = field(default_factory=set)
    """Users whose names the list shows besides; they are fetched with those who may write."""

    def address(self, **variables: Any) -> str:
        """The address of the list of this type, with these variables and no others."""
        kind = "" if self.kind.name == "post" else self.kind.name
        return self.visit.address("edit.php", post_type=kind, **variables)

    @cached_property
    def taxonomies(self) -> tuple[Taxonomy, ...]:
        return taxonomies_of(self.visit, self.kind)

    @cached_property
    def terms(self) -> Mapping[str, Sequence[Term]]:
        """All terms of the hierarchical taxonomies, in the order of their tree."""
        names = [taxonomy.name for taxonomy in self.taxonomies if taxonomy.hierarchical]
        found = terms.all_of(self.visit.view, *names) if names else []
        return {name: [term for term in found if term.taxonomy == name] for name in names}

    @cached_property
    def counts(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        return listing.counts(self.visit.view, self.visit.viewer, self.kind.name)

    @cached_property
    def everything(self) -> tuple[str, ...]:
        """The statuses that the first tab shows."""
        return listing.statuses(self.visit.view)

    @cached_property
    def status(self) -> str:
        """The status of the open tab, "" for all."""
        return self.visit.asked.choice("post_status", tuple(dict.fromkeys((*TABS, *self.everything))))

    @cached_property
    def _people(self) -> tuple[list[User], list[User]]:
        return users.holding(self.visit.view, self.kind.capabilities["edit_posts"], tuple(self.met))

    @property
    def authors(self) -> Mapping[int, User]:
        """Those who may be the author of a post of the type."""
        return {user.id: user for user in self._people[0]}

    @cached_property
    def names(self) -> Mapping[int, str]:
        """What the people of the list are called, by id."""
        return {user.id: display_name(user) for found in self._people for user in found}

    @cached_property
    def author(self) -> int:
        """Whose posts are shown, 0: everybody's.  Who works on no others' posts begins with their own."""
        asked = self.visit.asked
        if "author" in asked:
            return asked.number("author")
        free = self.status or "all_posts" in asked or asked.text("s") or self.edits_others
        own = sum(number for status, number in self.counts[1].items() if status in self.everything)
        return 0 if free or not own else self.visit.viewer.id

    @cached_property
    def edits_others(self) -> bool:
        return self.visit.may(self.kind.capabilities["edit_others_posts"])

    @cached_property
    def month(self) -> tuple[int, int]:
        """The year and month asked for (`m=202506`), zeros for all."""
        number = self.visit.asked.number("m")
        year, month = divmod(number, 100)
        if 1 <= month <= 12 and 1 <= year <= 9999:
            return year, month
        return 0, 0

    @property
    def source(self) -> int:
        return self.visit.asked.number("source")

    @property
    def changed(self) -> str:
        """ "1" where only posts are shown whose originals offer a change."""
        return self.visit.asked.choice("changed", ("1",))

    @property
    def search(self) -> str:
        return self.visit.asked.text("s").strip()

    @cached_property
    def chosen_terms(self) -> Mapping[str, Term | None]:
        """By taxonomy the term that is asked for; None: one that there is not."""
        found = {}
        for taxonomy in self.taxonomies:
            wanted = self._term_asked(taxonomy)
            if wanted:
                found[taxonomy.name] = self._term(taxonomy, wanted)
        return found

    def _term_asked(self, taxonomy: Taxonomy) -> int | str:
        asked = self.visit.asked
        if taxonomy.name == "category" and (number := asked.number("cat")):
            return number
        slug = asked.text(variable_of(taxonomy)) or (asked.text("category_name") if taxonomy.name == "category" else "")
        if not slug and asked.text("taxonomy") == taxonomy.name:
            slug = asked.text("term")
        return "" if slug == "0" else slug

    def _term(self, taxonomy: Taxonomy, wanted: int | str) -> Term | None:
        known = self.terms.get(taxonomy.name)
        if known is None:
            return terms.by_slug(self.visit.view, taxonomy.name, str(wanted))
        return next((term for term in known if wanted in (term.id, term.slug)), None)

    @property
    def is_filtered(self) -> bool:
        """Whether more than a tab narrows the list."""
        own = self.author and "author" in self.visit.asked
        return bool(self.search or self.month[0] or self.source or self.changed or self.chosen_terms or own)

    @cached_property
    def is_outline(self) -> bool:
        """Whether the list is a tree."""
        if not self.kind.hierarchical or self.is_filtered or self.author:
            return False
        ordered = self.visit.asked.choice("orderby", tuple(SORTS))
        total = sum(self.counts[0].get(status, 0) for status in self.statuses)
        return not ordered and total <= listing.MOST_OUTLINED

    @property
    def usual_order(self) -> str:
        """What the list is sorted by where nobody asked."""
        if self.is_outline:
            return OUTLINED
        return "title" if self.kind.hierarchical else "date"

    @property
    def statuses(self) -> tuple[str, ...]:
        return (self.status,) if self.status else self.everything

    @cached_property
    def query(self) -> PostQuery:
        """The query of the page that is asked for."""
        visit = self.visit
        orderby, order = lists.sorted_by(visit, SORTS, self.usual_order)
        filters = tuple(
            TermFilter(name, (term.id,) if term else (), children=visit.site.registry.taxonomies[name].hierarchical)
            for name, term in self.chosen_terms.items()
        )
        query = PostQuery(
            types=(self.kind.name,),
            statuses=self.statuses,
            page=lists.page_of(visit),
            per_page=self.size,
            orderby=orderby,
            order=order,
            search=self.search,
            authors=(self.author,) if self.author else (),
            sources=(self.source,) if self.source else (),
            original_changed=bool(self.changed),
            terms=filters,
        )
        return _in_month(query, *self.month)

    @property
    def size(self) -> int:
        return lists.size_of(self.visit, f"edit_{self.kind.name}_per_page")

    def tabs(self) -> list[tuple[str, int | None, str, bool]]:
        """The tabs over the list."""
        visit, (numbers, own) = self.visit, self.counts
        everything = sum(numbers.get(name, 0) for name in self.everything)
        mine = sum(own.get(name, 0) for name in self.everything)
        is_mine = not self.status and self.author == visit.viewer.id
        entries = [
            (visit.say("All"), everything, self.address(all_posts=1), not self.status and not is_mine),
        ]
        if mine != everything or is_mine:
            entries.append((visit.say("Mine"), mine, self.address(author=visit.viewer.id), is_mine))
        for name in dict.fromkeys((*TABS, *self.everything)):
            label = status_label(visit, name, many=True)
            entries.append((label, numbers.get(name, 0), self.address(post_status=name), self.status == name))
        return lists.tabs(entries)

    def months(self) -> list[tuple[str, str]]:
        """The months to choose from: variable and name."""
        found = listing.months(self.visit.view, self.kind.name, self.statuses)
        return [(f"{year:04d}{month:02d}", moments.month(self.visit, year, month)) for year, month in found]

    def pickers(self) -> Iterator[tuple[str, str, str, str, list[tuple[str, str]]]]:
        """The choices of terms: variable, label, the words for all, what is chosen, the terms with their depth."""
        for taxonomy in self.taxonomies:
            if not taxonomy.hierarchical or not self.terms[taxonomy.name]:
                continue
            chosen = self.chosen_terms.get(taxonomy.name)
            variable = variable_of(taxonomy)
            options = [
                (_named(term, variable), f"{'— ' * depth}{unescape(term.name)}")
                for term, depth in tree(self.terms[taxonomy.name])
            ]
            value = "" if chosen is None else _named(chosen, variable)
            everything = self.visit.say(taxonomy.labels.get("all_items") or taxonomy.label)
            yield variable, self.visit.say(taxonomy.label), everything, value, options


def _named(term: Term, variable: str) -> str:
    return str(term.id) if variable == "cat" else term.slug


def variable_of(taxonomy: Taxonomy) -> str:
    """The variable of an address that names a term of a taxonomy: `cat`, `tag`, or the taxonomy's own."""
    if taxonomy.name == "category":
        return "cat"
    return taxonomy.query_var or taxonomy.name


def tree(found: Sequence[Term]) -> list[tuple[Term, int]]:
    """Terms by name, each behind its parent, with how deep it stands."""
    there = {term.id for term in found}
    below: dict[int, list[Term]] = {}
    for term in sorted(found, key=lambda term: (term.name.casefold(), term.id)):
        below.setdefault(term.parent if term.parent in there else 0, []).append(term)
    placed: list[tuple[Term, int]] = []
    waiting = [(term, 0) for term in reversed(below.get(0, ()))]
    while waiting:
        term, depth = waiting.pop()
        placed.append((term, depth))
        waiting += [(inner, depth + 1) for inner in reversed(below.get(term.id, ()))]
    return placed


def status_label(visit: Visit, name: str, *, many: bool = False) -> str:
    """What a status is called, over a list or beside a title."""
    if many and name == "draft":
        return visit.say("Drafts")
    status = visit.site.status(name)
    return visit.say(status.label if status and status.label else name)


def _in_month(query: PostQuery, year: int, month: int) -> PostQuery:
    if not year:
        return query
    following = f"{year + month // 12:04d}-{month % 12 + 1:02d}"
    # A day before its first second nothing is dated, and `after` and `before` leave out the moment itself.
    return replace(query, after=Stamp(f"{year:04d}-{month:02d}"), before=Stamp(f"{following}-01 00:00:00"))
