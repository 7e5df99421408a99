"""What the pages call the five kinds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.choices import (
    AssetKind,
    BudgetPeriodKind,
    BudgetStatus,
    CampaignStatus,
    ContainerStatus,
    DetailLevel,
)

YES_NO = (("true", _("Yes")), ("false", _("No")))
GENDERS = (("female", _("Female")), ("male", _("Male")), ("other", _("Other")), ("all", _("All")))


@dataclass(frozen=True)
class Column:
    """A column of a list; numbers stand to the right."""

    label: Any
    name: str
    is_number: bool = False


@dataclass(frozen=True)
class Narrowing:
    """A filter of a list: its name is the API's."""

    label: Any
    name: str
    choices: Any


@dataclass(frozen=True)
class Shown:
    """A kind on pages: its part of the address, its words, its icon, its list."""

    kind: AssetKind
    place: str
    many: Any
    new: Any
    icon: str
    about: Any
    columns: tuple[Column, ...]
    filters: tuple[Narrowing, ...] = ()


SHOWN = {
    shown.place: shown
    for shown in (
        Shown(
            AssetKind.CAMPAIGN,
            "plans",
            _("Campaigns"),
            _("New campaign"),
            "campaign",
            _("A campaign says what runs from when to when, and which target, brand and budget it uses."),
            (
                Column(_("Status"), "get_status_display"),
                Column(_("From"), "starts_on"),
                Column(_("To"), "ends_on"),
            ),
            (Narrowing(_("Status"), "status", CampaignStatus.choices),),
        ),
        Shown(
            AssetKind.TARGET_PROFILE,
            "targets",
            _("Target profiles"),
            _("New target profile"),
            "person_search",
            _("A target profile says whom you want to reach, and counts how many of your customers that is."),
            (
                Column(_("Ages"), "shown_ages"),
                Column(_("Interests"), "shown_interests"),
                Column(_("Default"), "is_default"),
            ),
            (
                Narrowing(_("Gender"), "gender", GENDERS),
                Narrowing(_("Active"), "isActive", YES_NO),
            ),
        ),
        Shown(
            AssetKind.BRAND_GUIDELINE,
            "brands",
            _("Brand guidelines"),
            _("New brand guideline"),
            "palette",
            _("A brand guideline keeps colours, type, logo and voice in one place, and checks messages."),
            (Column(_("Industry"), "industry"), Column(_("Detail"), "get_detail_level_display")),
            (Narrowing(_("Detail"), "detailLevel", DetailLevel.choices),),
        ),
        Shown(
            AssetKind.BUDGET,
            "budgets",
            _("Budgets"),
            _("New budget"),
            "account_balance_wallet",
            _("A budget is an amount for a day, a month or a season. It shows the pace and warns in time."),
            (
                Column(_("For"), "get_period_display"),
                Column(_("Amount"), "shown_amount", is_number=True),
                Column(_("Spent"), "shown_spent", is_number=True),
                Column(_("%"), "percentage_spent", is_number=True),
                Column(_("Status"), "get_status_display"),
            ),
            (
                Narrowing(_("Status"), "status", BudgetStatus.choices),
                Narrowing(_("For"), "period", BudgetPeriodKind.choices),
            ),
        ),
        Shown(
            AssetKind.CONTAINER,
            "containers",
            _("Containers"),
            _("New container"),
            "inventory_2",
            _("A container keeps a target, a brand and a budget together, so that campaigns take all three."),
            (
                Column(_("Status"), "get_status_display"),
                Column(_("Complete"), "is_complete"),
                Column(_("Default"), "is_default"),
            ),
            (
                Narrowing(_("Status"), "status", ContainerStatus.choices),
                Narrowing(_("Complete"), "isComplete", YES_NO),
            ),
        ),
    )
}
