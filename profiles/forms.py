"""Forms of the customer pages; what they gather goes through the same record as every other way in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cdp.errors import DomainError
from cdp.models import Tenant
from profiles.address import ADDRESS_LABELS, PARTIAL
from profiles.choices import Gender, LifecycleStage, MaritalStatus, ProfileType
from profiles.display import written_phone
from profiles.forms_person import PREFERENCES, channels, day, flag, language, preferences_of
from profiles.models import Profile

ADDRESS = {f"address_{key.lower()}": key for key in ADDRESS_LABELS}
IDENTIFYING = ("name", "first_name", "last_name", "company_name", "email", "phone")
SECTIONS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (gettext_lazy("Name"), ("type", "name", "first_name", "last_name", "display_name")),
    (gettext_lazy("Contact"), ("email", "phone", "website")),
    (gettext_lazy("Address"), tuple(ADDRESS)),
    (gettext_lazy("Company"), ("company_name", "company_tax_id", "industry", "company_size")),
    (
        gettext_lazy("Person"),
        ("date_of_birth", "gender", "marital_status", "anniversary_date", "profession", "is_deceased"),
    ),
    (gettext_lazy("Reaching them"), ("available_time", *PREFERENCES)),
    (
        gettext_lazy("Membership"),
        ("lifecycle_stage", "membership_tier", "member_id", "primary_source"),
    ),
)
AUTOCOMPLETE = {"email": "off", "phone": "off"}
NO_CHOICE = [("", "—")]


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field, and the hidden input that keeps what was shown first."""

    bound: forms.BoundField
    initial: SafeString


@dataclass(frozen=True, slots=True)
class Difference:
    """A field somebody else changed while this person was changing it too."""

    label: str
    theirs: str
    mine: str


def _text(field: str, **options: Any) -> forms.CharField:
    column: Any = Profile._meta.get_field(field)
    return forms.CharField(
        label=column.verbose_name,
        max_length=column.max_length,
        required=False,
        show_hidden_initial=True,
        **options,
    )


def _choice(field: str, choices: Iterable[tuple[str, Any]], **options: Any) -> forms.ChoiceField:
    column: Any = Profile._meta.get_field(field)
    return forms.ChoiceField(
        label=column.verbose_name, choices=choices, required=False, show_hidden_initial=True, **options
    )


