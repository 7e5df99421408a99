"""Serializers that speak camelCase and refuse what they do not know."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from rest_framework import serializers

M = TypeVar("M", bound=Any)
_UNDERSCORE = re.compile(r"_([a-z0-9])")


def camel(name: str) -> str:
    """Return ``first_name`` as ``firstName``."""
    return _UNDERSCORE.sub(lambda match: match.group(1).upper(), name)


class _Camel:
    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()  # type: ignore[misc]
        return {camel(name): _with_source(name, field) for name, field in fields.items()}

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            unknown = [key for key in data if key not in self.fields]  # type: ignore[attr-defined]
            if unknown:
                raise serializers.ValidationError({str(key): ["Unknown field."] for key in unknown[:20]})
        return super().to_internal_value(data)  # type: ignore[misc]


class CamelSerializer(_Camel, serializers.Serializer[Any]):
    """A plain serializer: fields are declared in snake_case and appear in camelCase."""


class CamelModelSerializer(_Camel, serializers.ModelSerializer[M]):
    """A model serializer: ``Meta.fields`` in snake_case, the wire in camelCase."""


def _with_source(name: str, field: Any) -> Any:
    if isinstance(field, serializers.SerializerMethodField):
        field.method_name = field.method_name or f"get_{name}"
    elif field.source is None and camel(name) != name:
        field.source = name
    return field
