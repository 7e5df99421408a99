"""Where apps further up add to what this one does."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from cdp.models import Tenant
from cdp.registries import Registry

if TYPE_CHECKING:
    from profiles.models import Profile

# Called inside the transaction with (tenant, chosen profile's id, the other profiles' ids) when hints point
# to several customers; the unify app opens duplicate candidates from it.
ConflictListener = Callable[[Tenant, uuid.UUID, list[uuid.UUID]], None]
identity_conflicts: Registry[ConflictListener] = Registry()

# Wire name of a list in the detail of a customer (deals, activities) -> what fills it.
DetailSection = Callable[["Profile"], list[dict[str, Any]]]
detail_sections: Registry[DetailSection] = Registry()
