"""Every relation to customers there is, found in the models, and what a merge does with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models

from cdp.tenancy.models import TenantForeignKey, TenantModel
from profiles.models import Profile
from unify.registries import Editable, Stays, relation_rules


@dataclass(frozen=True)
class Relation:
    """One foreign key to customers, in whichever app."""

    model: type[models.Model]
    field: models.ForeignKey[Any, Any]

    @property
    def key(self) -> str:
        """Return the name under which rules and merges know it: ``profiles.ContactPoint.profile``."""
        return f"{self.model._meta.label}.{self.field.name}"

    @property
    def name(self) -> str:
        """Return the short name answers use: that of the customer's attribute."""
        return self.field.remote_field.get_accessor_name() or self.key

    @property
    def label(self) -> str:
        return str(self.model._meta.verbose_name_plural)

    @property
    def rule(self) -> Stays | Editable | None:
        return relation_rules.get(self.key)

    @property
    def is_editable(self) -> bool:
        return isinstance(self.rule, Editable)

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def column(self) -> str:
        return str(self.field.column)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Return the columns that are written: a generated one writes itself."""
        return tuple(str(field.column) for field in self.model._meta.concrete_fields if not field.generated)

    @cached_property
    def uniques(self) -> tuple[tuple[tuple[str, ...], bool], ...]:
        """Return the other columns of each unique constraint on the customer, and whether NULLs differ."""
        found = [
            (tuple(self._column(name) for name in constraint.fields), constraint.nulls_distinct is not False)
            for constraint in self._constraints()
        ]
        if self.field.unique:
            found.append(((self.column,), True))
        own = {self.column, "tenant_id"}
        return tuple((tuple(c for c in columns if c not in own), distinct) for columns, distinct in found)

    @property
    def can_move(self) -> bool:
        """Tell whether rows can be handed over one by one, recognised by a UUID."""
        options = self.model._meta
        is_plain = all(not c.condition and not c.expressions for c in self._constraints())
        is_ledger = issubclass(self.model, TenantModel) and self.model.append_only
        return (
            isinstance(self.field, TenantForeignKey)
            and isinstance(options.pk, models.UUIDField)
            and options.pk.column == "id"
            and is_plain
            and not is_ledger
            and not options.unique_together
        )

    def _constraints(self) -> list[models.UniqueConstraint]:
        return [
            constraint
            for constraint in self.model._meta.constraints
            if isinstance(constraint, models.UniqueConstraint) and self.field.name in _names(constraint)
        ]

    def _column(self, name: str) -> str:
        field: Any = self.model._meta.get_field(name)
        return str(field.column)


def all_relations() -> list[Relation]:
    """Return every foreign key to customers, those without a name on the customer's side included."""
    return list(_found())


def moving_relations() -> list[Relation]:
    """Return the relations whose rows go along with a customer."""
    return [relation for relation in _found() if not isinstance(relation.rule, Stays) and relation.can_move]


def undeclared_relations() -> list[str]:
    """Return the relations a merge could not move, and nobody has said why that is right."""
    return [
        relation.key
        for relation in _found()
        if not isinstance(relation.rule, Stays) and not relation.can_move
    ]


def _found() -> Iterator[Relation]:
    for related in Profile._meta.get_fields(include_hidden=True):
        if isinstance(related, models.ManyToOneRel):
            model: Any = related.related_model
            yield Relation(model, related.field)


def _names(constraint: models.UniqueConstraint) -> set[str]:
    """Return the fields a constraint is about, those inside of expressions included."""
    expressions: Any = constraint.expressions
    parts: list[Any] = [part for expression in expressions for part in expression.flatten()]
    return {*constraint.fields, *(str(part.name) for part in parts if hasattr(part, "name"))}
