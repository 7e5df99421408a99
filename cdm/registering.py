"""What families, deals and talk add to the apps below."""

from __future__ import annotations

from cdm.demo.telling import tell
from cdm.family.links import family_links_among
from cdm.sections import activities, deals
from profiles.registries import demo_steps, detail_sections
from unify.registries import family_links


def register() -> None:
    """Say who is family, what details of customers show, and what the demo companies do all day."""
    family_links.register("family", family_links_among)
    detail_sections.register("deals", deals)
    detail_sections.register("activities", activities)
    demo_steps.register("the working day", tell)
