"""Where apps further up add to what this one does."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any

from cdp.actors import Actor
from cdp.models import Tenant
from cdp.registries import Registry

if TYPE_CHECKING:
    from profiles.models import Profile

# Called inside the transaction, once per verb or chunk, with [(chosen customer's id, the others' ids)] when
# ids or e-mails point to several customers; who does something about it does so after the commit. Families
# share phones: that one is shared contradicts nothing.
ConflictListener = Callable[[Tenant, Sequence[tuple[uuid.UUID, Sequence[uuid.UUID]]]], None]
identity_conflicts: Registry[ConflictListener] = Registry()

# Called inside the transaction with the ids of customers whose values or addresses a verb has written; who
# makes something of them (matching records, summaries) does so after the commit. Imports, which write
# thousands, tell nobody of each: who listens also looks at ``updated_at`` from time to time.
ChangeListener = Callable[[Sequence[uuid.UUID]], None]
profile_changes: Registry[ChangeListener] = Registry()


def tell_changed(profile_ids: Sequence[uuid.UUID]) -> None:
    """Tell every listener of changed customers; for verbs."""
    for listener in profile_changes:
        listener(profile_ids)


# Called inside the transaction that ends an import, with how many rows it has made: who makes something of
# its customers does so after the commit, rather than when time comes.
imports_done: Registry[Callable[[Tenant, int], None]] = Registry()

# Called inside the transaction that erases a person, with the ids of the customers the person is: what an
# app keeps of them besides their own rows goes as well.
Eraser = Callable[[Tenant, Collection[uuid.UUID], Actor], object]
personal_data: Registry[Eraser] = Registry()


def erase_everywhere(tenant: Tenant, profile_ids: Collection[uuid.UUID], by: Actor) -> None:
    """Have every app erase what it keeps of these customers; for the verb that erases a person."""
    for erase in personal_data:
        erase(tenant, profile_ids, by)


# Models ("app.Model") whose rows are made from customers and mean nothing without them -> what deletes
# those of the customers given: an import that is taken back removes them with its customers.
Remover = Callable[[Collection[uuid.UUID]], None]
derived_rows: Registry[Remover] = Registry()

# What is done with a demo company once it has its customers, with the actors of two people who work in it.
DemoStep = Callable[[Tenant, Sequence[Actor]], None]
demo_steps: Registry[DemoStep] = Registry()

# What follows once made-up customers were added to a tenant.
customers_made: Registry[Callable[[Tenant], None]] = Registry()

# Wire name of a list in the detail of a customer (deals, activities) -> what fills it.
DetailSection = Callable[["Profile"], list[dict[str, Any]]]
detail_sections: Registry[DetailSection] = Registry()
