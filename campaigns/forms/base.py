"""What the forms of all kinds share."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable
from typing import Any

from django import forms

from cdp.errors import DomainError

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class AssetForm(forms.Form):
    """A form of an asset: reads it into plain fields, and writes them back into its wire form."""

    # Legends of the form, and which fields stand below each.
    sections: tuple[tuple[Any, tuple[str, ...]], ...] = ()

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args: Any, asset: Any = None, wanted: str = "", **options: Any) -> None:
        """``asset`` is what is being changed, ``wanted`` a search for what the form chooses from."""
        super().__init__(*args, **options)
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxInput | forms.HiddenInput):
                field.widget.attrs.setdefault("class", "input")

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Return the fields under their legends."""
        return [(legend, [self[name] for name in names]) for legend, names in self.sections]

    @classmethod
    def values_of(cls, asset: Any) -> dict[str, Any]:
        """Return the values of the fields for an asset."""
        return {"version": asset.version}

    def said(self, asset: Any | None) -> dict[str, Any]:
        """Return what the form says in wire form; ``asset`` keeps what the form does not show."""
        raise NotImplementedError

    def refuse(self, error: DomainError) -> None:
        """Show why the verb refused the values."""
        unknown = []
        for wire, texts in error.fields.items():
            name = _HUMP.sub("_", wire.split("[")[0].split(".")[-1]).lower()
            if name in self.fields:
                self.add_error(name, [str(text) for text in texts])
            else:
                unknown += [str(text) for text in texts]
        if unknown or not self.errors:
            self.add_error(None, [error.detail, *unknown])


def listed(value: str) -> list[str]:
    """Return the parts of "a, b; c"."""
    return [part.strip() for part in re.split(r"[,;\n]", value) if part.strip()]


def joined(values: list[str] | None) -> str:
    """Return a list as people write it."""
    return ", ".join(values or [])


def lined(values: list[str] | None) -> str:
    """Return a list with one in a line: what is in it may have commas."""
    return "\n".join(values or [])


def unlined(value: str, known: Iterable[str] | None = ()) -> list[str]:
    """Return the lines of a text; one alone may hold several, unless a known value has a comma in it."""
    has_commas = any(re.search("[,;]", one) for one in known or ())
    if has_commas or "\n" in value.strip():
        return [line.strip() for line in value.splitlines() if line.strip()]
    return listed(value)


def put(tree: dict[str, Any], path: str, value: Any) -> None:
    """Set ``a.b.c`` in nested objects; an empty value removes it."""
    *outer, last = path.split(".")
    for key in outer:
        tree = tree.setdefault(key, {})
    if value in (None, "", []):
        tree.pop(last, None)
    else:
        tree[last] = value


def got(tree: Any, path: str, otherwise: Any = "") -> Any:
    """Return ``a.b.c`` of nested objects."""
    for key in path.split("."):
        tree = tree.get(key) if isinstance(tree, dict) else None
    return otherwise if tree is None else tree


def kept(value: Any) -> dict[str, Any]:
    """Return a copy of a JSON column to change."""
    found: dict[str, Any] = copy.deepcopy(value) if isinstance(value, dict) else {}
    return found
