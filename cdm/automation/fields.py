"""What a condition can ask about a customer, and how."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from cdm.choices import Chance, CustomerType, DropOffStage, OfferType, Temperature
from profiles.choices import Gender, LifecycleStage, MaritalStatus, ProfileType


class Kind(StrEnum):
    """What a field's values are."""

    NUMBER = "number"
    DAYS_SINCE = "days_since"  # a moment, asked for as whole days until today
    CHOICE = "choice"
    TEXT = "text"
    DAYS_UNTIL = "days_until"  # a day of every year
    TAG = "tag"
    SEGMENT = "segment"
    STAGE_CHANGE = "stage_change"
    DROP_OFF = "drop_off"


class Table(StrEnum):
    """Where a field is read."""

    PROFILE = "p"
    SUMMARY = "s"
    RECOMMENDATION = "r"


OPERATORS: dict[str, Any] = {
    "gte": _("at least"),
    "lte": _("at most"),
    "eq": _("is"),
    "ne": _("is not"),
    "never": _("never happened"),
    "contains": _("contains"),
    "has": _("has"),
    "has_not": _("has not"),
    "changed_to": _("changed in the last 7 days to"),
}
OF_KIND: dict[Kind, tuple[str, ...]] = {
    Kind.NUMBER: ("gte", "lte", "eq"),
    Kind.DAYS_SINCE: ("gte", "lte", "never"),
    Kind.CHOICE: ("eq", "ne"),
    Kind.TEXT: ("eq", "ne", "contains"),
    Kind.DAYS_UNTIL: ("lte",),
    Kind.TAG: ("has", "has_not"),
    Kind.SEGMENT: ("has", "has_not"),
    Kind.STAGE_CHANGE: ("changed_to",),
    Kind.DROP_OFF: ("gte", "eq"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a condition can ask about: where it stands and what may be compared with it."""

    key: str
    label: Any
    group: Any
    kind: Kind
    table: Table
    column: str = ""
    choices: tuple[tuple[str, Any], ...] = ()

    @property
    def operators(self) -> tuple[str, ...]:
        return OF_KIND[self.kind]

    @property
    def takes_number(self) -> bool:
        return self.kind in {Kind.NUMBER, Kind.DAYS_SINCE, Kind.DAYS_UNTIL}


_ORDERS, _CONTACT, _SHOP = _("Orders"), _("Contact"), _("Shop")
_WHO, _WHAT, _LABELS = _("Customer"), _("Recommendation"), _("Labels")


def _number(table: Table, group: Any, named: dict[str, Any]) -> list[Field]:
    return [Field(key, label, group, Kind.NUMBER, table, key) for key, label in named.items()]


def _since(group: Any, named: dict[str, Any]) -> list[Field]:
    return [
        Field(key, label, group, Kind.DAYS_SINCE, Table.SUMMARY, f"{key}_at") for key, label in named.items()
    ]


def _choice(table: Table, group: Any, named: dict[str, tuple[Any, Any]]) -> list[Field]:
    return [
        Field(key, label, group, Kind.CHOICE, table, key.removeprefix("contact_"), tuple(choices))
        for key, (label, choices) in named.items()
    ]


_PROFILE, _SUMMARY, _RECOMMENDATION = Table.PROFILE, Table.SUMMARY, Table.RECOMMENDATION
FIELDS: tuple[Field, ...] = (
    *_number(
        _SUMMARY,
        _ORDERS,
        {
            "orders": _("orders"),
            "lifetime_value": _("lifetime value"),
            "returned_value": _("returned value"),
        },
    ),
    *_since(
        _ORDERS,
        {"last_order": _("days since the last order"), "first_order": _("days since the first order")},
    ),
    *_since(
        _CONTACT,
        {
            "last_contact": _("days since the last contact"),
            "last_inbound": _("days since they last wrote or called"),
        },
    ),
    *_number(_SUMMARY, _CONTACT, {"calls": _("calls"), "interactions": _("interactions")}),
    *_since(_SHOP, {"last_behaviour": _("days since they were last in the shop")}),
    *_number(
        _SUMMARY,
        _SHOP,
        {
            "product_views": _("product views"),
            "open_drop_offs": _("open drop-offs"),
            "open_drop_off_value": _("value of open drop-offs"),
            "open_deals": _("open deals"),
            "open_deal_value": _("value of open deals"),
        },
    ),
    Field(
        "drop_off_stage", _("drop-off stage"), _SHOP, Kind.DROP_OFF, _PROFILE, "", tuple(DropOffStage.choices)
    ),
    *_number(_SUMMARY, _WHO, {"family_members": _("family members")}),
    *_choice(
        _SUMMARY,
        _WHO,
        {
            "contact_temperature": (_("temperature by the last order or contact"), Temperature.choices),
            "customer_type": (_("customer type"), CustomerType.choices),
        },
    ),
    *_choice(
        _PROFILE,
        _WHO,
        {
            "lifecycle_stage": (_("lifecycle stage"), LifecycleStage.choices),
            "type": (_("person or company"), ProfileType.choices),
            "gender": (_("gender"), Gender.choices),
            "marital_status": (_("marital status"), MaritalStatus.choices),
        },
    ),
    Field(
        "stage_change",
        _("change of lifecycle stage"),
        _WHO,
        Kind.STAGE_CHANGE,
        _PROFILE,
        "",
        tuple(LifecycleStage.choices),
    ),
    Field("profession", _("profession"), _WHO, Kind.TEXT, _PROFILE, "profession"),
    Field("membership_tier", _("membership tier"), _WHO, Kind.TEXT, _PROFILE, "membership_tier"),
    Field("primary_source", _("primary source"), _WHO, Kind.TEXT, _PROFILE, "primary_source"),
    Field("birthday", _("days until the birthday"), _WHO, Kind.DAYS_UNTIL, _PROFILE, "date_of_birth"),
    Field(
        "anniversary", _("days until the anniversary"), _WHO, Kind.DAYS_UNTIL, _PROFILE, "anniversary_date"
    ),
    *_choice(
        _RECOMMENDATION,
        _WHAT,
        {
            "temperature": (_("chance of an order"), Chance.choices),
            "offer_type": (_("offer"), OfferType.choices),
        },
    ),
    *_number(_RECOMMENDATION, _WHAT, {"priority": _("priority, 1 to 10")}),
    Field("tag", _("tag"), _LABELS, Kind.TAG, _PROFILE),
    Field("segment", _("segment"), _LABELS, Kind.SEGMENT, _PROFILE),
)
BY_KEY: dict[str, Field] = {field.key: field for field in FIELDS}
