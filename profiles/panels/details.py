"""What is written down about a customer, field by field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from cdp.models import AuditEntry
from cdp.permissions import PROFILE_WRITE
from profiles.address import ADDRESS_LABELS, PARTIAL
from profiles.choices import ContactChannel, ProfileType
from profiles.display import language_in_words, written_day, written_phone
from profiles.forms_section import FIELDS, SectionForm, values_of
from profiles.last_edit import last_edit
from profiles.models import Profile
from profiles.panels import PanelContext, Text
from profiles.panels.trees import Node, tree_of

_CHOSEN = frozenset({"gender", "marital_status", "lifecycle_stage"})
PERSON = tuple(field for field in FIELDS["person"] if field != "is_deceased")
COMPANY = (*FIELDS["company"], "website")
MEMBERSHIP = FIELDS["membership"]
LOGINS = ("auth_user_id", "scl_member_id", "teetime_player_id", "messaging_contact_id")


@dataclass(frozen=True, slots=True)
class Fact:
    """One field and its value; ``link`` is an address that may be opened."""

    label: Text
    value: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Facts that belong together, the name of the form that changes them, and that form when it is open."""

    title: Text
    facts: tuple[Fact, ...]
    key: str = ""
    form: SectionForm | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """The record's own fields."""

    sections: tuple[Section, ...]
    last: AuditEntry | None = None


def details(context: PanelContext) -> Details:
    """Return the fields of the customer; empty ones too, so that people see what could be filled in."""
    profile = context.profile
    is_company = profile.type == ProfileType.COMPANY
    person = _section(_("Person"), profile, PERSON, "person")
    company = _section(_("Company") if is_company else _("Business"), profile, FIELDS["company"], "company")
    shown = [company, person] if is_company else [person, company]
    shown += [
        _contact(profile, context.tenant.region),
        _address(profile),
        _reach(profile),
        _section(_("Membership"), profile, FIELDS["membership"], "membership"),
    ]
    logins = _section(_("Ids of our own systems"), profile, LOGINS, only_known=True)
    edited = context.params.get("edit", "")
    if edited in FIELDS and context.may(PROFILE_WRITE) and profile.is_open:
        # The version is a field of the form: where it comes along, a refused form keeps what was typed.
        typed = context.params if "version" in context.params else None
        form = SectionForm(edited, typed, initial=values_of(profile, context.tenant))
        shown = [replace(one, form=form) if one.key == edited else one for one in shown]
    last = last_edit(profile) if context.may(PROFILE_WRITE) and profile.is_open else None
    return Details(tuple([*shown, logins] if logins.facts else shown), last)


def safe_link(website: str) -> str:
    """Return the website as a link when it is plainly one of the web, else nothing."""
    text = website.strip()
    if any(char.isspace() for char in text) or not text.isprintable():
        return ""
    if text.lower().startswith(("http://", "https://")):
        return text
    return f"https://{text}" if "." in text and ":" not in text and text[0].isalnum() else ""


def _section(
    title: Text, profile: Profile, fields: Iterable[str], key: str = "", *, only_known: bool = False
) -> Section:
    facts = [_fact(profile, field) for field in fields]
    return Section(title, tuple(fact for fact in facts if fact.value or not only_known), key)


def _contact(profile: Profile, region: str) -> Section:
    """Return how to reach the customer; the phone as people in the region write it."""
    section = _section(_("Contact"), profile, FIELDS["contact"], "contact")
    phone = written_phone(profile.phone, region)
    facts = [replace(fact, value=phone) if fact.value == profile.phone else fact for fact in section.facts]
    return replace(section, facts=tuple(facts))


def _fact(profile: Profile, field: str) -> Fact:
    column: Any = Profile._meta.get_field(field)
    value = getattr(profile, field)
    if field in _CHOSEN:
        value = getattr(profile, f"get_{field}_display")()
    elif field in PARTIAL:
        value = written_day(value, getattr(profile, PARTIAL[field]))
    return Fact(
        column.verbose_name, str(value or ""), safe_link(value) if field == "website" and value else ""
    )


def _reach(profile: Profile) -> Section:
    """Return when, how and in which language somebody wants to be reached."""
    said = profile.contact_preferences
    channels = dict(ContactChannel.choices)
    wishes = [
        *([_("not at all")] if said.get("doNotContact") else []),
        *([_("no calls")] if said.get("doNotCall") else []),
        *([_("has died")] if profile.is_deceased else []),
    ]
    preferred = [str(channels.get(one, one)) for one in said.get("channels", [])]
    return Section(
        _("Reaching them"),
        (
            Fact(_("Best time to reach"), profile.available_time),
            Fact(_("Preferred channels"), ", ".join(preferred)),
            Fact(_("Language"), language_in_words(str(said.get("language") or ""))),
            Fact(_("Do not contact"), ", ".join(str(wish) for wish in wishes)),
        ),
        "reach",
    )


def _address(profile: Profile) -> Section:
    known: dict[str, Any] = profile.address if isinstance(profile.address, dict) else {}
    facts = [Fact(label, str(known.get(key) or "")) for key, label in ADDRESS_LABELS.items()]
    if "latitude" in known and "longitude" in known:
        facts.append(Fact(_("Coordinates"), f"{known['latitude']}, {known['longitude']}"))
    return Section(_("Address"), tuple(facts), "address")


@dataclass(frozen=True, slots=True)
class FreeForm:
    """Whatever else the sources sent."""

    parts: tuple[tuple[Literal["attributes", "metadata"], Text, Node], ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether no source sent anything else."""
        return all(not node.is_branch for _, _, node in self.parts)


def free_form(context: PanelContext) -> FreeForm:
    """Return attributes and metadata as trees."""
    return FreeForm(
        (
            ("attributes", _("Attributes"), tree_of(context.profile.attributes)),
            ("metadata", _("Metadata"), tree_of(context.profile.metadata)),
        )
    )
