"""Categories and tags: the list in its order, the form for another, quick edits, deleting, the page of one."""

from __future__ import annotations

import re

import pytest

from tests.admin.client import Client
from tests.content.desk import article
from tests.store import many
from wirepress.admin.screens.terms.taxonomies import in_order
from wirepress.content import terms
from wirepress.model.term import Term
from wirepress.store import bulk

CATEGORIES = "edit-tags.php?taxonomy=category"
TAGS = "edit-tags.php?taxonomy=post_tag"


def shown(html: str) -> list[int]:
    return [int(number) for number in re.findall(r'<tr (?:class="quick" )?data-key="(\d+)"', html)]


def names(client: Client, taxonomy: str = "category") -> set[str]:
    with client.newsroom.view() as view:
        return {term.name for term in terms.all_of(view, taxonomy)}


def term(client: Client, number: int) -> Term:
    with client.newsroom.view() as view:
        found = view.lookup.term(number)
    assert found is not None
    return found


def make(client: Client, taxonomy: str, name: str, parent: int = 0) -> int:
    with client.newsroom.write() as view:
        return terms.create(view, taxonomy, name, parent=parent).id


# ---- the list


def test_a_hierarchy_is_shown_as_it_is(client: Client) -> None:
    asia = make(client, "category", "Asia", 2)
    page = client.get("editor", CATEGORIES)
    assert shown(page.html) == [1, 2, asia, 3]
    assert re.search(r'aria-hidden="true">— </span>Asia', page.html)
    assert '<option value="3">— Europe</option>' in page.html
    assert shown(client.get("editor", CATEGORIES + "&s=eu").html) == [3]
    assert shown(client.get("editor", CATEGORIES + "&orderby=name&order=desc").html) == [2, 1, 3, asia]
    assert "There are no categories." in client.get("editor", CATEGORIES + "&s=xyz").text


def test_pages_of_a_hierarchy(client: Client) -> None:
    for number in range(25):
        make(client, "category", f"Wall {number:02}", 2)
    assert len(shown(client.get("editor", CATEGORIES).html)) == 20
    assert len(shown(client.get("editor", CATEGORIES + "&paged=2").html)) == 8
    assert client.get("editor", CATEGORIES + "&paged=7").location.endswith("&paged=2")


def test_loops_of_parents_lose_nothing() -> None:
    loop = [Term(1, "category", "a", "a", parent=2), Term(2, "category", "b", "b", parent=1)]
    assert [found.id for found, _ in in_order(loop)] == [1, 2]
    stray = [Term(3, "category", "c", "c", parent=99)]
    assert [(found.id, depth) for found, depth in in_order(stray)] == [(3, 0)]
    tree = [Term(1, "category", "a", "a"), Term(2, "category", "b", "b", parent=1), Term(3, "category", "c", "c")]
    assert [found.id for found, _ in in_order(tree, 1)] == [3]


def test_counts_lead_to_the_posts(client: Client) -> None:
    with client.newsroom.database.write() as unit:
        many.posts(unit, [article(10, "ten", title="Ten", terms=())])
        bulk.settle(unit)
    assert "edit.php?category_name=europe" in client.get("editor", CATEGORIES).html
    assert "edit.php?tag=breaking" in client.get("editor", TAGS).html


def test_a_list_takes_few_statements(client: Client) -> None:
    def statements() -> int:
        before = client.newsroom.database.statements
        assert client.get("editor", CATEGORIES).status == 200
        return client.newsroom.database.statements - before

    statements()
    few = statements()
    assert few <= 12
    below = 0
    for number in range(12):
        below = make(client, "category", f"Step {number}", below)
    statements()
    assert statements() <= few


def test_the_menu_has_them(client: Client) -> None:
    html = client.get("editor", CATEGORIES).html
    assert re.search(r'<a href="[^"]*edit-tags.php\?taxonomy=category" aria-current="page">Categories</a>', html)
    assert "edit-tags.php?taxonomy=wp_pattern_category" not in html
    assert "edit-tags.php" not in client.get("author", "").html
    assert 'aria-current="page">Categories' in client.get("editor", "term.php?taxonomy=category&tag_ID=2").html


# ---- adding


def test_adding(client: Client) -> None:
    form = {"action": "add", "name": "Culture & <b>Arts</b>", "slug": "", "parent": "2", "description": "All of it"}
    page = client.post("editor", CATEGORIES, form)
    assert page.status == 303
    assert page.location.endswith("edit-tags.php?taxonomy=category&added=1")
    assert "Culture &amp; Arts" in names(client)
    assert "Culture & Arts" in client.get("editor", CATEGORIES).text


