"""Requests to the API that name a stranger's rows wherever the OpenAPI document has an id."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator

from tests.architecture.sides import SEARCH, Side

# An id in a body or a query -> the model whose row it names.
IDS = {
    "customer": "profiles.Profile",
    "productId": "cdm.Product",
    "lines.productId": "cdm.Product",
    "categoryId": "cdm.ProductCategory",
    "parentId": "cdm.ProductCategory",
    "profileIds": "profiles.Profile",
    "profileId": "profiles.Profile",
    "targetId": "profiles.Profile",
    "sourceIds": "profiles.Profile",
    "segmentIds": "profiles.Segment",
    "segmentId": "profiles.Segment",
    "tagIds": "profiles.Tag",
    "tagId": "profiles.Tag",
    "tags.id": "profiles.Tag",
    "ids": "campaigns.Budget",
    "userId": "cdp.User",
    "customerProfileId": "campaigns.TargetProfile",
    "otherTargetId": "campaigns.TargetProfile",
    "brandGuidelinesId": "campaigns.BrandGuideline",
    "budgetId": "campaigns.Budget",
    "containerId": "campaigns.ProfileContainer",
    "campaignId": "campaigns.Campaign",
    "runId": "imports.ImportRun",
    "winnerId": "profiles.Profile",
    "loserId": "profiles.Profile",
    "loserIds": "profiles.Profile",
    "exclude": "profiles.Profile",
    "profileId1": "profiles.Profile",
    "profileId2": "profiles.Profile",
    "caseId": "unify.ReviewCase",
    "against": "unify.MatchModelVersion",
    "customer_id": "profiles.Profile",
    "customerId": "profiles.Profile",
    "customer_ids": "profiles.Profile",
    "relative_id": "profiles.Profile",
    "owner_id": "cdp.Membership",
    "ownerId": "cdp.Membership",
    "product_id": "cdm.Product",
    "category_id": "cdm.ProductCategory",
    "deal_id": "cdm.Deal",
    "order_id": "cdm.Order",
    "quotation_id": "cdm.Quotation",
}


@lru_cache
def document() -> dict[str, Any]:
    """Return the OpenAPI document of the code as it is."""
    generator: Any = SchemaGenerator  # without types
    schema: dict[str, Any] = generator().get_schema(public=True)
    return schema


def operation(route: str, method: str) -> dict[str, Any]:
    """Return what the document says about a method of an address; empty when it says nothing."""
    wanted = "/" + re.sub(r"<[^>]*>", "{}", route)
    for path, methods in document()["paths"].items():
        if re.sub(r"\{[^}]*\}", "{}", path) == wanted:
            found: dict[str, Any] = methods.get(method, {})
            return found
    return {}


def query_for(route: str, side: Side) -> dict[str, str]:
    """Return a query that asks for a stranger's rows by every filter there is."""
    names = [item["name"] for item in operation(route, "get").get("parameters", []) if item["in"] == "query"]
    asked = {name: side.pk(IDS[name]) for name in names if name in IDS}
    return asked | ({"search": SEARCH} if "search" in names else {})


def body_for(route: str, method: str, side: Side) -> Any:
    """Return a body made from the document, with a stranger's ids; None where none is taken."""
    content = operation(route, method).get("requestBody", {}).get("content", {}).get("application/json")
    return _made(content["schema"], "", side) if content else None


def _made(schema: dict[str, Any], name: str, side: Side) -> Any:
    if "$ref" in schema:
        return _made(document()["components"]["schemas"][schema["$ref"].split("/")[-1]], name, side)
    for several in ("oneOf", "anyOf", "allOf"):
        if several in schema:
            return _made(schema[several][0], name, side)
    kind = _kind(schema)
    if kind == "array":
        return [_made(schema["items"], name, side)]
    if kind == "object" or "properties" in schema:
        return _object(schema, f"{name}." if name else "", side)
    return _plain(schema, kind, name, side)


def _object(schema: dict[str, Any], prefix: str, side: Side) -> dict[str, Any]:
    """Return an object with what is required, and with everything that holds an id."""
    needed = schema.get("required", [])
    return {
        key: _made(inner, prefix + key, side)
        for key, inner in schema.get("properties", {}).items()
        if key in needed or _is_id(prefix + key) or _holds_ids(key)
    }


def _kind(schema: dict[str, Any]) -> str | None:
    kind = schema.get("type")
    return kind[0] if isinstance(kind, list) else kind


def _is_id(name: str) -> bool:
    return name in IDS or name.rsplit(".", maxsplit=1)[-1] in IDS


def _holds_ids(key: str) -> bool:
    return any(name.startswith(f"{key}.") for name in IDS)


def _plain(schema: dict[str, Any], kind: str | None, name: str, side: Side) -> Any:
    if label := IDS.get(name) or IDS.get(name.rsplit(".", maxsplit=1)[-1]):
        return side.pk(label)
    if schema.get("format") == "uuid":
        raise AssertionError(f"say in IDS whose id {name} is")
    if "enum" in schema:
        return schema["enum"][0]
    plain = {"integer": 1, "number": 1, "boolean": True, "null": None}
    text = {"email": "a@example.com", "date-time": "2026-01-02T03:04:05Z", "date": "2026-01-02"}
    return plain.get(kind or "", text.get(schema.get("format", ""), "written"))
