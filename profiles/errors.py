"""What can go wrong with customers."""

from __future__ import annotations

import uuid
from typing import NoReturn

from django.db import IntegrityError
from django.utils.translation import gettext as _
from psycopg import errors as pg

from cdp.errors import Conflict, NotFound


class ProfileNotFound(NotFound):
    """No such customer in this tenant."""

    slug = "profile-not-found"

    def __init__(self) -> None:
        super().__init__(_("There is no such customer."))


class DuplicateProfile(Conflict):
    """The customer to be created is known already."""

    slug = "duplicate-profile"
    title = "This customer exists already"

    def __init__(self, existing_id: uuid.UUID, matched_by: list[str]) -> None:
        self.existing_id = existing_id
        self.matched_by = matched_by
        self.members = {"existingId": str(existing_id), "matchedBy": matched_by}
        message = _("Customer %(id)s already has this value.") % {"id": existing_id}
        super().__init__(
            _(
                "Customer %(id)s has the same %(values)s. "
                "Update that one, or send allowDuplicate=true to create another."
            )
            % {"id": existing_id, "values": ", ".join(matched_by)},
            fields={name: [message] for name in matched_by},
        )


class StaleVersion(Conflict):
    """Somebody else has changed the customer meanwhile."""

    slug = "stale-version"
    title = "Somebody else has changed this customer"

    def __init__(self, current: int) -> None:
        self.current = current
        super().__init__(
            _("The customer is at version %(version)s: load it again and repeat your change.")
            % {"version": current}
        )


class ValueTaken(Conflict):
    """A value that is unique belongs to another customer."""

    slug = "value-taken"
    title = "Another customer has this value"

    def __init__(self, field: str) -> None:
        super().__init__(_("Another customer already has this value."), fields={field: [_("Already taken.")]})


class IdentifierTaken(ValueTaken):
    """An external id belongs to a customer already."""

    slug = "identifier-taken"

    def __init__(self, field: str = "externalId") -> None:
        super().__init__(field)


_FIELD_OF_CONSTRAINT = {
    "profiles_auth_user_id_unique": "authUserId",
    "profiles_scl_member_id_unique": "sclMemberId",
    "profiles_teetime_player_id_unique": "teetimePlayerId",
    "profiles_messaging_contact_id_unique": "messagingContactId",
    "profiles_member_id_unique": "memberId",
}


def raise_taken(error: IntegrityError) -> NoReturn:
    """Turn a unique violation into the domain error that names the field; raise others again."""
    cause = error.__cause__
    if isinstance(cause, pg.UniqueViolation):
        constraint = cause.diag.constraint_name or ""
        if constraint == "identifiers_unique":
            raise IdentifierTaken from error
        if constraint in _FIELD_OF_CONSTRAINT:
            raise ValueTaken(_FIELD_OF_CONSTRAINT[constraint]) from error
    raise error
