"""Who is this? One customer for what a source knows of somebody (deterministic identity resolution)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction

from cdp.actors import Actor
from cdp.errors import Invalid
from cdp.models import Tenant
from profiles.errors import raise_taken
from profiles.identity import EXACT_IDS, PHONE, Hints, Match, blocked_values, find_matches, without_shared
from profiles.locking import lock_values
from profiles.models import Profile
from profiles.operations.link import absent_hints, link_hints
from profiles.operations.writing import insert_profile
from profiles.records import ProfileRecord
from profiles.registries import identity_conflicts


@dataclass(frozen=True, slots=True)
class Resolution:
    """The customer, how we know, how sure we are (0–100), and who else the hints pointed to."""

    profile: Profile | None
    is_new: bool
    matched_by: list[str]
    confidence: int
    conflicts: list[uuid.UUID]


def resolve(
    *,
    tenant: Tenant,
    by: Actor,
    hints: Hints,
    create: bool = True,
    known: ProfileRecord | None = None,
) -> Resolution:
    """Return the customer the hints point to, or make one.

    All hints are looked up, then ranked: exact ids (100) before e-mail (95) before phone (85). What the
    customer lacks and nobody else has is linked. A new customer also gets what ``known`` says. With
    ``create=False`` nothing is written. Raises Invalid when a customer would be made of nothing.
    """
    usable = hints.without_blocked(blocked_values(tenant))
    if create and not usable:
        raise Invalid(
            "Nothing here identifies anybody: give an e-mail, phone or id that is no blocked value."
        )
    matches = find_matches(usable)
    if not create:
        return _resolution(matches)
    if matches and not absent_hints(matches[0].profile, usable, matches):
        # Nothing is to be written: a known customer costs no lock.
        return _told(tenant, matches, _resolution(matches))
    with transaction.atomic():
        lock_values(tenant.pk, usable.lock_values())
        matches = find_matches(usable)
        if matches:
            return _link(tenant=tenant, by=by, matches=matches, hints=usable)
        if not without_shared(usable):
            raise Invalid("So many customers share this that it identifies nobody: give an id as well.")
        profile = _create(tenant=tenant, by=by, hints=usable, known=known)
    return Resolution(profile, True, [], 100, [])


def _resolution(matches: list[Match]) -> Resolution:
    if not matches:
        return Resolution(None, False, [], 0, [])
    best = matches[0]
    matched_by = list(dict.fromkeys(m.hint for m in matches if m.profile.pk == best.profile.pk))
    others = list(dict.fromkeys(m.profile.pk for m in matches if m.profile.pk != best.profile.pk))
    return Resolution(best.profile, False, matched_by, best.confidence, others)


def _told(tenant: Tenant, matches: list[Match], resolution: Resolution) -> Resolution:
    """Tell who listens that ids or e-mails point to several customers."""
    chosen = matches[0].profile.pk
    sure = [match.profile.pk for match in matches if match.hint != PHONE and match.profile.pk != chosen]
    if sure:
        for listener in identity_conflicts:
            listener(tenant, [(chosen, list(dict.fromkeys(sure)))])
    return resolution


def _link(*, tenant: Tenant, by: Actor, matches: list[Match], hints: Hints) -> Resolution:
    found = matches[0].profile
    profile = link_hints(by=by, profile=found, hints=absent_hints(found, hints, matches))
    return _told(tenant, matches, replace(_resolution(matches), profile=profile))


def _create(*, tenant: Tenant, by: Actor, hints: Hints, known: ProfileRecord | None) -> Profile:
    said = {name: getattr(known, name) for name in known.model_fields_set} if known else {}
    said["primary_source"] = said.get("primary_source") or hints.source
    said |= {"email": hints.email, "phone": hints.phone}
    said |= {EXACT_IDS[name]: value for name, value in hints.ids.items()}
    record = ProfileRecord.trusted(**said)
    try:
        return insert_profile(
            tenant=tenant, by=by, record=record, verb="profile.resolve", identified_by=hints.identifiers
        )
    except IntegrityError as error:
        raise_taken(error)
