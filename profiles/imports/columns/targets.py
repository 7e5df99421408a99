"""The fields of a profile that a column of a file can fill."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from cdp.sentences import Sentence

ATTRIBUTE_PREFIX = "attributes."
IGNORE = "ignore"
MAX_ATTRIBUTE_KEY_LENGTH = 60


@dataclass(frozen=True, slots=True)
class TargetField:
    """One choice of the mapping page; several columns may fill it when `is_multiple`.

    Label and group are English, to be translated where they are shown.
    """

    code: str
    label: str
    help: str
    group: str
    is_multiple: bool = False


_IDENTITY, _CONTACT, _PERSON = gettext_noop("Identity"), gettext_noop("Contact"), gettext_noop("Person")
_COMPANY, _ADDRESS, _OTHER = gettext_noop("Company"), gettext_noop("Address"), gettext_noop("Other")

_FIELDS = (
    TargetField(
        "external_id",
        gettext_noop("ID in the source"),
        "The customer's id in the system the file is from.",
        _IDENTITY,
    ),
    TargetField(
        "profile_id",
        gettext_noop("ID in this system"),
        "The customer's id in files exported from here; finds the customer before anything else.",
        _IDENTITY,
    ),
    TargetField(
        "member_id", gettext_noop("Member ID"), "The number on the customer's membership.", _IDENTITY
    ),
    TargetField(
        "email", gettext_noop("E-mail"), "The main address; finds the customer when there is no id.", _CONTACT
    ),
    TargetField("phone", gettext_noop("Phone"), "The main number, with or without country code.", _CONTACT),
    TargetField(
        "emails",
        gettext_noop("Additional e-mail"),
        "A further address of the customer.",
        _CONTACT,
        is_multiple=True,
    ),
    TargetField(
        "phones",
        gettext_noop("Additional phone"),
        "A further number of the customer.",
        _CONTACT,
        is_multiple=True,
    ),
    TargetField("first_name", gettext_noop("First name"), "Given name.", _PERSON),
    TargetField("last_name", gettext_noop("Last name"), "Family name.", _PERSON),
    TargetField("name", gettext_noop("Full name"), "The whole name in one column.", _PERSON),
    TargetField(
        "date_of_birth", gettext_noop("Date of birth"), "Like 1990-12-31, 31/12/1990 or 31/12/2533.", _PERSON
    ),
    TargetField("gender", gettext_noop("Gender"), "As the file says it.", _PERSON),
    TargetField("marital_status", gettext_noop("Marital status"), "Like single or married.", _PERSON),
    TargetField(
        "anniversary_date",
        gettext_noop("Anniversary"),
        "Like 2015-12-20, or 20 December without a year.",
        _PERSON,
    ),
    TargetField("profession", gettext_noop("Profession"), "What the person does for a living.", _PERSON),
    TargetField(
        "available_time", gettext_noop("Best time to reach"), "Like 10:00-12:00, or evenings.", _PERSON
    ),
    TargetField(
        "company_name", gettext_noop("Company"), "The company's name, or the person's employer.", _COMPANY
    ),
    TargetField("company_tax_id", gettext_noop("Tax ID"), "Tax or VAT number of the company.", _COMPANY),
    TargetField("industry", gettext_noop("Industry"), "The company's line of business.", _COMPANY),
    TargetField("company_size", gettext_noop("Company size"), "Number of employees.", _COMPANY),
    TargetField("website", gettext_noop("Website"), "Address of the company's or person's site.", _COMPANY),
    TargetField(
        "address.street", gettext_noop("Street"), "House number and street, or the whole address.", _ADDRESS
    ),
    TargetField("address.district", gettext_noop("District"), "District or part of a city.", _ADDRESS),
    TargetField("address.city", gettext_noop("City"), "City or town.", _ADDRESS),
    TargetField("address.state", gettext_noop("State or province"), "State, province or region.", _ADDRESS),
    TargetField("address.postal_code", gettext_noop("Postal code"), "Postcode or ZIP code.", _ADDRESS),
    TargetField("address.country", gettext_noop("Country"), "Name or code of the country.", _ADDRESS),
    TargetField("type", gettext_noop("Type"), "Individual or company.", _OTHER),
    TargetField("membership_tier", gettext_noop("Membership tier"), "Like Silver or Gold.", _OTHER),
    TargetField("lifecycle_stage", gettext_noop("Lifecycle stage"), "Like lead, prospect or loyal.", _OTHER),
    TargetField(
        "tags", gettext_noop("Tags"), "Words separated by commas or semicolons.", _OTHER, is_multiple=True
    ),
    TargetField(IGNORE, gettext_noop("Do not import"), "The column is left out.", _OTHER, is_multiple=True),
)

TARGET_FIELDS = {field.code: field for field in _FIELDS}
"""Every target by its code, in the order of the mapping page; besides these, "attributes.<key>" is one."""

UNCHOSEN = Sentence(gettext_noop("Choose a field for column %(number)s."))
CHOSEN_TWICE = Sentence(
    gettext_noop("Choose %(field)s for one column only; %(count)s have it."), ours=("field",)
)
NOBODY_FOUND = gettext_noop(
    "Choose a column that says who the customer is: an ID, an e-mail, a phone or a name."
)

_is_attribute = re.compile(rf"attributes\.[^\s.\0][^.\0]{{0,{MAX_ATTRIBUTE_KEY_LENGTH - 1}}}").fullmatch
_FINDS_SOMEBODY = frozenset({"profile_id", "external_id", "email", "phone", "emails", "phones", "member_id"})
_NAMES_SOMEBODY = frozenset({"name", "first_name", "last_name", "company_name"})


def is_target(target: str) -> bool:
    return target in TARGET_FIELDS or bool(_is_attribute(target))


def mapping_problems(targets: Sequence[str]) -> list[str]:
    """What a person must change before columns can be imported as these targets, one per column."""
    unknown = [number for number, target in enumerate(targets, start=1) if not is_target(target)]
    problems = [UNCHOSEN(number=number) for number in unknown]
    for target, count in Counter(targets).items():
        field = TARGET_FIELDS.get(target)
        if count > 1 and is_target(target) and not (field and field.is_multiple):
            label = field.label if field else target.removeprefix(ATTRIBUTE_PREFIX)
            problems.append(CHOSEN_TWICE(field=label, count=count))
    if not (_FINDS_SOMEBODY | _NAMES_SOMEBODY).intersection(targets):
        problems.append(NOBODY_FOUND)
    return problems
