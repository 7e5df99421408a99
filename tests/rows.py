"""One row of any tenant model, made from the model alone: what new models are tested with unasked."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cdp.choices import ActorKind
from cdp.ids import uuid7
from cdp.models import User
from cdp.tenancy.models import TenantForeignKey, TenantModel
from unify.matching import MatchModel

_number = itertools.count(1)
MOMENT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)

# What a field's type does not say: "Model.field" -> value, given the marker.
SPECIAL: dict[str, Callable[[str], Any]] = {
    "AssetMetric.profile_id": lambda _: uuid7(),
    "AssetPermission.profile_id": lambda _: uuid7(),
    "AssetVersion.profile_id": lambda _: uuid7(),
    "AssetTemplate.is_public": lambda _: True,
    "AuditEntry.actor_kind": lambda _: ActorKind.SYSTEM,
    "AuditEntry.object_type": lambda _: "profiles.profile",
    "BulkDecision.least_score": lambda _: 90.0,
    "Candidate.score": lambda _: 80.0,
    "Candidate.levels": lambda _: {"name": 0},
    "Budget.campaign_ids": lambda _: [],
    "CampaignProfileUsage.is_active": lambda _: False,
    "CampaignProfileUsage.ended_at": lambda _: MOMENT,
    "AutomationRule.actions": lambda _: {"boost": 5},
    "AutomationRule.conditions": lambda _: {"all": [{"field": "orders", "operator": "gte", "value": 1}]},
    "Billing.status": lambda _: "open",
    "Billing.paid_at": lambda _: None,
    "Deal.closed_at": lambda _: None,
    "DropOff.cart_value": lambda _: 100,
    "FamilyMember.partial_anniversary": lambda _: "--05",
    "FamilyMember.partial_birth_date": lambda _: "--05-15",
    "ExportRun.file": lambda _: "",
    "ExportRun.ordered_by": lambda _: uuid7(),
    "ExportRun.state": lambda _: "done",
    "ImportRun.state": lambda _: "done",
    "Order.returned": lambda _: 0,
    "Order.returns": lambda _: None,
    "Profile.partial_anniversary": lambda _: "",
    "Profile.partial_birth_date": lambda _: "",
    "Recommendation.chance": lambda _: 0.5,
    "SavedView.is_shared": lambda _: True,
    "WorkingRules.hot_days": lambda _: 30,
    "WorkingRules.warm_days": lambda _: 90,
    "WorkingRules.inactive_days": lambda _: 365,
    "WorkingRules.loyal_orders": lambda _: 5,
    "WorkingRules.repeat_orders": lambda _: 2,
    "WorkingRules.vip_orders": lambda _: 10,
    "ImportRun.file": lambda _: "",
    "ImportRun.options": lambda _: {"subject": "orders"},
    "BulkDecision.reasons": lambda _: {},
    "InsightFit.state": lambda _: "done",
    "MatchModelVersion.model": lambda _: MatchModel.shipped(10).model_dump(mode="json"),
    "MatchSettings.survivorship": lambda _: {},
    "ReviewCase.best_score": lambda _: 80.0,
    "ReviewCase.first_decision": lambda _: {},
    "ReviewCase.least_score": lambda _: 70.0,
    "ReviewCase.seen": lambda _: {},
    "MatchModelVersion.state": lambda _: "retired",
    "MatchRecord.prepared": lambda marker: {"first_name": marker},
    "MatchRun.state": lambda _: "done",
    # One that holds tells how both were before it, which no single row can.
    "Merge.status": lambda _: "UNDONE",
    "Merge.undone_at": lambda _: MOMENT,
    "Profile.email": lambda marker: f"{marker}.{next(_number)}@example.com".lower(),
    "Profile.phone": lambda _: f"+6681{next(_number):07d}",
    "Profile.gender": lambda _: "",
    "Profile.website": lambda _: "",
    "Profile.address": lambda marker: {"city": marker},
    "ProfileTally.delta": lambda _: 1,
}


def make_row(model: Any, marker: str = "row", **given: Any) -> Any:
    """Save and return a row whose texts hold ``marker``, with the rows it needs; a tenant must be active."""
    values = {
        field.name: _value(model, field, marker)
        for field in model._meta.local_concrete_fields
        if field.name not in given and not _fills_itself(field)
    }
    return model.objects.create(**{name: v for name, v in values.items() if v is not None}, **given)


def _fills_itself(field: models.Field[Any, Any]) -> bool:
    is_automatic = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    return (
        field.primary_key
        or field.name == "tenant"
        or is_automatic
        or isinstance(field, models.GeneratedField)
    )


def _value(model: type[TenantModel], field: models.Field[Any, Any], marker: str) -> Any:
    special = SPECIAL.get(f"{model.__name__}.{field.name}")
    if special:
        return special(marker)
    if field.is_relation:
        return _related(field, marker)
    return field.get_default() or _of_kind(field, marker)


def _of_kind(field: models.Field[Any, Any], marker: str) -> Any:
    if field.choices:
        return next(value for value, _ in field.flatchoices if value)
    if isinstance(field, (models.CharField, models.TextField, models.FileField)):
        return _text(field, marker)
    if isinstance(field, ArrayField):
        is_text = isinstance(field.base_field, (models.CharField, models.TextField))
        return [marker] if is_text else [next(_number)]
    if isinstance(field, models.JSONField):
        return {"note": marker} if field.get_default() == {} else field.get_default()
    return field.get_default() if field.null or field.has_default() else _plain(field)


def _related(field: models.Field[Any, Any], marker: str) -> Any:
    if isinstance(field, TenantForeignKey):
        is_self = field.related_model is field.model
        return None if field.null or is_self else make_row(field.related_model, marker)
    if field.null:
        return None
    if field.related_model is User:
        return User.objects.create_user(f"{marker}.{next(_number)}@example.com".lower())
    raise AssertionError(f"say in tests.rows.SPECIAL what {field} points to")


def _text(field: models.Field[Any, Any], marker: str) -> str:
    text = f"{marker}-{next(_number)}"
    return text if field.max_length is None or len(text) <= field.max_length else text[-field.max_length :]


def _plain(field: models.Field[Any, Any]) -> Any:
    for kind, value in (
        (models.DateTimeField, MOMENT),
        (models.DateField, MOMENT.date()),
        (models.BinaryField, b"\x01"),
        (models.UUIDField, None),
        (models.BooleanField, False),
        (models.DecimalField, 1),
    ):
        if isinstance(field, kind):
            return value
    return next(_number)
