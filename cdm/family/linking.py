"""Finding the own profile of a relative."""

from __future__ import annotations

import uuid

from django.db.models import Q
from django.utils.translation import gettext as _

from cdm.errors import unknown
from cdm.models import FamilyMember
from cdp.errors import Conflict
from profiles.errors import ProfileNotFound
from profiles.models import ContactPoint, Profile
from profiles.operations.update_profile import locked_profile
from unify.matching.keys.names import name_forms, person_key, split_name


class AlreadyFamily(Conflict):
    """The two customers are linked already."""

    slug = "already-family"

    def __init__(self) -> None:
        message = _("These two customers are linked as family already.")
        super().__init__(message, fields={"relative_id": [message]})


def own_profile_of(row: FamilyMember, *, chosen: uuid.UUID | None, is_chosen: bool) -> uuid.UUID | None:
    """Return the profile of a relative: the chosen one, or the only one with their e-mail or phone.

    Chosen as nobody, nobody is looked for. Raises Invalid, and AlreadyFamily where the two are linked.
    """
    if is_chosen:
        found = _chosen(chosen) if chosen else None
        if found == row.profile_id:
            raise unknown("relative_id", _("There is no such other customer."))
    else:
        found = _found(row)
    if found is None:
        return None
    if are_linked(row.profile_id, found, but=row.pk):
        if is_chosen:
            raise AlreadyFamily
        return None
    return found


def known_ids(*ids: uuid.UUID | None) -> set[uuid.UUID]:
    """Return those ids that are there."""
    return {one for one in ids if one is not None}


def are_linked(one: uuid.UUID, other: uuid.UUID, *, but: uuid.UUID) -> bool:
    """Tell whether the two are linked from either side by another row than ``but``."""
    either = Q(profile=one, relative=other) | Q(profile=other, relative=one)
    return FamilyMember.objects.filter(either).exclude(pk=but).exists()


def _chosen(profile_id: uuid.UUID) -> uuid.UUID:
    try:
        return locked_profile(profile_id).pk
    except ProfileNotFound as error:
        raise unknown("relative_id", _("There is no such customer.")) from error


def _found(row: FamilyMember) -> uuid.UUID | None:
    """Return the one other customer with the relative's e-mail or phone, if the name does not deny it."""
    for value in (row.email, row.phone):
        if not value:
            continue
        owners = Profile.objects.visible().filter(
            pk__in=ContactPoint.objects.held_by([value]).values("profile_id")
        )
        others = list(owners.exclude(pk=row.profile_id).values_list("pk", "name", "first_name")[:2])
        if len(others) == 1 and _is_named_alike(row.name, *others[0][1:]):
            found: uuid.UUID = others[0][0]
            return found
    return None


def _is_named_alike(name: str, full: str, first: str) -> bool:
    """Tell whether a relative has a customer's given name: families share phones, and surnames, too."""
    given = person_key(first) or split_name(person_key(full))[0]
    words = {form for word in person_key(name).split() for form in name_forms(word)}
    return not given or any(form in words for word in given.split() for form in name_forms(word))
