"""Adding a customer."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from cdp.actors import Actor
from cdp.errors import Invalid
from cdp.models import Tenant
from profiles.errors import DuplicateProfile, raise_taken
from profiles.identity import EMAIL, EXACT_IDS, PHONE, Hints, blocked_values, external_hints, find_matches
from profiles.locking import lock_values
from profiles.models import Profile
from profiles.operations.writing import insert_profile, primary_email, primary_phone
from profiles.records import ProfileRecord

NAMES = ("name", "display_name", "first_name", "last_name", "company_name")


def create_profile(
    *, tenant: Tenant, by: Actor, record: ProfileRecord, allow_duplicate: bool = False
) -> Profile:
    """Make a customer of the record.

    Raises DuplicateProfile when somebody known has its e-mail, phone or one of its ids. With
    ``allow_duplicate`` a shared e-mail or phone is accepted (families share them); ids never are. Raises
    Invalid for somebody without any name, address or id.
    """
    said = hints_of(record)
    if not said and not any(getattr(record, name) for name in NAMES):
        raise Invalid(gettext("Say who this is: give at least a name, an e-mail, a phone or an id."))
    hints = said.without_blocked(blocked_values(tenant))
    try:
        with transaction.atomic():
            listed = {entry.email for entry in record.emails} | {entry.phone for entry in record.phones}
            lock_values(tenant.pk, listed | set(hints.lock_values()))
            _refuse_duplicate(hints, allow_duplicate=allow_duplicate)
            return insert_profile(tenant=tenant, by=by, record=record, verb="profile.create")
    except IntegrityError as error:
        raise_taken(error)


def hints_of(record: ProfileRecord) -> Hints:
    """Return what in a record can identify somebody."""
    ids = {name: getattr(record, column) for name, column in EXACT_IDS.items()}
    return Hints(
        email=primary_email(record),
        phone=primary_phone(record),
        ids={name: value for name, value in ids.items() if value is not None},
        identifiers=external_hints(record.external_ids),
        source=record.primary_source,
    )


def _refuse_duplicate(hints: Hints, *, allow_duplicate: bool) -> None:
    matches = find_matches(hints, is_phone_enough=False)
    if allow_duplicate:
        matches = [match for match in matches if match.hint not in {EMAIL, PHONE}]
    if matches:
        best = matches[0].profile
        raise DuplicateProfile(
            best.pk, list(dict.fromkeys(m.hint for m in matches if m.profile.pk == best.pk))
        )
