"""Two customers who are one, and merging them in a word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cdp.models import Tenant
from profiles.models import Profile
from tests.world import World
from unify.models import Merge
from unify.operations.merge import merge
from unify.operations.unmerge import unmerge

MergeOne = Callable[..., Merge]


@pytest.fixture
def merge_one(world: World, acme: Tenant) -> MergeOne:
    """Merge one customer into another as Alice."""

    def run(winner: Profile, loser: Profile, **options: Any) -> Merge:
        (found,) = merge(tenant=acme, by=world.by, winner_id=winner.pk, loser_ids=[loser.pk], **options)
        winner.refresh_from_db()
        loser.refresh_from_db()
        return found

    return run


@pytest.fixture
def take_back(world: World, acme: Tenant) -> Callable[..., Any]:
    """Take a merge back as Alice."""

    def run(merged: Merge, **options: Any) -> Any:
        return unmerge(tenant=acme, by=world.by, merge_id=merged.pk, **options)

    return run
