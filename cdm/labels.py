"""What the columns of the working day are called on pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cdm.models import AutomationRule, CustomerSummary, InsightFit
from cdp.tenancy.labels import name_columns


def add_labels() -> None:
    """Name what models leave unnamed."""
    name_columns(AutomationRule, version=_("version"))
    name_columns(
        CustomerSummary,
        changes_on=_("changes on"),
        stage_reason=_("why this stage"),
        type_reason=_("why this type"),
        temperature_reason=_("why this temperature"),
    )
    name_columns(
        InsightFit,
        attempts=_("attempts"),
        done=_("steps done"),
        total=_("steps in all"),
        heartbeat_at=_("last sign of life"),
    )
