"""Hints of who somebody is, and the customers they point to."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.db.models import Q

from cdp.models import Tenant
from profiles.choices import EXTERNAL_ID_NAMES, ContactKind
from profiles.models import ContactPoint, Profile, ProfileIdentifier
from profiles.normalisation.blocked import BlockedValues

# Wire name of each hint -> column that holds it; all of them identify exactly one person.
EXACT_IDS: dict[str, str] = {
    "authUserId": "auth_user_id",
    "sclMemberId": "scl_member_id",
    "teetimePlayerId": "teetime_player_id",
    "messagingContactId": "messaging_contact_id",
    "memberId": "member_id",
}
EXTERNAL_ID, EMAIL, PHONE = "externalId", "email", "phone"
CONFIDENCE: dict[str, int] = {**dict.fromkeys([*EXACT_IDS, EXTERNAL_ID], 100), EMAIL: 95, PHONE: 85}
RANK: dict[str, int] = {name: rank for rank, name in enumerate(CONFIDENCE)}
# An e-mail or phone that more customers than this share says nothing about who somebody is.
MOST_OWNERS = 50


@dataclass(frozen=True, slots=True)
class IdentifierHint:
    """What a source calls somebody; without a kind of record any kind matches."""

    source: str
    external_id: str
    source_type: str | None = None


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of somebody: normalised e-mail and phone, ids of other systems."""

    email: str = ""
    phone: str = ""
    ids: Mapping[str, str | int] = field(default_factory=dict)  # wire name (EXACT_IDS) -> value
    identifiers: tuple[IdentifierHint, ...] = ()
    source: str = ""  # who says so; not itself a hint

    def __bool__(self) -> bool:
        return bool(self.email or self.phone or self.ids or self.identifiers)

    def without_blocked(self, blocked: BlockedValues) -> Hints:
        """Drop the values that identify nobody."""
        return Hints(
            email="" if self.email and blocked.is_blocked_email(self.email) else self.email,
            phone="" if self.phone and blocked.is_blocked_phone(self.phone) else self.phone,
            ids={k: v for k, v in self.ids.items() if v and not blocked.is_blocked_external_id(str(v))},
            identifiers=tuple(
                hint for hint in self.identifiers if not blocked.is_blocked_external_id(hint.external_id)
            ),
            source=self.source,
        )

    def lock_values(self) -> Iterator[str]:
        """Return what must be locked before a customer with these hints is written."""
        yield from (value for value in (self.email, self.phone) if value)
        yield from (f"{name}:{value}" for name, value in self.ids.items())
        yield from (f"{hint.source}:{hint.external_id}" for hint in self.identifiers)


@dataclass(frozen=True, slots=True)
class Match:
    """A customer one hint points to."""

    hint: str
    profile: Profile

    @property
    def confidence(self) -> int:
        return CONFIDENCE[self.hint]


def external_hints(external_ids: Mapping[str, str]) -> tuple[IdentifierHint, ...]:
    """Turn an externalIds map (erpCustomerId, …, or any source's name) into hints."""
    return tuple(
        IdentifierHint(EXTERNAL_ID_NAMES.get(name, name), value) for name, value in external_ids.items()
    )


def blocked_values(tenant: Tenant) -> BlockedValues:
    """Return the shipped policy with the tenant's own values added."""
    own = tenant.blocked_values
    return BlockedValues().extended(
        emails=own.get("email", ()), phones=own.get("phone", ()), external_ids=own.get("id", ())
    )


def find_matches(hints: Hints, *, is_phone_enough: bool = True) -> list[Match]:
    """Return the customers the hints point to, best first; merged customers stand for their survivors.

    Within one hint the oldest active customer comes first; an e-mail or phone that more than MOST_OWNERS
    customers have points to nobody. Without ``is_phone_enough`` a phone whose owner
    is known by another e-mail address than the hinted one is no match: families share phones.
    """
    found = [*_by_exact_ids(hints), *_by_identifiers(hints), *_by_contact_points(hints)]
    found = [match for match in found if match.hint != PHONE or not _has_other_ids(match.profile, hints)]
    if not is_phone_enough:
        found = _without_contradicted_phones(found, hints)
    survivors = [Match(match.hint, _survivor(match.profile)) for match in found]
    usable = [match for match in survivors if match.profile.is_open]
    return sorted(usable, key=lambda m: (RANK[m.hint], m.profile.status, m.profile.created_at, m.profile.pk))


