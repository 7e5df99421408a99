"""What a merge does with the relations of this app to customers that do not simply move."""

from __future__ import annotations

from unify.registries import Editable, Stays, relation_rules

_MADE_AGAIN = Stays("made again from the survivor")

RULES: dict[str, Stays | Editable] = {
    "cdm.CustomerSummary.profile": _MADE_AGAIN,
    "cdm.Recommendation.profile": _MADE_AGAIN,
    "cdm.CallListing.profile": Stays("says whom a day's list named, before anybody was called"),
    "cdm.RuleFiring.profile": Stays("says on whom a rule fired"),
    "cdm.FamilyMember.profile": Editable("name"),
    "cdm.Interaction.profile": Editable("subject"),
    "cdm.Deal.profile": Editable("title"),
    "cdm.ActivityTask.profile": Editable("title"),
    "cdm.Quotation.profile": Editable("number"),
    "cdm.Billing.profile": Editable("number"),
}


def declare() -> None:
    """Register the rules of the relations known here."""
    for key, rule in RULES.items():
        relation_rules.register(key, rule)
