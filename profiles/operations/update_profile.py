"""Changing a customer."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from cdp import audit
from cdp.actors import Actor
from cdp.models import Tenant
from profiles.choices import ContactKind, ProfileStatus
from profiles.errors import IdentifierTaken, ProfileNotFound, StaleVersion, raise_taken
from profiles.identity import external_hints
from profiles.locking import lock_values
from profiles.models import ContactPoint, Profile, ProfileIdentifier, SegmentMembership
from profiles.operations.labelling import put_in_segments, put_tags
from profiles.operations.trees import TREES, put_trees
from profiles.operations.writing import (
    PLAIN_FIELDS,
    computed_name,
    contact_points,
    identifiers,
    primary_email,
    primary_phone,
    snapshot,
)
from profiles.records import ProfileRecord
from profiles.registries import tell_changed

_WATCHED = ("name", *PLAIN_FIELDS, "address", "contact_preferences", "deleted_at")


def update_profile(
    *,
    tenant: Tenant,
    by: Actor,
    profile_id: uuid.UUID,
    record: ProfileRecord,
    version: int | None = None,
    is_merged: bool = False,
) -> Profile:
    """Change what the record says and nothing else; a merged id stands for its survivor.

    An e-mail or phone becomes the primary one, and the one before stays as a further one; a blank one removes
    the primary, and the oldest other takes its place. ``emails``, ``phones``, ``tags`` and ``segmentIds``
    replace all; ``externalIds`` are added. Trees (address, attributes, metadata) replace, or, ``is_merged``,
    change key by key. Raises ProfileNotFound, StaleVersion when ``version`` is given and outdated, ValueTaken
    when an id belongs to somebody else, Invalid.
    """
    try:
        with transaction.atomic():
            lock_values(tenant.pk, _addresses(record))
            profile = locked_profile(profile_id)
            if version is not None and version != profile.version:
                raise StaleVersion(profile.version)
            changes = _apply(profile, record, by, is_merged=is_merged)
            if changes:
                save_changes(profile, changes, by=by)
                audit.record(verb="profile.update", obj=profile, by=by, changes=changes)
            return profile
    except IntegrityError as error:
        raise_taken(error)


class _JustMerged(Exception):
    """The customer was merged while its lock was waited for."""


def locked_profile(profile_id: uuid.UUID) -> Profile:
    """Return the customer, locked until the transaction ends; raises ProfileNotFound."""
    try:
        while True:
            survivor = Profile.objects.follow(profile_id)
            # The row of somebody merged meanwhile is locked all the same, and must not be held while the
            # survivor's is waited for: the savepoint lets it go.
            with suppress(_JustMerged), transaction.atomic():
                locked = Profile.objects.select_for_update().visible().filter(pk=survivor.pk).first()
                if locked is None:
                    raise _JustMerged
                return locked
    except Profile.DoesNotExist as error:
        raise ProfileNotFound from error


def save_changes(profile: Profile, changes: Iterable[str], *, by: Actor) -> None:
    """Save the changed columns with a new version; names that are no columns are skipped."""
    columns = {field.name for field in Profile._meta.concrete_fields}
    profile.version += 1
    profile.updated_by = str(by)
    profile.save(
        update_fields=[*(name for name in changes if name in columns), "version", "updated_at", "updated_by"]
    )
    tell_changed([profile.pk])


def _addresses(record: ProfileRecord) -> set[str]:
    listed = {entry.email for entry in record.emails} | {entry.phone for entry in record.phones}
    return (listed | {record.email, record.phone}) - {""}


def _apply(profile: Profile, record: ProfileRecord, by: Actor, *, is_merged: bool) -> dict[str, list[Any]]:
    before, addresses = snapshot(profile, _WATCHED), _address_list(profile)
    had_computed_name = profile.name == computed_name(profile)
    for field in PLAIN_FIELDS:
        if field not in TREES and record.says(field):
            setattr(profile, field, getattr(record, field))
    put_trees(profile, record, is_merged=is_merged)
    _put_contact_points(profile, record, before)
    if record.says("name") and record.name:
        profile.name = record.name
    elif had_computed_name or record.says("name"):
        profile.name = computed_name(profile)
    if profile.status != before["status"]:
        profile.deleted_at = None if profile.status == ProfileStatus.ACTIVE else timezone.now()
    changes = audit.changed_fields(before, snapshot(profile, _WATCHED))
    is_listed = record.says("emails") or record.says("phones")
    if is_listed and (now := _address_list(profile)) != addresses:
        changes["addresses"] = [addresses, now]
    return changes | _put_relations(profile, record, by)


def _put_contact_points(profile: Profile, record: ProfileRecord, before: dict[str, Any]) -> None:
    own = ContactPoint.objects.filter(profile=profile)
    if record.says("emails"):
        profile.email = primary_email(record)
        own.filter(kind=ContactKind.EMAIL).delete()
    elif before["email"] and not profile.email:
        profile.email = _heir(own.filter(kind=ContactKind.EMAIL), before["email"])
    if record.says("phones"):
        profile.phone = primary_phone(record)
        own.filter(kind=ContactKind.PHONE).delete()
    elif before["phone"] and not profile.phone:
        profile.phone = _heir(own.filter(kind=ContactKind.PHONE), before["phone"])
    ContactPoint.objects.bulk_create(contact_points(profile, record), ignore_conflicts=True)


def _heir(points: QuerySet[ContactPoint], removed: str) -> str:
    """Remove an address and return the oldest of the others, which takes its place."""
    points.filter(value=removed).delete()
    heir = points.order_by("created_at", "pk").first()
    return heir.value if heir else ""


def _address_list(profile: Profile) -> list[str]:
    """Return every e-mail and phone with its type, for the audit trail."""
    points = ContactPoint.objects.filter(profile=profile).order_by("kind", "value")
    return [f"{value} ({type_})" if type_ else value for value, type_ in points.values_list("value", "type")]


def _put_relations(profile: Profile, record: ProfileRecord, by: Actor) -> dict[str, list[Any]]:
    changes: dict[str, list[Any]] = {}
    if record.says("tags"):
        before = _tag_names(profile)
        put_tags(profile=profile, tags=record.tags, by=by)
        changes["tags"] = [before, _tag_names(profile)]
    if record.says("segment_ids"):
        earlier = _segment_ids(profile)
        put_in_segments(profile=profile, segment_ids=record.segment_ids)
        changes["segments"] = [earlier, _segment_ids(profile)]
    if record.external_ids:
        changes |= _add_external_ids(profile, record, by)
    return {name: pair for name, pair in changes.items() if pair[0] != pair[1]}


def _add_external_ids(profile: Profile, record: ProfileRecord, by: Actor) -> dict[str, list[Any]]:
    changes: dict[str, list[Any]] = {}
    for hint in external_hints(record.external_ids):
        rows = ProfileIdentifier.objects.filter(source=hint.source, external_id=hint.external_id)
        owners = set(rows.values_list("profile_id", flat=True))
        if owners - {profile.pk}:
            raise IdentifierTaken(f"externalIds.{hint.source}")
        if not owners:
            ProfileIdentifier.objects.bulk_create(identifiers(profile, [hint], by))
            changes[f"{hint.source} id"] = [None, hint.external_id]
    return changes


def _tag_names(profile: Profile) -> list[str]:
    return sorted(profile.profile_tags.values_list("tag__name", flat=True))


def _segment_ids(profile: Profile) -> list[str]:
    rows = SegmentMembership.objects.filter(profile=profile).values_list("segment_id", flat=True)
    return sorted(str(segment_id) for segment_id in rows)
