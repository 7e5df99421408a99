"""Stored columns to search in: under row security an index serves only an operator on a plain column."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat, Lower


def search_text(*fields: str) -> models.GeneratedField:
    """Return a column with the lower-case text of ``fields``, JSON included, for parts of words."""
    parts: list[Any] = []
    for field in fields:
        parts += [Coalesce(Cast(F(field), TextField()), _text("")), _text(" ")]
    text = Concat(*parts[:-1], output_field=TextField()) if len(fields) > 1 else parts[0]
    return models.GeneratedField(
        expression=Lower(text),
        output_field=TextField(),
        db_persist=True,
    )


def _text(value: str) -> Value:
    return Value(value, output_field=TextField())


def search_vector(*fields: str) -> models.GeneratedField:
    """Return a column with the words of ``fields``, for the full-text search; no language is assumed."""
    return models.GeneratedField(
        expression=SearchVector(*fields, config="simple"), output_field=SearchVectorField(), db_persist=True
    )


def search_indexes(table: str) -> list[models.Index]:
    """Return the indexes of the two."""
    return [
        GinIndex(F("tenant"), OpClass(F("search_text"), "gin_trgm_ops"), name=f"{table}_trigrams"),
        GinIndex(F("tenant"), F("search_vector"), name=f"{table}_full_text"),
    ]


def inside(table: str, field: str) -> GinIndex:
    """Return the index for queries into a JSON or array column."""
    return GinIndex(F("tenant"), F(field), name=f"{table}_{field}"[:30])
