"""What to do about each customer, in the words of their pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter

from cdm.admin.base import CustomerRowAdmin
from cdm.choices import Chance, OfferType
from cdm.models import Recommendation
from cdm.recommendations import products_told, reasons_told
from cdm.recommending.phrases import told
from cdm.wording import percent
from cdp.adminsite.permissions import Codes
from cdp.permissions import PROFILE_READ


@admin.register(Recommendation)
class RecommendationAdmin(CustomerRowAdmin):
    """What to do about each customer today."""

    codes = Codes(view=PROFILE_READ)
    list_display = ["profile", "priority", "chance_word", "offer_type", "what_next", "computed_at"]
    list_filter = [("profile", AutocompleteSelectFilter)]
    ordering = ["-id"]
    prefetched = ("profile", "fit", "tenant")
    fieldsets = [
        (None, {"fields": ["profile", "what_next", "why_next", "computed_at", "fit"]}),
        (
            _("Call priority"),
            {
                "fields": [
                    *(
                        "priority",
                        "chance_word",
                        "chance_share",
                        "total_points",
                        "likelihood_points",
                        "boost",
                    ),
                    *("room", "shown_reasons", "is_contactable", "is_held_out"),
                ]
            },
        ),
        (
            _("Offer"),
            {"fields": ["offer_type", "why_offer", "offer_before", "shown_usual", "shown_new"]},
        ),
        (_("Best time to call"), {"fields": ["best_time", "why_then", "best_time_n"]}),
        (
            _("Worth over the next year"),
            {"fields": ["expected_orders", "value_low", "value_high", "active_share"]},
        ),
    ]
    readonly_fields = [name for _title, part in fieldsets for name in part["fields"]]

    @admin.display(description=_("chance"))
    def chance_word(self, found: Recommendation) -> str:
        """Return the word pages use: hot, warm and cold are what programs read."""
        return str(Chance(found.temperature).label)

    @admin.display(description=_("chance of an order in 60 days"))
    def chance_share(self, found: Recommendation) -> str:
        return percent(found.chance)

    @admin.display(description=_("chance of being active"))
    def active_share(self, found: Recommendation) -> str:
        return "" if found.chance_active is None else percent(found.chance_active)

    @admin.display(description=_("what to do next"))
    def what_next(self, found: Recommendation) -> str:
        """Return it in the reader's language."""
        return told(found.next_action_text)

    @admin.display(description=_("why"))
    def why_next(self, found: Recommendation) -> str:
        return told(found.next_action_reason)

    @admin.display(description=_("why this offer"))
    def why_offer(self, found: Recommendation) -> str:
        return told(found.offer_reason)

    @admin.display(description=_("why then"))
    def why_then(self, found: Recommendation) -> str:
        return told(found.best_time_reason)

    @admin.display(description=_("reasons"))
    def shown_reasons(self, found: Recommendation) -> SafeString | str:
        reasons = reasons_told(found.reasons, found.tenant.currency)
        return _lines((f"{one.points:+d}", one.label, one.text) for one in reasons)

    @admin.display(description=_("offer without rules"))
    def offer_before(self, found: Recommendation) -> str:
        kind = found.usual_offer.get("type")
        return str(OfferType(kind).label) if kind in OfferType.values else ""

    @admin.display(description=_("usual products"))
    def shown_usual(self, found: Recommendation) -> SafeString | str:
        return _offered(found.usual_products)

    @admin.display(description=_("new for this customer"))
    def shown_new(self, found: Recommendation) -> SafeString | str:
        return _offered(found.new_products)


def _offered(kept: list[dict[str, Any]]) -> SafeString | str:
    return _lines((one.name, one.sku, one.reason) for one in products_told(kept))


def _lines(rows: Iterable[tuple[str, ...]]) -> SafeString | str:
    lines = [(" · ".join(part for part in row if part),) for row in rows]
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", lines)) if lines else ""
