"""Query parameters of declared operations, for the OpenAPI document."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from drf_spectacular.utils import OpenApiParameter

from cdp.api.wire import Incoming


def filter_parameters(declared: type[filters.FilterSet] | None) -> list[OpenApiParameter]:
    """Describe what a filter set narrows a list by."""
    given = declared.base_filters.items() if declared else ()
    return [
        OpenApiParameter(
            name, _schema_of(one), OpenApiParameter.QUERY, description=str(one.extra.get("help_text", ""))
        )
        for name, one in given
    ]


def query_parameters(declared: type[Incoming]) -> list[OpenApiParameter]:
    """Describe a query model."""
    schema = untitled(declared.model_json_schema(mode="validation", ref_template="{model}"))
    parts = schema.get("$defs", {})
    required = schema.get("required", ())
    return [
        _described(name, _inlined(value, parts), is_required=name in required)
        for name, value in schema.get("properties", {}).items()
    ]


def untitled(schema: Any) -> Any:
    """Drop the titles pydantic makes of names: they say nothing the name does not."""
    if isinstance(schema, list):
        return [untitled(item) for item in schema]
    if isinstance(schema, dict):
        return {
            key: untitled(value)
            for key, value in schema.items()
            if key != "title" or not isinstance(value, str)
        }
    return schema


def _schema_of(one: filters.Filter) -> dict[str, Any]:
    if isinstance(one, filters.ChoiceFilter):
        return {"type": "string", "enum": [value for value, _ in one.extra["choices"]]}
    if isinstance(one, filters.UUIDFilter):
        return {"type": "string", "format": "uuid"}
    longest = one.extra.get("max_length")
    return {"type": "string", **({"maxLength": longest} if longest else {})}


def _described(name: str, schema: dict[str, Any], *, is_required: bool) -> OpenApiParameter:
    is_object = schema.get("type") == "object"
    return OpenApiParameter(
        name,
        {key: value for key, value in schema.items() if key != "description"},
        OpenApiParameter.QUERY,
        required=is_required,
        description=schema.get("description", ""),
        style="deepObject" if is_object else None,
        explode=True if is_object else None,
    )


def _inlined(value: Any, parts: dict[str, Any]) -> Any:
    """Put referenced schemas in place; a parameter that may be absent is never null."""
    if isinstance(value, list):
        return [_inlined(item, parts) for item in value if item != {"type": "null"}]
    if not isinstance(value, dict):
        return value
    flat = {key: _inlined(item, parts) for key, item in value.items() if key != "$ref"}
    if "$ref" in value:
        flat = {**parts[value["$ref"]], **flat}
    choices = flat.get("anyOf", ())
    if len(choices) == 1:
        flat = {**{key: item for key, item in flat.items() if key != "anyOf"}, **choices[0]}
    return {key: item for key, item in flat.items() if (key, item) != ("default", None)}
