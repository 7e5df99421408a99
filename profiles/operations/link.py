"""Linking to a known customer what it lacks."""

from __future__ import annotations

from typing import Any

from cdp import audit
from cdp.actors import Actor
from profiles.choices import ContactKind
from profiles.identity import EXACT_IDS, Hints, IdentifierHint, Match, contradicts
from profiles.models import ContactPoint, Profile, ProfileIdentifier
from profiles.operations.writing import identifiers
from profiles.registries import tell_changed


def absent_hints(profile: Profile, hints: Hints, matches: list[Match]) -> Hints:
    """Return the hints nobody is known by and this customer has room for.

    A customer found by nothing but a phone, who has other e-mail addresses, gets nothing: families share
    phones.
    """
    found = {match.hint for match in matches}
    own = {match.hint for match in matches if match.profile.pk == profile.pk}
    if own == {"phone"} and contradicts(hints, profile):
        return Hints()
    unmatched = [
        value for name, value in (("email", hints.email), ("phone", hints.phone)) if name not in found
    ]
    # One that too many share matches nobody, not even a customer who has it.
    held = _held(profile, [value for value in unmatched if value])
    return Hints(
        email="" if "email" in found or hints.email in held else hints.email,
        phone="" if "phone" in found or hints.phone in held else hints.phone,
        ids={
            name: value
            for name, value in hints.ids.items()
            if name not in found and getattr(profile, EXACT_IDS[name]) is None
        },
        identifiers=_free(hints.identifiers) if "externalId" in found else hints.identifiers,
        source=hints.source,
    )


def _held(profile: Profile, values: list[str]) -> set[str]:
    if not values:
        return set()
    return set(profile.contact_points.filter(value__in=values).values_list("value", flat=True))


def _free(hints: tuple[IdentifierHint, ...]) -> tuple[IdentifierHint, ...]:
    """Return the external ids nobody has."""
    if len(hints) == 1:
        return ()
    ids = {hint.external_id for hint in hints}
    owned = set(ProfileIdentifier.objects.filter(external_id__in=ids).values_list("source", "external_id"))
    return tuple(hint for hint in hints if (hint.source, hint.external_id) not in owned)


def link_hints(*, by: Actor, profile: Profile, hints: Hints) -> Profile:
    """Add ids, e-mail and phone to the customer and return it; the first of a kind becomes primary."""
    if not hints:
        return profile
    profile = Profile.objects.select_for_update().get(pk=profile.pk)
    changes: dict[str, list[Any]] = {}
    for name, value in hints.ids.items():
        changes[EXACT_IDS[name]] = [None, value]
    for kind, value in ((ContactKind.EMAIL, hints.email), (ContactKind.PHONE, hints.phone)):
        if value:
            _, is_new = ContactPoint.objects.get_or_create(
                profile=profile, kind=kind, value=value, defaults={"source": hints.source}
            )
            if is_new and not getattr(profile, kind):
                changes[kind] = ["", value]
    ProfileIdentifier.objects.bulk_create(identifiers(profile, hints.identifiers, by))
    for field, (_, value) in changes.items():
        setattr(profile, field, value)
    profile.version += 1
    profile.updated_by = str(by)
    profile.save(update_fields=[*changes, "version", "updated_at", "updated_by"])
    linked = {f"{hint.source} id": [None, hint.external_id] for hint in hints.identifiers}
    audit.record(verb="profile.link", obj=profile, by=by, changes={**changes, **linked})
    tell_changed([profile.pk])
    return profile
