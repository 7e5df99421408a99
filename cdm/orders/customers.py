"""Whose an order is."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from contextlib import suppress

from django.db import transaction
from django.utils.translation import gettext

from cdm.customers import customer_by
from cdm.errors import AmbiguousCustomer
from cdm.orders.records import OrderRecord
from cdp.actors import Actor
from cdp.errors import Invalid
from cdp.models import Tenant
from profiles.errors import ProfileNotFound
from profiles.identity import Hints, IdentifierHint
from profiles.models import Profile
from profiles.operations.resolve import resolve


def customer_of(*, tenant: Tenant, by: Actor, record: OrderRecord) -> uuid.UUID | None:
    """Return who ordered; None for an anonymous sale, or one whose customer is not known yet.

    Hints of somebody unknown make a customer; ``customer_ref`` alone waits for one. Raises Invalid for an id
    that is no customer's, or several customers'.
    """
    if record.customer_id is not None:
        return _known(record.customer_id)
    if record.customer is not None:
        return _found(resolve(tenant=tenant, by=by, hints=record.customer.hints(record.source)).profile)
    if record.customer_ref:
        hints = Hints(identifiers=(IdentifierHint(record.source, record.customer_ref),), source=record.source)
        return _found(resolve(tenant=tenant, by=by, hints=hints, create=False).profile)
    return None


def _known(reference: str) -> uuid.UUID:
    try:
        return customer_by(reference)
    except ProfileNotFound as error:
        text = gettext("There is no such customer.")
        raise Invalid(text, fields={"customerId": [text]}) from error
    except AmbiguousCustomer as error:
        raise Invalid(error.detail, fields={"customerId": [error.detail]}) from error


def _found(profile: Profile | None) -> uuid.UUID | None:
    return profile.pk if profile is not None else None


class _JustMerged(Exception):
    """A customer was merged while the locks were waited for."""


def lock_customers(profile_ids: Collection[uuid.UUID | None]) -> dict[uuid.UUID, uuid.UUID]:
    """Lock customers in the order of their ids until the transaction ends; return id -> survivor.

    Raises ProfileNotFound.
    """
    wanted = {one for one in profile_ids if one is not None}
    while True:
        try:
            survivors = {one: Profile.objects.follow(one).pk for one in wanted}
        except Profile.DoesNotExist as error:
            raise ProfileNotFound from error
        # The row of somebody merged meanwhile must not stay locked while the survivor's is waited for.
        with suppress(_JustMerged), transaction.atomic():
            rows = Profile.objects.visible().filter(pk__in=survivors.values()).order_by("pk")
            locked = set(rows.select_for_update(no_key=True).values_list("pk", flat=True))
            if locked != set(survivors.values()):
                raise _JustMerged
            return survivors
