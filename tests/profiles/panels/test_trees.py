"""Free-form JSON made readable."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from profiles.panels.details import safe_link
from profiles.panels.trees import DEEPEST, Node, readable, tree_of

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda children: (
        st.lists(children, max_size=5) | st.dictionaries(st.text(max_size=10), children, max_size=5)
    ),
    max_leaves=40,
)


@given(JSON)
def test_any_json_becomes_a_tree_no_deeper_than_allowed(data: Any) -> None:
    assert _depth(tree_of(data)) <= DEEPEST


def test_keys_are_written_as_words() -> None:
    assert readable("lastOrderTotal") == "Last order total"
    assert readable("last_order-total") == "Last order total"
    assert readable("URL") == "URL"
    assert readable("ราคา") == "ราคา"
    assert readable("") == ""


def test_entries_beyond_a_hundred_are_counted() -> None:
    node = tree_of(list(range(130)))
    assert len(node.children) == 100
    assert node.left_out == 30


def test_only_addresses_of_the_web_become_links() -> None:
    assert safe_link("www.example.com/x") == "https://www.example.com/x"
    assert safe_link("HTTP://example.com") == "HTTP://example.com"
    for text in (
        "javascript:alert(1)",
        "JaVaScRiPt://example.com",
        "data:text/html,x",
        "//evil.example",
        "",
        "a b.c",
        "java\tscript:x",
        "mailto:a@b.c",
        "example",
        "ftp://a.b",
    ):
        assert safe_link(text) == "", text


def _depth(node: Node) -> int:
    return 1 + max(map(_depth, node.children)) if node.children else 0
