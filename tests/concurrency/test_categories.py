"""Shelves that are put into each other at the same moment make no circle."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

import pytest

from cdm.models import ProductCategory
from cdm.operations.keep_product import create_category, update_category
from cdp.errors import Invalid
from cdp.tenancy.context import tenant_context
from tests.concurrency.parallel import at_once
from tests.world import make_world

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 12


def test_two_shelves_are_never_part_of_each_other() -> None:
    world = make_world()
    said: dict[str, Any] = {"tenant": world.acme, "by": world.by}

    def put(into: uuid.UUID, category_id: uuid.UUID) -> bool:
        with tenant_context(world.acme):
            try:
                update_category(**said, category_id=category_id, parent_id=into)
            except Invalid:
                return False
            return True

    for number in range(ROUNDS):
        with tenant_context(world.acme):
            one = create_category(**said, name=f"One {number}").pk
            other = create_category(**said, name=f"Other {number}").pk
        done = at_once([partial(put, one, other), partial(put, other, one)], threads=2)
        assert sorted(done) == [False, True]
        with tenant_context(world.acme):
            assert ProductCategory.objects.filter(pk__in=[one, other], parent=None).count() == 1
