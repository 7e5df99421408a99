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
from unify.merging.values import path_of
from unify.models import MatchSettings

CHANGEABLE = (
    *("review_score", "merge_score", "merges_by_itself", "largest_cluster", "bulk_score"),
    *("needs_second_person", "risky_events", "digest_from", "source_ranks", "survivorship"),
)


@transaction.atomic
def change_match_settings(*, tenant: Tenant, by: Actor, changes: Mapping[str, Any]) -> MatchSettings:
    """Set the given fields; raises Invalid naming those that are not acceptable.

    Rules of survivorship may name fields as columns or as on the wire; they are kept as columns.
    """
    if "survivorship" in changes:
        changes = {**changes, "survivorship": _by_path(changes["survivorship"])}
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
    ranks = settings.source_ranks
    if not isinstance(ranks, list) or not all(isinstance(one, str) and one for one in ranks):
        wrong["sourceRanks"] = [gettext("Use a list of names of sources.")]
    if wrong:
        raise Invalid(gettext("See errors for each field."), fields=wrong)


def _by_path(rules: Any) -> dict[str, str]:
    """Return the rules by the paths merging asks for; raises Invalid for what would never apply."""
    use = gettext("Use one of: %(keys)s.") % {"keys": ", ".join(SurvivorshipRule.values)}
    if not isinstance(rules, Mapping):
        wrong_shape = {"survivorship": [gettext("This is not an object.")]}
        raise Invalid(gettext("See errors for each field."), fields=wrong_shape)
    found: dict[str, str] = {}
    wrong: dict[str, list[str]] = {}
    for name, rule in rules.items():
        path = path_of(name) if "\x00" not in name else None
        shown = f"survivorship.{name[:100]}".replace("\x00", "")
        if path is None:
            wrong[shown] = [gettext("There is no such field.")]
        elif not isinstance(rule, str) or rule not in SurvivorshipRule.values:
            wrong[shown] = [use]
        else:
            found[path] = str(rule)
    if wrong:
        raise Invalid(gettext("See errors for each field."), fields=wrong)
    return found
