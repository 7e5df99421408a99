"""A customer's e-mail addresses and phones."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cdp import audit
from cdp.actors import Actor
from cdp.errors import Conflict, Invalid, NotFound
from cdp.models import Tenant
from profiles.choices import ContactKind, Source
from profiles.locking import lock_values
from profiles.models import ContactPoint, Profile
from profiles.normalisation.emails import normalise_email
from profiles.normalisation.errors import InvalidValue
from profiles.normalisation.phones import normalise_phone
from profiles.operations.update_profile import locked_profile, save_changes
from profiles.operations.writing import computed_name


def add_contact_point(
    *,
    tenant: Tenant,
    by: Actor,
    profile_id: uuid.UUID,
    kind: ContactKind,
    value: str,
    type: str = "",
    source: str = Source.MANUAL,
) -> ContactPoint:
    """Add an e-mail or phone; the first of its kind becomes the primary one.

    Raises Invalid for a value that is none, Conflict when the customer has it already.
    """
    normalised = _normalise(kind, value, tenant)
    try:
        with transaction.atomic():
            lock_values(tenant.pk, [normalised])
            profile = locked_profile(profile_id)
            point = ContactPoint.objects.create(
                profile=profile, kind=kind, value=normalised, type=type[:20], source=source[:40]
            )
            changes = {f"{kind} address": [None, normalised]}
            changes |= {} if getattr(profile, kind) else _set_primary(profile, kind, normalised)
            _save(profile, changes, verb="profile.add_contact_point", by=by)
            return point
    except IntegrityError as error:
        raise Conflict(
            _("This customer has this address already."), fields={"value": [_("Already there.")]}
        ) from error


@transaction.atomic
def remove_contact_point(
    *, tenant: Tenant, by: Actor, profile_id: uuid.UUID, contact_point_id: uuid.UUID
) -> ContactPoint:
    """Remove an e-mail or phone and return what it was; the oldest other one becomes primary in its place."""
    profile = locked_profile(profile_id)
    point = _own(profile, contact_point_id)
    changes: dict[str, list[Any]] = {f"{point.kind} address": [point.value, None]}
    others = profile.contact_points.filter(kind=point.kind).exclude(pk=point.pk)
    if getattr(profile, point.kind) == point.value:
        heir = others.order_by("created_at", "pk").first()
        changes |= _set_primary(profile, point.kind, heir.value if heir else "")
    ContactPoint.objects.filter(pk=point.pk).delete()
    _save(profile, changes, verb="profile.remove_contact_point", by=by)
    return point


@transaction.atomic
def make_primary(
    *, tenant: Tenant, by: Actor, profile_id: uuid.UUID, contact_point_id: uuid.UUID
) -> ContactPoint:
    """Make an e-mail or phone the customer's primary one; raises NotFound."""
    profile = locked_profile(profile_id)
    point = _own(profile, contact_point_id)
    changes = _set_primary(profile, point.kind, point.value)
    if changes:
        _save(profile, changes, verb="profile.make_primary", by=by)
    return point


def _normalise(kind: str, value: str, tenant: Tenant) -> str:
    try:
        return normalise_email(value) if kind == ContactKind.EMAIL else normalise_phone(value, tenant.region)
    except InvalidValue as error:
        raise Invalid(error.message, fields={"value": [error.words()]}) from error


def _own(profile: Profile, contact_point_id: uuid.UUID) -> ContactPoint:
    point = ContactPoint.objects.filter(profile=profile, pk=contact_point_id).first()
    if point is None:
        raise NotFound("This customer has no such address.")
    return point


def _set_primary(profile: Profile, kind: str, value: str) -> dict[str, list[Any]]:
    before = {"name": profile.name, kind: getattr(profile, kind)}
    had_computed_name = profile.name == computed_name(profile)
    setattr(profile, kind, value)
    if had_computed_name:
        profile.name = computed_name(profile)
    return audit.changed_fields(before, {"name": profile.name, kind: value})


def _save(profile: Profile, changes: dict[str, list[Any]], *, verb: str, by: Actor) -> None:
    save_changes(profile, changes, by=by)
    audit.record(verb=verb, obj=profile, by=by, changes=changes)