def contradicts(hints: Hints, profile: Profile) -> bool:
    """Tell whether the hinted e-mail is none of the customer's, who does have some."""
    if not hints.email:
        return False
    emails = set(profile.contact_points.filter(kind=ContactKind.EMAIL).values_list("value", flat=True))
    return bool(emails) and hints.email not in emails


def _by_exact_ids(hints: Hints) -> list[Match]:
    given = {name: value for name, value in hints.ids.items() if value not in {None, ""}}
    # Two questions, each for indexes of its own; the planner would join them to one that suits neither.
    found = _holding(given, is_merged=False)
    held = {match.hint for match in found}
    lost = {name: value for name, value in given.items() if name not in held}
    return [*found, *_holding(lost, is_merged=True)]


def _holding(ids: Mapping[str, str | int], *, is_merged: bool) -> list[Match]:
    if not ids:
        return []
    anyone = Q()
    for name, value in ids.items():
        anyone |= Q(**{EXACT_IDS[name]: value})
    profiles = Profile.objects.filter(anyone, merged_into__isnull=not is_merged).defer("search_text")
    return [
        Match(name, profile)
        for profile in profiles
        for name, value in ids.items()
        if str(getattr(profile, EXACT_IDS[name])) == str(value)
    ]


def _by_identifiers(hints: Hints) -> Iterator[Match]:
    if not hints.identifiers:
        return
    anyone = Q()
    for hint in hints.identifiers:
        one = Q(source=hint.source, external_id=hint.external_id)
        anyone |= one & Q(source_type=hint.source_type) if hint.source_type else one
    rows = ProfileIdentifier.objects.filter(anyone, is_active=True).select_related("profile")
    yield from (Match(EXTERNAL_ID, row.profile) for row in rows)


def _by_contact_points(hints: Hints) -> Iterator[Match]:
    values = [value for value in (hints.email, hints.phone) if value]
    for row in _of_few(values) if values else ():
        if row.kind == ContactKind.EMAIL and row.value == hints.email:
            yield Match(EMAIL, row.profile)
        elif row.kind == ContactKind.PHONE and row.value == hints.phone:
            yield Match(PHONE, row.profile)


# Columns nobody asks a match for, some of them large; they are read when somebody does.
_UNREAD = tuple(
    f"profile__{name}" for name in ("search_text", "attributes", "metadata", "provenance", "merged_from")
)


def _of_few(values: list[str]) -> list[ContactPoint]:
    """Return the contact points with these values, without those of values too many customers share."""
    points = ContactPoint.objects.select_related("profile").defer(*_UNREAD).order_by()
    most = len(values) * MOST_OWNERS
    rows = list(points.held_by(values)[: most + 1])
    if len(rows) > most:
        # Too many have one of them; the other's may not have been among the rows.
        rows = [row for value in values for row in points.held_by([value])[: MOST_OWNERS + 1]]
    owners = Counter(row.value for row in rows)
    return [row for row in rows if owners[row.value] <= MOST_OWNERS]


def without_shared(hints: Hints) -> Hints:
    """Drop an e-mail or phone that more than MOST_OWNERS customers have."""
    shared = {
        value
        for value in (hints.email, hints.phone)
        if value and ContactPoint.objects.held_by([value])[MOST_OWNERS : MOST_OWNERS + 1].exists()
    }
    if not shared:
        return hints
    return replace(
        hints,
        email="" if hints.email in shared else hints.email,
        phone="" if hints.phone in shared else hints.phone,
    )


def _without_contradicted_phones(found: Iterable[Match], hints: Hints) -> list[Match]:
    return [match for match in found if match.hint != PHONE or not contradicts(hints, match.profile)]


def _has_other_ids(profile: Profile, hints: Hints) -> bool:
    """Tell whether an exact id says that the profile is somebody else."""
    own = {name: getattr(profile, EXACT_IDS[name]) for name in hints.ids}
    return any(value is not None and str(value) != str(hints.ids[name]) for name, value in own.items())


def _survivor(profile: Profile) -> Profile:
    seen: set[uuid.UUID] = set()
    while profile.merged_into_id is not None and profile.pk not in seen:
        seen.add(profile.pk)
        profile = profile.merged_into
    return profile
