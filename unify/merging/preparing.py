"""From the ids somebody named to customers, sides and a policy: what a merge and its preview share."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from cdp.errors import Invalid
from cdp.models import Tenant
from profiles.models import Profile
from unify.merging.choices import MergeStatus, MergeStrategy
from unify.merging.errors import AlreadyMerged, SameProfile
from unify.merging.locking import lock_customers, survivors_of
from unify.merging.resolving import checked_choices
from unify.merging.rules import SurvivorshipRules
from unify.merging.state import Side, State
from unify.merging.statements import statements_of
from unify.merging.stops import check_stops
from unify.merging.survivorship import Policy
from unify.models import MergeGroup

MOST_LOSERS = 100


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody wants merged, and how."""

    tenant: Tenant
    winner_id: uuid.UUID
    loser_ids: Sequence[uuid.UUID]
    strategy: str
    resolved_conflicts: Mapping[str, Any] | None
    rules: SurvivorshipRules | None
    force: bool

    def check(self) -> None:
        """Refuse what no customers could make right; raises Invalid, SameProfile."""
        if self.strategy not in MergeStrategy.values:
            known = ", ".join(MergeStrategy.values)
            message = gettext("Use one of: %(keys)s.") % {"keys": known}
            raise Invalid(gettext("See errors for each field."), fields={"strategy": [message]})
        if not 0 < len(self.loser_ids) <= MOST_LOSERS:
            message = gettext("Name 1 to %(most)s customers to merge into the survivor.") % {
                "most": MOST_LOSERS
            }
            raise Invalid(message, fields={"loserIds": [message]})
        if self.winner_id in self.loser_ids:
            raise SameProfile


@dataclass(frozen=True, slots=True)
class Prepared:
    """The customers as they are, the survivor first, and how to merge them."""

    winner: Profile
    losers: tuple[Profile, ...]
    sides: tuple[Side, ...]
    policy: Policy
    warnings: tuple[str, ...]


def prepare(request: Request, *, lock: bool) -> Prepared:
    """Read the customers, merged ids followed to their survivors, and check that they may be merged.

    With ``lock`` they stay as they are until the transaction ends. Raises ProfileNotFound, AlreadyMerged,
    HardStop, Invalid, and Moved when they changed before they were locked.
    """
    request.check()
    aliases = survivors_of([request.winner_id, *request.loser_ids])
    winner_id = aliases[request.winner_id]
    loser_ids = list(dict.fromkeys(aliases[asked] for asked in request.loser_ids))
    loser_ids = [profile_id for profile_id in loser_ids if profile_id != winner_id]
    if not loser_ids:
        raise AlreadyMerged(winner_id)
    ids = [winner_id, *loser_ids]
    found = lock_customers(request.tenant, ids) if lock else Profile.objects.in_bulk(ids)
    customers = [found[profile_id] for profile_id in ids]
    warnings = check_stops(customers, force=request.force)
    sides = tuple(sides_of(customers))
    choices = checked_choices(request.resolved_conflicts, sides=sides, aliases=aliases, tenant=request.tenant)
    policy = Policy(request.strategy, request.rules or SurvivorshipRules(), choices)
    return Prepared(customers[0], tuple(customers[1:]), sides, policy, tuple(warnings))


def sides_of(customers: Sequence[Profile]) -> list[Side]:
    """Return the customers as sides of a merge, with who said what; in a constant number of queries."""
    merged = last_merged([customer.pk for customer in customers])
    said = statements_of(customers)
    return [Side.of(one.pk, State.of(one, said.get(one.pk)), merged.get(one.pk)) for one in customers]


def last_merged(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, State]:
    """Return what the last merge into each customer has written."""
    groups = MergeGroup.objects.filter(winner__in=ids, merges__status=MergeStatus.ACTIVE)
    groups = groups.exclude(after={})  # erased
    return {group.winner_id: State.load(group.after) for group in groups.order_by("position")}
