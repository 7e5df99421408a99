"""What is done to rules: saving, counting, switching, moving, removing, undoing; and making anew by hand."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cdm.automation.errors import RuleChanged
from cdm.automation.keeping import get_rule, rules
from cdm.automation.preview import Preview, preview
from cdm.automation.rules import Conditions, RuleRecord, parsed
from cdm.operations.order_rules import move_rule, remove_rule, restore_rule, switch_rule, undo_rule_change
from cdm.operations.save_rule import save_rule
from cdm.recommending.runs import order_run
from cdm.views.automation.draft import Draft, typed
from cdm.views.automation.pages import form_context, form_page
from cdp.errors import DomainError
from cdp.permissions import SETTINGS_WRITE
from cdp.views.pages import PageRequest, actor_of, needs, render_part
from cdp.views.undo import report
from cdp.views.words import words_of

RESHAPE, COUNT = "reshape", "count"
VERBS = ("on", "off", "move", "remove", "restore", "undo")


@require_POST
@needs(SETTINGS_WRITE)
def save(request: PageRequest, rule_id: uuid.UUID | None = None) -> HttpResponse:
    """Keep the rule, or show the form again: with another row, or with what is wrong."""
    rule = get_rule(rule_id) if rule_id else None
    draft = typed(request.POST)
    asked = request.POST.get("act")
    if asked == RESHAPE:
        return form_page(request, draft, rule)
    if asked == COUNT:
        return form_page(request, draft, rule, found=_count(request, draft))
    try:
        saved = save_rule(
            tenant=request.membership.tenant,
            by=actor_of(request),
            record=RuleRecord.parse(draft.as_data()),
            rule_id=rule_id,
            version=int(draft.version[:9]) if rule_id and draft.version.isdecimal() else None,
        )
    except DomainError as error:
        draft.refuse(error)
        if isinstance(error, RuleChanged) and rule is not None:
            # Saving once more is then a decision.
            draft.version = str(rule.version)
        return form_page(request, draft, rule, status=error.status)
    messages.success(request, _("Saved. The rule is being evaluated now."))
    return HttpResponseRedirect(reverse("automation-rule", args=[saved.pk]))


@require_POST
@needs(SETTINGS_WRITE)
def count(request: PageRequest) -> HttpResponse:
    """Tell how many customers match what is typed now."""
    draft = typed(request.POST)
    context = {"draft": draft, "found": _count(request, draft)}
    return render_part(request, "cdm/automation/_count.html", context)


@require_POST
@needs(SETTINGS_WRITE)
def reshape(request: PageRequest) -> HttpResponse:
    """Show what can be said of the fields chosen, and a row for one more condition."""
    return render_part(request, "cdm/automation/_conditions.html", form_context(typed(request.POST)))


@require_POST
@needs(SETTINGS_WRITE)
def act(request: PageRequest, rule_id: uuid.UUID, verb: str) -> HttpResponse:
    """Switch, move or remove a rule, bring it back, or undo one of its changes."""
    tenant, by = request.membership.tenant, actor_of(request)
    if verb not in {"undo", "restore"}:
        get_rule(rule_id)  # what is not there is a page that is not there
    try:
        if verb == "move":
            order = list(rules().values_list("pk", flat=True))
            step = -1 if request.POST.get("to") == "up" else 1
            move_rule(tenant=tenant, by=by, rule_id=rule_id, place=order.index(rule_id) + step)
        elif verb == "remove":
            remove_rule(tenant=tenant, by=by, rule_id=rule_id)
            report(request, _("The rule is removed."), undo="rule.restore", data={"id": str(rule_id)})
        elif verb == "restore":
            rule = restore_rule(tenant=tenant, by=by, rule_id=rule_id)
            messages.success(request, _("The rule “%(name)s” is back.") % {"name": rule.name})
        elif verb == "undo":
            undo_rule_change(tenant=tenant, by=by, rule_id=rule_id, entry_id=_entry(request))
            messages.success(request, _("Undone."))
        else:
            switch_rule(tenant=tenant, by=by, rule_id=rule_id, is_active=verb == "on")
    except DomainError as error:
        messages.error(request, words_of(error))
    stays = verb == "undo"
    return HttpResponseRedirect(
        reverse("automation-rule", args=[rule_id]) if stays else reverse("automation")
    )


@require_POST
@needs(SETTINGS_WRITE)
def make(request: PageRequest) -> HttpResponse:
    """Have the recommendations made anew now."""
    try:
        order_run(tenant=request.membership.tenant, by=actor_of(request))
        messages.success(request, _("Recommendations are being made anew."))
    except DomainError as error:
        messages.error(request, words_of(error))
    return HttpResponseRedirect(reverse("automation"))


def _count(request: PageRequest, draft: Draft) -> Preview | None:
    try:
        return preview(request.membership.tenant, parsed(Conditions, draft.conditions))
    except DomainError as error:
        draft.refuse(error)
        return None


def _entry(request: PageRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("entry", ""))
    except ValueError:
        return uuid.UUID(int=0)
