"""From when on a customer is hot, loyal or gone: the company's thresholds, with what they would change."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.forms.models import model_to_dict
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from cdm.models import WorkingRules
from cdm.operations.change_rules import change_rules, preview_rules
from cdm.operations.rules_of import rules_of
from cdp.errors import DomainError
from cdp.permissions import SETTINGS_WRITE
from cdp.views.pages import PageRequest, actor_of, needs, render_page, render_part
from cdp.views.undo import report

WARMTH = ("hot_days", "warm_days", "inactive_days")
KINDS = ("repeat_orders", "loyal_orders", "vip_orders", "vip_value")
CALLS = ("list_size", "rest_days", "hold_out_share", "reminder_days")
HELP = {
    "hot_days": gettext_lazy("Since the last order or contact."),
    "inactive_days": gettext_lazy("Without an order. Their type is then Lapsed and their stage Dormant."),
    "vip_value": gettext_lazy("In the company's currency. Empty: orders alone decide."),
    "rest_days": gettext_lazy("Nobody is called again sooner, unless a follow-up says so."),
    "hold_out_share": gettext_lazy("0.20 is one in five: without them nobody can say what calling changes."),
}


class WorkingRulesForm(forms.ModelForm[WorkingRules]):
    """The thresholds as they are typed; the verb judges them together."""

    closed_hours = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Hours without calls"),
        choices=[(hour, f"{hour:02}") for hour in range(24)],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = WorkingRules
        fields = (*WARMTH, *KINDS, *CALLS, "closed_hours")
        help_texts = HELP

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in (*WARMTH, *KINDS, *CALLS):
            self.fields[name].widget.attrs["class"] = "input"

    def _post_clean(self) -> None:
        """Leave the row alone: it is the verb's to change and to judge."""

    def refuse(self, error: DomainError) -> None:
        """Show why the verb did not take it."""
        for name, texts in (error.fields or {"": [error.detail]}).items():
            for text in texts:
                self.add_error(name if name in self.fields else None, text)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(SETTINGS_WRITE)
def working_rules(request: PageRequest) -> HttpResponse:
    """Show the thresholds, or keep what was changed."""
    tenant = request.membership.tenant
    current = rules_of(tenant)
    if request.method != "POST":
        return _page(request, WorkingRulesForm(instance=current))
    form = WorkingRulesForm(request.POST, instance=current)
    if not form.is_valid():
        return _page(request, form, status=400)
    try:
        change_rules(tenant=tenant, by=actor_of(request), **form.cleaned_data)
    except DomainError as error:
        form.refuse(error)
        return _page(request, form, status=error.status)
    text = _("Saved. Customers are being judged anew; it takes a moment.")
    report(request, text, undo="rules.change", data=_as_json(current))
    return HttpResponseRedirect(reverse("working-rules"))


@require_POST
@needs(SETTINGS_WRITE)
def consequences(request: PageRequest) -> HttpResponse:
    """Tell for how many customers what is typed would change something."""
    return render_part(request, "cdm/rules/_consequences.html", {"found": _found(request, request.POST)})


def _page(request: PageRequest, form: WorkingRulesForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "parts": [
            (_("How warm a customer is"), [form[name] for name in WARMTH]),
            (_("What a customer is called"), [form[name] for name in KINDS]),
            (_("The day's calls"), [form[name] for name in CALLS]),
        ],
    }
    title = _("Rules of the working day")
    return render_page(request, "cdm/rules/page.html", context, title=title, status=status)


def _as_json(rules: WorkingRules) -> dict[str, Any]:
    values = model_to_dict(rules, fields=WorkingRulesForm.Meta.fields)
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in values.items()}


def _found(request: PageRequest, data: QueryDict) -> dict[str, int] | None:
    form = WorkingRulesForm(data, instance=rules_of(request.membership.tenant))
    if not form.is_valid():
        return None
    try:
        return preview_rules(tenant=request.membership.tenant, **form.cleaned_data)
    except DomainError:
        return None
