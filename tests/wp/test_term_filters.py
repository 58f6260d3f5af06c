"""Filters of posts by terms and formats, of which any or all have to hold."""

from __future__ import annotations

import pytest

from tests.wp.writer import Writer


def published(writer: Writer, title: str, **fields: object) -> int:
    made = writer.post("editor", "/posts", {"title": title, "status": "publish", **fields})
    number: int = made.value["id"]
    return number


def term(writer: Writer, base: str, name: str, **fields: object) -> int:
    number: int = writer.post("editor", f"/{base}", {"name": name, **fields}).value["id"]
    return number


def found(writer: Writer, query: str) -> set[int]:
    answer = writer.get("", "/posts", query)
    assert answer.status == 200, answer.value
    return {post["id"] for post in answer.value}


@pytest.fixture
def tagged(writer: Writer) -> tuple[int, int, int]:
    """A tag, a post that has it, and one that has not."""
    tag = term(writer, "tags", "One")
    return tag, published(writer, "with", tags=[tag]), published(writer, "without")


def test_the_standard_format_counts_where_any_filter_is_enough(writer: Writer, tagged: tuple[int, int, int]) -> None:
    """No post has a format, and there are no terms of formats: all posts are of the standard format."""
    tag, has, lacks = tagged
    assert found(writer, f"tax_relation=OR&format=standard&tags={tag}") == {has, lacks}
    assert found(writer, f"tax_relation=AND&format=standard&tags={tag}") == {has}
    aside = published(writer, "aside", format="aside")
    assert found(writer, f"tax_relation=OR&format=standard&tags={tag}") == {has, lacks}
    assert found(writer, f"tax_relation=OR&format=aside&tags={tag}") == {has, aside}


def test_excluded_terms_that_there_are_not_say_nothing_where_any_filter_is_enough(
    writer: Writer, tagged: tuple[int, int, int]
) -> None:
    tag, has, lacks = tagged
    section = term(writer, "categories", "Section")
    assert found(writer, f"tax_relation=OR&tags={tag}&categories_exclude=987654") == {has}
    assert found(writer, f"tax_relation=OR&tags={tag}&categories_exclude={10**30}") == {has}
    assert found(writer, f"tax_relation=OR&tags={tag}&categories_exclude={tag}") == {has}, "it is no category"
    assert found(writer, f"tax_relation=OR&tags={tag}&categories_exclude=987654,{section}") == {has, lacks}
    assert found(writer, f"tax_relation=AND&tags={tag}&categories_exclude=987654") == {has}


def test_all_of_a_branch_has_to_be_there_where_its_children_are_meant(writer: Writer) -> None:
    top = term(writer, "categories", "Top")
    below = term(writer, "categories", "Below", parent=top)
    lowest = term(writer, "categories", "Lowest", parent=below)
    beside = term(writer, "categories", "Beside")
    whole = published(writer, "whole", categories=[top, below, lowest])
    published(writer, "half", categories=[top, below, beside])
    query = "categories[operator]=AND&categories[include_children]=1&categories[terms]"
    assert found(writer, f"{query}={top}") == {whole}
    assert found(writer, f"{query}=987654") == set()


def test_a_filter_depends_on_the_terms_that_it_names_alone(writer: Writer, tagged: tuple[int, int, int]) -> None:
    tag, _, lacks = tagged
    others = {f"term:{term(writer, 'tags', f'Other {number}')}" for number in range(5)}
    others |= {f"term:{term(writer, 'categories', f'Other {number}')}" for number in range(5)}
    with writer.newsroom.database.watch() as watch:
        assert found(writer, f"tax_relation=OR&format=standard&tags_exclude={tag},987654") >= {lacks}
        query = "categories[operator]=AND&categories[include_children]=1&categories[terms]"
        assert found(writer, f"{query}=987654") == set()
    assert watch.tags >= {f"term:{tag}", "term:987654"}
    assert not others & set(watch.tags)
