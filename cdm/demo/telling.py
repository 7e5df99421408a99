"""The parts of a demo company's working day, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from cdm.demo.customers import companies_of_the_day, people_of_the_day
from cdm.demo.deals import negotiate
from cdm.demo.families import found_families
from cdm.demo.persons import give_agents, introduce
from cdm.demo.shopping import shop, turn_back
from cdm.demo.story import Story
from cdm.demo.talks import talk
from cdm.demo.tasks import plan_tasks
from cdm.models import Interaction
from cdp.actors import Actor
from cdp.models import Tenant
from cdp.tenancy.context import tenant_context


def tell(tenant: Tenant, people: Sequence[Actor]) -> None:
    """Fill the demo company's working day, once."""
    with tenant_context(tenant):
        if Interaction.objects.exists():
            return
        chance = Random(2026)  # noqa: S311 (made-up people)
        story = Story(tenant, people, people_of_the_day(), companies_of_the_day(), chance)
        for part in (give_agents, introduce, found_families, talk, shop, turn_back, negotiate, plan_tasks):
            part(story)
