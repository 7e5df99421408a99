"""Free-form JSON as a tree people can read, however large or deep what was sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from profiles.panels.known_words import KEYS

DEEPEST = 6
WIDEST = 100
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Node:
    """One entry: a value, or a branch with further entries."""

    label: str
    value: str = ""
    kind: str = "text"
    children: tuple[Node, ...] = ()
    left_out: int = 0

    @property
    def is_branch(self) -> bool:
        """Tell whether there is something below."""
        return bool(self.children)


def tree_of(data: Any, label: str = "", depth: int = 0) -> Node:
    """Return ``data`` as a tree: at most six levels, a hundred entries each, long texts cut."""
    if isinstance(data, dict) and data and depth < DEEPEST:
        pairs = [(readable(str(key)), value) for key, value in list(data.items())[:WIDEST]]
    elif isinstance(data, list) and data and depth < DEEPEST:
        pairs = [(str(number), value) for number, value in enumerate(data[:WIDEST], start=1)]
    else:
        return _leaf(data, label)
    children = tuple(tree_of(value, name, depth + 1) for name, value in pairs)
    return Node(label, kind="branch", children=children, left_out=max(len(data) - WIDEST, 0))


def readable(key: str) -> str:
    """Return ``lastOrderTotal`` or ``last_order_total`` as "Last order total"; common keys are translated."""
    spaced = "".join(
        f" {char.lower()}" if _starts_word(key, i) else char for i, char in enumerate(key[:LONGEST])
    )
    words = spaced.replace("_", " ").replace("-", " ").split()
    text = " ".join(words)
    text = text[:1].upper() + text[1:] if text else key
    return str(KEYS.get(text, text))


def _starts_word(key: str, index: int) -> bool:
    return index > 0 and key[index].isupper() and key[index - 1].islower()


def _leaf(data: Any, label: str) -> Node:
    if isinstance(data, bool):
        return Node(label, "true" if data else "false", "boolean")
    if data is None or data in ({}, [], ""):
        return Node(label, "", "empty")
    if isinstance(data, (dict, list)):
        return Node(label, "…", "deep")
    text = str(data)
    return Node(
        label,
        text if len(text) <= LONGEST else f"{text[:LONGEST]}…",
        "number" if _is_number(data) else "text",
    )


def _is_number(data: Any) -> bool:
    return isinstance(data, (int, float))