class ProfileForm(forms.Form):
    """A customer's own fields.

    The values first shown come back hidden, so only what was changed is written.
    """

    type = _choice("type", ProfileType.choices, widget=forms.RadioSelect)
    name = _text("name", help_text=gettext_lazy("Left empty, it is made from the names below."))
    first_name = _text("first_name")
    last_name = _text("last_name")
    display_name = _text("display_name")
    email = _text("email", widget=forms.EmailInput)
    phone = _text("phone", widget=forms.TextInput(attrs={"type": "tel"}))
    website = _text("website", widget=forms.TextInput(attrs={"inputmode": "url"}))
    company_name = _text("company_name")
    company_tax_id = _text("company_tax_id")
    industry = _text("industry")
    company_size = _text("company_size")
    date_of_birth = day("date_of_birth")
    gender = _choice("gender", [*NO_CHOICE, *Gender.choices])
    marital_status = _choice("marital_status", [*NO_CHOICE, *MaritalStatus.choices])
    anniversary_date = day("anniversary_date")
    profession = _text("profession")
    is_deceased = flag(Profile._meta.get_field("is_deceased").verbose_name)
    available_time = _text("available_time", help_text=gettext_lazy("Like 10:00-12:00, or evenings."))
    channels = channels()
    language = language()
    do_not_contact = flag(gettext_lazy("Do not contact at all"))
    do_not_call = flag(gettext_lazy("Do not call"))
    lifecycle_stage = _choice("lifecycle_stage", LifecycleStage.choices)
    membership_tier = _text("membership_tier")
    member_id = _text("member_id")
    primary_source = _text("primary_source")
    version = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, key in ADDRESS.items():
            self.fields[name] = forms.CharField(
                label=str(ADDRESS_LABELS[key]), max_length=300, required=False, show_hidden_initial=True
            )
        for name, field in self.fields.items():
            widget = field.widget
            widget.attrs.update({"autocomplete": "off", "data-1p-ignore": ""})
            if not isinstance(widget, (forms.RadioSelect, forms.HiddenInput)):
                widget.attrs["class"] = "input"
            field.label = str(field.label or name)[:1].upper() + str(field.label or name)[1:]

    def clean(self) -> dict[str, Any]:
        """Refuse a customer nobody could tell from another."""
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.get(name) for name in IDENTIFYING):
            raise forms.ValidationError(_("Give at least a name, an e-mail address or a phone number."))
        return cleaned

    def sections(self) -> list[tuple[str | Promise, list[ShownField]]]:
        """Return the fields in groups, for the template."""
        return [
            (title, [ShownField(self[name], self[name].as_hidden(only_initial=True)) for name in names])
            for title, names in SECTIONS
        ]

    def said(self) -> dict[str, Any]:
        """Return what the person changed, as a record's data; an address counts as one field."""
        changed = [name for name in self.changed_data if name != "version"]
        data = {name: self.cleaned_data[name] for name in changed if name not in {*ADDRESS, *PREFERENCES}}
        for tree, parts in (("address", ADDRESS), ("contact_preferences", PREFERENCES)):
            if any(name in parts for name in changed):
                data[tree] = {key: self.cleaned_data[name] for name, key in parts.items()}
        return data

    def refuse(self, error: DomainError) -> None:
        """Show what a verb refused, at the fields it names."""
        names = {_wire(name): name for name in self.fields}
        names |= {f"address.{key}": name for name, key in ADDRESS.items()}
        names |= {f"contactPreferences.{key}": name for name, key in PREFERENCES.items()}
        for wire, texts in error.fields.items():
            self.add_error(names.get(wire), list(texts))
        if not error.fields:
            self.add_error(None, error.detail)


def values_of(profile: Profile, tenant: Tenant) -> dict[str, Any]:
    """Return what the form first shows of a customer."""
    address: Mapping[str, Any] = profile.address if isinstance(profile.address, dict) else {}
    own = [name for name in ProfileForm.base_fields if name != "phone" and name not in PREFERENCES]
    values = {name: getattr(profile, name) for name in own} | preferences_of(profile)
    for whole, partial in PARTIAL.items():
        values[whole] = values[whole].isoformat() if values[whole] else getattr(profile, partial)
    values["phone"] = written_phone(profile.phone, tenant.region)
    values["member_id"] = profile.member_id or ""
    return values | {name: address.get(key, "") for name, key in ADDRESS.items()}


def rebased(form: ProfileForm, current: Mapping[str, Any]) -> tuple[ProfileForm, list[Difference]]:
    """Put a form on top of what is stored now: untouched fields take the new values.

    Returns the form and the fields both sides changed, with both values.
    """
    data = QueryDict(mutable=True)
    data.update(form.data)
    differences = []
    for name in form.fields:
        shown = _as_sent(form[name].field.prepare_value(current.get(name)))
        before = form[name].html_initial_name
        if name not in form.changed_data:
            data.setlist(name, shown)
        elif name != "version" and shown not in (data.getlist(before), data.getlist(name)):
            mine = ", ".join(data.getlist(name))
            differences.append(Difference(str(form[name].label), ", ".join(shown), mine))
        data.setlist(before, shown)
    data["version"] = str(current["version"])
    return ProfileForm(data, initial=current), differences


def _as_sent(value: Any) -> list[str]:
    """Return a field's value as a browser sends it."""
    values = value if isinstance(value, (list, tuple)) else [value]
    return ["" if each is None else str(each) for each in values]


def _wire(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.title() for part in rest)
