"""The rules of recommendation: their list, their form, what they did and who changed them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cdm.automation.keeping import get_rule, rules
from cdm.automation.preview import Preview
from cdm.automation.words import actions_in_words, conditions_in_words, label_names
from cdm.choices import OfferType, TaskKind
from cdm.models import AutomationRule, InsightFit, RuleFiring
from cdm.recommending.runs import ACTIVE
from cdm.views.automation.draft import Draft, draft_of, grouped_fields
from cdp.adminsite.history import line_of
from cdp.models import AuditEntry
from cdp.permissions import SETTINGS_WRITE
from cdp.views.pages import PageRequest, needs, render_page

SHOWN_FIRINGS, SHOWN_CHANGES, SHOWN_REMOVED = 50, 30, 20
UNDOABLE = ("rule.change", "rule.switch_on", "rule.switch_off", "rule.move", "rule.undo")


@dataclass(frozen=True, slots=True)
class ShownRule:
    """One rule with what it says in words, and how often it fired."""

    rule: AutomationRule
    conditions: Sequence[str]
    actions: Sequence[str]
    holding: int
    fired: int
    last_fired: datetime | None
    problems: int


@require_safe
@needs(SETTINGS_WRITE)
def automation(request: PageRequest) -> HttpResponse:
    """Show the rules in their order, and how far the making of recommendations is."""
    removed = AutomationRule.objects.exclude(removed_at=None).order_by("-removed_at", "-pk")
    context = {
        "rules": shown_rules(),
        "removed": removed[:SHOWN_REMOVED],
        "fit": InsightFit.objects.first(),
        "active": _active(),
    }
    return render_page(request, "cdm/automation/list.html", context, title=_("Rules"))


@require_safe
@needs(SETTINGS_WRITE)
def new(request: PageRequest) -> HttpResponse:
    """Show an empty form."""
    return form_page(request, Draft(), None)


@require_safe
@needs(SETTINGS_WRITE)
def edit(request: PageRequest, rule_id: uuid.UUID) -> HttpResponse:
    """Show a rule's form, whom it fired on, and its history."""
    rule = get_rule(rule_id)
    return form_page(request, draft_of(rule), rule)


def form_page(
    request: PageRequest,
    draft: Draft,
    rule: AutomationRule | None,
    *,
    found: Preview | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the form of a rule, new or stored."""
    context: dict[str, Any] = {**form_context(draft), "rule": rule, "found": found}
    if rule is not None:
        firings = RuleFiring.objects.filter(rule=rule).prefetch_related("profile")
        context["firings"] = firings[:SHOWN_FIRINGS]
        context["history"] = history_of(rule)
    title = rule.name if rule else _("New rule")
    return render_page(request, "cdm/automation/form.html", context, title=title, status=status)


def form_context(draft: Draft) -> dict[str, Any]:
    """Return what the form, or its part with the conditions, is made of."""
    return {
        "draft": draft,
        "groups": grouped_fields(),
        "offers": OfferType.choices,
        "kinds": TaskKind.choices,
    }


def shown_rules() -> list[ShownRule]:
    """Return the rules with their numbers, in a constant number of statements."""
    found = list(
        rules().annotate(
            holding=Count("firings", filter=Q(firings__ended_at=None)),
            fired=Count("firings"),
            last_fired=Max("firings__fired_at"),
            problems=Count("firings", filter=Q(firings__delivery="failed")),
        )
    )
    names = label_names(found)
    return [
        ShownRule(
            rule,
            conditions_in_words(rule.conditions, names),
            actions_in_words(rule.actions),
            rule.holding,
            rule.fired,
            rule.last_fired,
            rule.problems,
        )
        for rule in found
    ]


def history_of(rule: AutomationRule) -> list[tuple[AuditEntry, Any, bool]]:
    """Return who changed the rule, the latest first, and whether each change can be undone."""
    entries = AuditEntry.objects.filter(object_type=rule._meta.label_lower, object_id=rule.pk)
    return [
        (entry, line_of(entry, AutomationRule), entry.verb in UNDOABLE)
        for entry in entries.order_by("-at", "-pk")[:SHOWN_CHANGES]
    ]


def _active() -> InsightFit | None:
    return InsightFit.objects.filter(state__in=ACTIVE).first()
