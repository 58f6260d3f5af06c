"""Text is replaced within serialised values, whose lengths follow, and nothing else of them moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirepress.model.php import Unreadable, serialize, unserialize
from wirepress.model.php_replacing import replaced

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(alphabet="aé ol\n", max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(alphabet="ko", max_size=3), inner, max_size=3),
    max_leaves=8,
)


def longer(text: str) -> str:
    return text.replace("old", "newer")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("an old text", "an newer text"),
        ('s:3:"old";', 's:5:"newer";'),
        ('a:1:{s:3:"old";s:6:"é old";}', 'a:1:{s:3:"old";s:8:"é newer";}'),  # PHP counts octets
        ('O:3:"old":2:{s:4:"\0*\0p";s:3:"old";s:1:"n";R:2;}', 'O:3:"old":2:{s:4:"\0*\0p";s:5:"newer";s:1:"n";R:2;}'),
        ('a:2:{i:0;d:0.5;i:1;E:7:"Suit:Up";}', 'a:2:{i:0;d:0.5;i:1;E:7:"Suit:Up";}'),
        ('a:1:{i:0;s:20:"a:1:{i:0;s:3:"old";}";}', 'a:1:{i:0;s:22:"a:1:{i:0;s:5:"newer";}";}'),
        ("b:1;", "b:1;"),
        ('s:3:"old";\n', 's:5:"newer";\n'),
    ],
)
def test_lengths_follow_and_keys_stay(before: str, after: str) -> None:
    assert replaced(before, longer) == after


@pytest.mark.parametrize(
    "broken",
    [
        's:9:"old";', 'a:1:{i:0;s:3:"old";', 'a:1:{a:0:{}s:3:"old";}', 's:3:"old";s:3:"old";',
        'a:1:{i:0;s:4:"oldé";}', 'C:3:"Foo":9:{old:3:"x"}', 'a:1:{i:0;C:3:"Foo":3:{old}}',
        's:17:"C:3:"Foo":3:{old}";', "a:1:{" * 500 + "}" * 500,
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(broken: str) -> None:
    with pytest.raises(Unreadable):
        replaced(broken, longer)


@given(VALUES)
def test_it_is_the_same_as_reading_changing_and_writing(value: object) -> None:
    def walked(inner: object) -> object:
        if isinstance(inner, str):
            return longer(inner)
        if isinstance(inner, list):
            return [walked(one) for one in inner]
        return {key: walked(one) for key, one in inner.items()} if isinstance(inner, dict) else inner

    text = serialize(value)
    assert replaced(text, lambda inner: inner) == text
    assert unserialize(replaced(text, longer)) == unserialize(serialize(walked(value)))
