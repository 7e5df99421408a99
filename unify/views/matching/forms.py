"""The form of the settings of matching."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from pydantic.alias_generators import to_snake

from cdp.errors import DomainError
from unify.merging.choices import SurvivorshipRule
from unify.models import MatchSettings

# Fields whose value people most often have an opinion about; the others follow the strategy.
RULED = ("name", "first_name", "last_name", "email", "phone", "address", "company_name", "lifecycle_stage")
LONGEST_RANKS = 600


def _score(label: Any, help_text: Any) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"class": "input"})
    return forms.IntegerField(label=label, help_text=help_text, min_value=0, max_value=100, widget=widget)


def _number(label: Any, help_text: Any, least: int, most: int) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"class": "input"})
    return forms.IntegerField(
        label=label, help_text=help_text, min_value=least, max_value=most, widget=widget
    )


class MatchSettingsForm(forms.Form):
    """How sure one wants to be, who is asked, and whose word counts."""

    merge_score = _score(_("Merge without asking from"), _("Below it, a person is asked."))
    review_score = _score(_("Ask a person from"), _("Below it, two records are left alone."))
    merges_by_itself = forms.BooleanField(label=_("Merge sure duplicates without asking"), required=False)
    largest_cluster = _number(
        _("Most records merged at once without asking"), _("Larger groups wait for a person."), 2, 100
    )
    bulk_score = _score(
        _("Many at once from"), _("The least score from which reviewers may merge many cases at once.")
    )
    needs_second_person = forms.BooleanField(label=_("Risky merges need a second person"), required=False)
    risky_events = _number(
        _("A long history is risky from so many events"),
        _("Also risky: a contradiction, and anything with a company in it."),
        0,
        1_000_000_000,
    )
    digest_from = _number(_("Tell admins by mail from so many waiting"), _("0: never."), 0, 1_000_000)
    source_ranks = forms.CharField(
        label=_("Sources, the most trusted first"),
        help_text=_("Separated by commas, like: ERP, CRM, LINE. Empty: no source is trusted more."),
        required=False,
        max_length=LONGEST_RANKS,
        widget=forms.TextInput(attrs={"class": "input"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", _("No rule of its own")), *SurvivorshipRule.choices]
        for name in RULED:
            self.fields[f"rule_{name}"] = forms.ChoiceField(
                label=name, choices=choices, required=False, widget=forms.Select(attrs={"class": "input"})
            )

    def changes(self, settings: MatchSettings) -> dict[str, Any]:
        """Return what the verb takes; rules of fields that are not shown here stay."""
        said = dict(self.cleaned_data)
        rules = {name: said.pop(f"rule_{name}") for name in RULED}
        kept = {name: rule for name, rule in settings.survivorship.items() if name not in RULED}
        ranks = [part.strip() for part in said.pop("source_ranks").split(",")]
        return said | {
            "survivorship": kept | {name: rule for name, rule in rules.items() if rule},
            "source_ranks": list(dict.fromkeys(part for part in ranks if part)),
        }

    def refuse(self, error: DomainError) -> None:
        """Show why the verb did not take it."""
        for wire, texts in (error.fields or {"": [error.detail]}).items():
            name = to_snake(wire)
            for text in texts:
                self.add_error(name if name in self.fields else None, text)


def values_of(settings: MatchSettings) -> dict[str, Any]:
    """Return what the form shows first."""
    shown = {
        name: getattr(settings, name) for name in MatchSettingsForm.base_fields if hasattr(settings, name)
    }
    rules = {f"rule_{name}": settings.survivorship.get(name, "") for name in RULED}
    return shown | {"source_ranks": ", ".join(settings.source_ranks)} | rules
