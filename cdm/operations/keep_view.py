"""Keeping a view of the customer list under a name: making, renaming, sharing, deleting, bringing back."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cdm.errors import RowNotFound, StillThere
from cdm.members import member_of
from cdm.models import SavedView
from cdm.rows import add, change, from_facts, locked, remove
from cdp.actors import Actor
from cdp.errors import Conflict, Forbidden, Invalid
from cdp.models import AuditEntry, Membership, Tenant
from cdp.permissions import PROFILE_WRITE, SETTINGS_WRITE
from profiles.normalisation.errors import InvalidText
from profiles.normalisation.names import clean_text

LONGEST_NAME = 80
LONGEST_QUERY = 2000


class ViewNameTaken(Conflict):
    """The person has a view of this name already."""

    slug = "view-name-taken"

    def __init__(self) -> None:
        message = _("You already have a view of this name: choose another one.")
        super().__init__(message, fields={"name": [message]})


@transaction.atomic
def keep_view(*, tenant: Tenant, by: Actor, name: str, query: str, is_shared: bool = False) -> SavedView:
    """Keep the filters and the order of a list; raises Invalid, Forbidden, ViewNameTaken."""
    owner = _member(tenant, by)
    if is_shared:
        _require_sharing(owner)
    if len(query) > LONGEST_QUERY:
        raise Invalid(_("These filters are too long to keep: set fewer of them."))
    row = SavedView(name=_named(name), query=query, owner=owner, is_shared=is_shared)
    with _one_of_a_name():
        return add(row, verb="view.keep", by=by)


@transaction.atomic
def change_view(
    *, tenant: Tenant, by: Actor, view_id: uuid.UUID, name: str | None = None, is_shared: bool | None = None
) -> SavedView:
    """Rename a view, or say whether others see it; raises RowNotFound, Invalid, Forbidden, ViewNameTaken."""
    row, member = _own(tenant, by, view_id)
    values: dict[str, object] = {}
    if name is not None and (cleaned := _named(name)) != row.name:
        values["name"] = cleaned
    if is_shared is not None and is_shared != row.is_shared:
        _require_sharing(member)
        values["is_shared"] = is_shared
    with _one_of_a_name():
        change(row, values, verb="view.update", by=by)
    return row


@transaction.atomic
def delete_view(*, tenant: Tenant, by: Actor, view_id: uuid.UUID) -> SavedView:
    """Delete a view; raises RowNotFound, Forbidden."""
    row, _member_ = _own(tenant, by, view_id)
    name = row.name
    remove(row, verb="view.delete", by=by)
    return SavedView(pk=view_id, name=name)


@transaction.atomic
def restore_view(*, tenant: Tenant, by: Actor, view_id: uuid.UUID) -> SavedView:
    """Bring a deleted view back; raises RowNotFound, StillThere, ViewNameTaken."""
    member = _member(tenant, by)
    if SavedView.objects.filter(pk=view_id).exists():
        raise StillThere
    told = AuditEntry.objects.filter(object_id=view_id, verb="view.delete").order_by("-at", "-id").first()
    if told is None:
        raise RowNotFound(str(SavedView._meta.verbose_name))
    row = from_facts(SavedView, view_id, told.changes)
    if row.owner_id != member.pk and SETTINGS_WRITE not in member.codes:
        raise RowNotFound(str(SavedView._meta.verbose_name))
    with _one_of_a_name():
        return add(row, verb="view.restore", by=by)


def _own(tenant: Tenant, by: Actor, view_id: uuid.UUID) -> tuple[SavedView, Membership]:
    """Return a view the person may change: their own, or a shared one where they keep the settings."""
    member = _member(tenant, by)
    row = locked(SavedView, view_id)
    keeps_order = row.is_shared and SETTINGS_WRITE in member.codes
    if row.owner_id != member.pk and not keeps_order:
        raise Forbidden(_("This view is somebody else's: keep one of your own."))
    return row, member


def _member(tenant: Tenant, by: Actor) -> Membership:
    member = member_of(tenant, by)
    if member is None:
        raise Forbidden(_("Views belong to people: log in to keep one."))
    return member


def _require_sharing(member: Membership) -> None:
    if PROFILE_WRITE not in member.codes:
        raise Forbidden(_("You may keep views for yourself, and not share them."))


def _named(name: str) -> str:
    try:
        cleaned = clean_text(name, max_length=LONGEST_NAME)
    except InvalidText as error:
        raise Invalid(error.words(), fields={"name": [error.words()]}) from error
    if not cleaned:
        missing = _("Give the view a name.")
        raise Invalid(missing, fields={"name": [missing]})
    return cleaned


@contextmanager
def _one_of_a_name() -> Iterator[None]:
    """Turn the constraint that a person's views have names of their own into ViewNameTaken."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "saved_views_name_unique" not in str(error):
            raise
        raise ViewNameTaken from error
