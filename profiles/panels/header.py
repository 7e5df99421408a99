"""Who the customer is, at a glance."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from profiles.choices import ProfileStatus, ProfileType
from profiles.completion import completion
from profiles.models import Profile, Tag
from profiles.panels import PanelContext, Text

# What the completion score misses, in words, with the part of the page that takes it.
MISSING: dict[str, tuple[Text, str]] = {
    "address": (_("address"), "form"),
    "tags": (_("tags"), "tags"),
    "attributes": (_("attributes"), ""),
    "identifiers": (_("ids of other systems"), "identifiers"),
}
MOST_MISSING_SHOWN = 4
# What raises the score where it is known, and many have none of.
NOT_ASKED_FOR = {ProfileType.INDIVIDUAL: {"company_name"}, ProfileType.COMPANY: set[str]()}


@dataclass(frozen=True, slots=True)
class Gap:
    """Something worth asking the customer for; ``field`` is what the form calls it."""

    label: Text
    field: str


@dataclass(frozen=True, slots=True)
class Header:
    """The customer's identity and how complete it is."""

    name: str
    short_name: str
    is_active: bool
    is_company: bool
    lines: tuple[str, ...]
    tags: tuple[Tag, ...]
    score: int
    gaps: tuple[Gap, ...]
    more_gaps: int


def header(context: PanelContext) -> Header:
    """Return what the top of the page says."""
    profile = context.profile
    scored = completion(profile)
    skipped = NOT_ASKED_FOR[ProfileType(profile.type)]
    gaps = [_gap(field) for field in scored.missing if field not in skipped]
    tags = sorted((link.tag for link in profile.profile_tags.all()), key=lambda tag: tag.name.lower())
    return Header(
        name=profile.name or profile.email or profile.phone or str(_("Unnamed customer")),
        short_name=profile.display_name if profile.display_name != profile.name else "",
        is_active=profile.status == ProfileStatus.ACTIVE,
        is_company=profile.type == ProfileType.COMPANY,
        lines=tuple(_lines(profile)),
        tags=tuple(tags),
        score=scored.score,
        gaps=tuple(gaps[:MOST_MISSING_SHOWN]),
        more_gaps=max(len(gaps) - MOST_MISSING_SHOWN, 0),
    )


def _gap(field: str) -> Gap:
    if field in MISSING:
        label, where = MISSING[field]
        return Gap(label, "address" if where == "form" else "")
    name = Profile._meta.get_field(field).verbose_name  # type: ignore[union-attr]
    return Gap(name, field)


def _lines(profile: Profile) -> list[str]:
    address = profile.address if isinstance(profile.address, dict) else {}
    place = ", ".join(str(address[key]) for key in ("city", "country") if address.get(key))
    company = profile.company_name if profile.company_name != profile.name else ""
    return [part for part in (company, profile.membership_tier, place) if part]
