"""The table of recommendations says what pages say: high, medium and low, in the reader's language."""

from __future__ import annotations

from cdp.tenancy.context import tenant_context
from tests.factories.cdm_insights import RecommendationFactory
from tests.world import World


def test_chances_are_high_medium_or_low_in_the_language_of_the_page(world: World) -> None:
    with tenant_context(world.acme):
        found = RecommendationFactory(temperature="hot", next_action_text="Call within 24 hours")
    alice = world.browser(world.alice)
    for address in ("/admin/cdm/recommendation/", f"/admin/cdm/recommendation/{found.pk}/change/"):
        english = alice.get(address).content.decode()
        assert "High" in english, address
        assert ">Hot<" not in english, address
        thai = alice.get(address, headers={"Accept-Language": "th"}).content.decode()
        assert "สูง" in thai, address
        assert "Call within 24 hours" not in thai, address
