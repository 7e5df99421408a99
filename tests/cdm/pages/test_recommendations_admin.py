"""The table of recommendations says what pages say: high, medium and low, in the reader's language."""

from __future__ import annotations

from cdp.models import Tenant
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


def test_a_recommendation_is_read_in_words_not_as_a_program_keeps_it(world: World, acme: Tenant) -> None:
    offered = {"product": "p", "sku": "T-1", "name": "Green tea", "kind": "usual", "n": 3, "lift": 0}
    found = RecommendationFactory(usual_products=[offered], usual_offer={"type": "upsell", "reason": "x"})
    address = f"/admin/cdm/recommendation/{found.pk}/change/"
    shown = " ".join(world.browser(world.alice).get(address).content.decode().split())
    for words in (
        "+9 · Orders so far · 7 orders so far",
        "Green tea · T-1 · bought on 3 days before",
        "40 %",
    ):
        assert words in shown, words
    for kept in ("&#x27;points&#x27;", "&quot;points&quot;", "&quot;sku&quot;", "&quot;type&quot;"):
        assert kept not in shown, kept
