"""Every address of the product, and what to put into its blanks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern

from cdp.api.views import ApiMixin
from profiles.models import Profile
from profiles.panels import registry as panels
from tests.architecture.sides import Side

METHODS = ("get", "post", "put", "patch", "delete")
_BLANK = re.compile(r"<(?:\w+:)?(\w+)>")
# What a blank of an address is filled with. A new name fails the walk until it is said here.
BLANKS: dict[str, Callable[[Side], Any]] = {
    "profile_id": lambda side: side.pk("profiles.Profile"),
    "section": lambda _: "person",
    "identifier_id": lambda side: side.pk("profiles.ProfileIdentifier"),
    "contact_point_id": lambda side: side.pk("profiles.ContactPoint"),
    "tag_id": lambda side: side.pk("profiles.Tag"),
    "segment_id": lambda side: side.pk("profiles.Segment"),
    "target_id": lambda side: side.pk("campaigns.TargetProfile"),
    "brand_id": lambda side: side.pk("campaigns.BrandGuideline"),
    "budget_id": lambda side: side.pk("campaigns.Budget"),
    "container_id": lambda side: side.pk("campaigns.ProfileContainer"),
    "campaign_id": lambda side: side.pk("campaigns.Campaign"),
    "template_id": lambda side: side.pk("campaigns.AssetTemplate"),
    "order_id": lambda side: side.pk("cdm.Order"),
    "product_id": lambda side: side.pk("cdm.Product"),
    "category_id": lambda side: side.pk("cdm.ProductCategory"),
    "run_id": lambda side: side.pk("imports.ImportRun"),
    "export_id": lambda side: side.pk("exports.ExportRun"),
    "other_id": lambda side: side.pk("unify.Merge") and str(side.row("unify.Merge").loser_id),
    "merge_id": lambda side: side.pk("unify.Merge"),
    "bulk_id": lambda side: side.pk("unify.BulkDecision"),
    "case_id": lambda side: side.pk("unify.ReviewCase"),
    "match_run_id": lambda side: side.pk("unify.MatchRun"),
    "version_id": lambda side: side.pk("unify.MatchModelVersion"),
    "event_id": lambda side: side.pk("profiles.CustomerEvent"),
    "entry_id": lambda side: side.pk("cdp.AuditEntry"),
    "source": lambda side: side.row("profiles.ProfileIdentifier").source,
    "external_id": lambda side: side.row("profiles.ProfileIdentifier").external_id,
    "customer_id": lambda side: side.pk("profiles.Profile"),
    "customer_or_row_id": lambda side: side.pk("profiles.Profile"),
    "member_id": lambda side: side.pk("cdm.FamilyMember"),
    "interaction_id": lambda side: side.pk("cdm.Interaction"),
    "drop_off_id": lambda side: side.pk("cdm.DropOff"),
    "deal_id": lambda side: side.pk("cdm.Deal"),
    "task_id": lambda side: side.pk("cdm.ActivityTask"),
    "view_id": lambda side: side.pk("cdm.SavedView"),
    "table": lambda side: "months",
    "quotation_id": lambda side: side.pk("cdm.Quotation"),
    "billing_id": lambda side: side.pk("cdm.Billing"),
    "rule_id": lambda side: side.pk("cdm.AutomationRule"),
    "stage": lambda side: "loyal",
    "type": lambda side: "vip",
    "temperature": lambda side: "hot",
    "content_type_id": lambda side: ContentType.objects.get_for_model(Profile).pk,
    "uidb64": lambda side: "x",
    "token": lambda side: "x",
}
# Blanks for words that are the same for everybody: they name no tenant's row.
WORDS = {"stage", "type", "temperature", "table"}
# Addresses that are patterns of regular expressions: what stands for them.
REGEXES = {
    r"^(?P<app_label>": "profiles/",
    r"(?P<url>.*)$": "nowhere",
}


# Every panel is an address of its own.
PANEL = "<slug:key>"


@dataclass(frozen=True)
class Address:
    """One URL pattern."""

    route: str
    name: str
    callback: Any

    @property
    def blanks(self) -> list[str]:
        """Return the names of the parts that vary."""
        return _BLANK.findall(self.route)

    @property
    def view(self) -> Any:
        """Return the class of the view, or None."""
        return getattr(self.callback, "cls", None) or getattr(self.callback, "view_class", None)

    @property
    def is_api(self) -> bool:
        """Tell whether programs call it."""
        return isinstance(self.view, type) and issubclass(self.view, ApiMixin)

    @property
    def methods(self) -> list[str]:
        """Return the methods worth trying: those the view knows; a function is tried with two."""
        if self.view is None:
            return ["get", "post"]
        known = getattr(self.callback, "actions", None) or {
            name for name in METHODS if hasattr(self.view, name)
        }
        return [name for name in METHODS if name in known]

    @property
    def admin_model(self) -> Any:
        """Return the model of a page of the admin, or None."""
        model_admin = getattr(self.callback, "model_admin", None)
        return model_admin.model if model_admin else None

    def filled(self, sides: Mapping[str, Side], default: Side) -> str:
        """Return the path, each blank from its side in ``sides`` or from ``default``."""
        return "/" + _BLANK.sub(lambda m: str(self._value(m[1], sides.get(m[1], default))), self.route)

    def _value(self, blank: str, side: Side) -> Any:
        if blank == "object_id":
            model = self.admin_model or Profile
            return side.pk(model._meta.label) if model._meta.label in side.rows else 1
        if blank not in BLANKS:
            raise AssertionError(f"say in BLANKS what {blank} of {self.route} stands for")
        return BLANKS[blank](side)

    def __str__(self) -> str:
        return self.route or "/"


def addresses() -> list[Address]:
    """Return every address there is."""
    return list(_walk(get_resolver().url_patterns, ""))


def _walk(patterns: list[Any], prefix: str) -> Iterator[Address]:
    for pattern in patterns:
        text = str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, prefix + text)
        elif isinstance(pattern, URLPattern):
            if isinstance(pattern.pattern, RegexPattern):
                text = next(plain for start, plain in REGEXES.items() if text.startswith(start))
            for key in panels._panels if PANEL in text else [""]:
                yield Address(prefix + text.replace(PANEL, key), pattern.name or "", pattern.callback)
