"""Changing how sure a tenant wants to be before records are merged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext
from pydantic.alias_generators import to_camel

from cdp import audit
from cdp.actors import Actor
from cdp.errors import Invalid
from cdp.models import Tenant
from unify.finding.current import settings_of
from unify.merging.choices import SurvivorshipRule
from unify.models import MatchSettings

CHANGEABLE = (
    *("review_score", "merge_score", "merges_by_itself", "largest_cluster", "bulk_score"),
    *("needs_second_person", "risky_events", "digest_from", "source_ranks", "survivorship"),
)


@transaction.atomic
def change_match_settings(*, tenant: Tenant, by: Actor, changes: Mapping[str, Any]) -> MatchSettings:
    """Set the given fields; raises Invalid naming those that are not acceptable."""
    settings = MatchSettings.objects.select_for_update().get(pk=settings_of(tenant).pk)
    before = {name: getattr(settings, name) for name in CHANGEABLE}
    for name in CHANGEABLE:
        if name in changes:
            setattr(settings, name, changes[name])
    _check(settings)
    changed = audit.changed_fields(before, {name: getattr(settings, name) for name in CHANGEABLE})
    if changed:
        settings.updated_by = str(by)
        settings.save(update_fields=[*changed, "updated_by", "updated_at"])
        audit.record(verb="match_settings.change", obj=settings, by=by, changes=changed)
    return settings


def _check(settings: MatchSettings) -> None:
    wrong: dict[str, list[str]] = {}
    try:
        settings.clean_fields()
    except ValidationError as error:
        wrong = {to_camel(name): list(texts) for name, texts in error.message_dict.items()}
    if not wrong and settings.review_score > settings.merge_score:
        wrong["reviewScore"] = [gettext("Ask people from a lower score than records are merged from.")]
    rules = settings.survivorship
    if not isinstance(rules, dict) or not set(rules.values()) <= set(SurvivorshipRule.values):
        wrong["survivorship"] = [
            gettext("Use one of: %(keys)s.") % {"keys": ", ".join(SurvivorshipRule.values)}
        ]
    ranks = settings.source_ranks
    if not isinstance(ranks, list) or not all(isinstance(one, str) and one for one in ranks):
        wrong["sourceRanks"] = [gettext("Use a list of names of sources.")]
    if wrong:
        raise Invalid(gettext("See errors for each field."), fields=wrong)