@pytest.mark.parametrize(
    ("form", "field", "words"),
    [
        ({"name": "world"}, "name", "There is a term of this name already."),
        ({"name": " "}, "name", "A term needs a name."),
        ({"name": "x" * 201, "slug": "short"}, "name", "This is too long."),
        ({"name": "Short", "parent": "99"}, "parent", "There is no such parent term."),
    ],
)
def test_a_refused_one_comes_back(client: Client, form: dict[str, str], field: str, words: str) -> None:
    before = names(client)
    page = client.post("editor", CATEGORIES, {"action": "add", "slug": "", "description": "Typed", **form})
    assert page.status == 400
    assert ">Typed</textarea>" in page.html
    assert f'value="{form["name"]}"' in page.html
    [help_text] = re.findall(rf'<p class="help" id="h-{field}">([^<]*)</p>', page.html)
    assert help_text == words
    assert names(client) == before


# ---- quick edits


def test_a_quick_edit(client: Client) -> None:
    html = client.get("editor", TAGS + "&quick=4").html
    assert 'id="q-name" type="text" name="name" form="quick-form" value="Breaking"' in html
    page = client.post("editor", TAGS + "&quick=4&s=b", {"action": "quick", "name": "Urgent", "slug": "urgent"})
    assert page.location.endswith("?taxonomy=post_tag&s=b&updated=1")
    assert (term(client, 4).name, term(client, 4).slug) == ("Urgent", "urgent")


def test_a_refused_quick_edit_comes_back(client: Client) -> None:
    page = client.post("editor", CATEGORIES + "&quick=3", {"action": "quick", "name": "Old world", "slug": "world"})
    assert page.status == 400
    assert 'form="quick-form" value="Old world"' in page.html
    assert 'id="qh-slug">Another term has this slug.' in page.html
    page = client.post("editor", CATEGORIES + "&quick=3", {"action": "quick", "name": "y" * 201, "slug": "europe"})
    assert 'id="qh-name">This is too long.' in page.html
    assert term(client, 3).name == "Europe"


# ---- deleting


def test_the_default_category_stays(client: Client) -> None:
    html = client.get("editor", CATEGORIES).html
    assert 'value="delete:1"' not in html
    assert 'value="delete:2"' in html
    page = client.post("editor", CATEGORIES, {"action": "delete", "term": [1, 2, 3]})
    assert page.location.endswith("&deleted=2&skipped=1")
    assert names(client) == {"Uncategorized"}


def test_what_stands_below_moves_up(client: Client) -> None:
    client.post("editor", CATEGORIES, {"action": "delete:2"})
    assert term(client, 3).parent == 0


# ---- the page of one


def test_editing(client: Client) -> None:
    page = client.get("editor", "term.php?taxonomy=category&tag_ID=2")
    assert 'value="World"' in page.html
    assert 'value="3"' not in page.html.partition('id="f-parent"')[2].partition("</select>")[0]
    form = {"name": "The world", "slug": "", "parent": "", "description": "<script>x</script>All"}
    page = client.post("editor", "term.php?taxonomy=category&tag_ID=2", form)
    assert page.location.endswith("term.php?taxonomy=category&tag_ID=2&updated=1")
    found = term(client, 2)
    assert (found.name, found.slug, found.description) == ("The world", "the-world", "xAll")


def test_a_refused_change_comes_back(client: Client) -> None:
    form = {"name": "Europe", "slug": "uncategorized", "parent": "2", "description": "Typed"}
    page = client.post("editor", "term.php?taxonomy=category&tag_ID=3", form)
    assert page.status == 400
    assert "Typed" in page.html
    assert term(client, 3).slug != "uncategorized"
    page = client.post("editor", "term.php?taxonomy=post_tag&tag_ID=4", {"name": "", "slug": "s", "description": "D"})
    assert page.status == 400
    assert "A term needs a name." in page.text
    assert ">D</textarea>" in page.html


def test_deleting_from_the_page(client: Client) -> None:
    page = client.post("editor", "term.php?taxonomy=category&tag_ID=3", {"action": "delete"})
    assert page.location.endswith("edit-tags.php?taxonomy=category&deleted=1")
    assert client.get("editor", "term.php?taxonomy=category&tag_ID=3").status == 404
    assert client.get("editor", "term.php?taxonomy=post_tag&tag_ID=2").status == 404
