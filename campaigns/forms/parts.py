"""Fields that choose an asset: a company may have a hundred thousand of them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.db.models import Q
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext as _

MOST_CHOICES = 200
LONGEST_SEARCH = 200


class PartIterator(ModelChoiceIterator):  # type: ignore[type-arg]
    """Offers what the field shows, not all it takes."""

    def __iter__(self) -> Iterator[Any]:
        field: PartField = self.field  # type: ignore[assignment]
        if field.empty_label is not None:
            yield ("", field.empty_label)
        for row in field.shown():
            yield self.choice(row)


class PartField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Takes any asset that is kept; shows the newest that match a search, and what is chosen already.

    What is chosen already may stay although it lies in the bin: it heals when it is taken out.
    """

    iterator = PartIterator

    def __init__(self, model: Any, *, name: str = "name", **options: Any) -> None:
        self.model, self.wanted = model, ""
        self.columns = ("pk", "deleted_at", "created_at", name)
        self.chosen: frozenset[str] = frozenset()
        self._newest: list[Any] | None = None
        super().__init__(model.objects.kept(), required=False, **options)

    def offer(self, current: uuid.UUID | None, posted: str | None, wanted: str) -> None:
        """Let ``current`` stay, whatever became of it, and show what matches ``wanted``."""
        self.wanted = wanted
        self.chosen = frozenset(str(one) for one in (current, _id(posted)) if one)
        rows = self.model.objects.filter(Q(deleted_at__isnull=True) | Q(pk=current))
        self.queryset = rows.only(*self.columns)

    def shown(self) -> list[Any]:
        """Return the rows to choose from."""
        newest = self._found()[:MOST_CHOICES]
        missing = self.chosen - {str(row.pk) for row in newest}
        held = self._takes().filter(pk__in=missing) if missing else ()
        return [*held, *newest]

    @property
    def is_long(self) -> bool:
        """Tell whether there is more than is shown."""
        return len(self._found()) > MOST_CHOICES

    def _found(self) -> list[Any]:
        if self._newest is None:
            rows = self._takes().filter(deleted_at__isnull=True).order_by("-created_at", "-pk")
            found = rows.matching(self.wanted) if self.wanted.strip() else rows
            self._newest = list(found[: MOST_CHOICES + 1])
        return self._newest

    def _takes(self) -> Any:
        return self.queryset

    def label_from_instance(self, obj: Any) -> str:
        """Name a row, and say so when it lies in the bin."""
        return _("%(name)s (in the bin)") % {"name": obj} if obj.is_deleted else str(obj)


class PartsMixin:
    """A form with fields that choose assets."""

    fields: dict[str, forms.Field]
    wanted = ""

    def offer_parts(self, current: dict[str, uuid.UUID | None], data: Any, wanted: str) -> None:
        """Set the fields up; ``current`` names what each holds now."""
        self.wanted = wanted.replace("\x00", "")[:LONGEST_SEARCH]
        for name, field in self._part_fields():
            field.offer(current.get(name), data.get(name) if data else None, self.wanted)

    @property
    def is_searchable(self) -> bool:
        """Tell whether some field has more to choose from than it shows."""
        return bool(self.wanted) or any(field.is_long for _name, field in self._part_fields())

    def _part_fields(self) -> Iterable[tuple[str, PartField]]:
        return [(name, field) for name, field in self.fields.items() if isinstance(field, PartField)]


def _id(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None
