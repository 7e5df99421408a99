"""Columns and constraints that several models share."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from profiles.models.profile import PARTIAL_DATE


def money(name: Any, **options: Any) -> models.DecimalField[Any, Any]:
    """Return a column for an amount in the currency the row, or else the tenant, names."""
    return models.DecimalField(name, max_digits=15, decimal_places=2, **options)


def no_money(name: Any, **options: Any) -> models.DecimalField[Any, Any]:
    """Return a column for an amount that is 0 at first."""
    return money(name, default=Decimal(0), **options)


def partial_date(name: Any) -> models.CharField[str, str]:
    """Return a column for a day whose year is not known; blank where the whole date is."""
    return models.CharField(name, max_length=7, blank=True, default="")


def text(name: Any, length: int, **options: Any) -> models.CharField[str, str]:
    """Return a column for one line of text that may be missing."""
    return models.CharField(name, max_length=length, blank=True, default="", **options)


def member(name: Any) -> models.ForeignKey[Any, Any]:
    """Return a column that names one of the tenant's members."""
    return models.ForeignKey(
        "cdp.Membership",
        models.SET_NULL,
        verbose_name=name,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )


def one_of(field: str, values: Collection[str], name: str, *, blank: bool = False) -> models.CheckConstraint:
    """Return the constraint that a column holds one of these values."""
    known = [*values, ""] if blank else list(values)
    return models.CheckConstraint(condition=Q(**{f"{field}__in": known}), name=name)


def is_partial_date(field: str, name: str) -> models.CheckConstraint:
    """Return the constraint that a column is blank or a day without a year."""
    return models.CheckConstraint(
        condition=Q(**{field: ""}) | Q(**{f"{field}__regex": PARTIAL_DATE}),
        name=name,
        violation_error_message=_("Write a day without its year as --05-15, or the month alone as --05."),
    )
