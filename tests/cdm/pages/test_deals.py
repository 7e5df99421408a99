"""The board of deals."""

from __future__ import annotations

import re
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cdm.models import Deal
from cdp.models import Membership
from cdp.tenancy.context import tenant_context
from tests.cdm.pages.conftest import Tell
from tests.factories.cdm_people import DealFactory
from tests.world import World

BOARD = "/admin/crm/deals"


def stage(html: str, name: str) -> str:
    """Return the part of the board that shows a stage."""
    return html.split(f"board__stage--{name}", 1)[1].split("</section>", 1)[0]


def test_deals_stand_in_their_stage_with_sums_by_currency(bob: Client, acme: object) -> None:
    DealFactory(title="Chairs", stage="proposal", amount=12000)
    DealFactory(title="Desks", stage="proposal", amount=500, currency="USD")
    DealFactory(title="Lost one", stage="lost", closed_at=timezone.now(), lost_reason="Too dear")
    html = bob.get(BOARD).content.decode()
    proposal = stage(html, "proposal")
    for expected in ("Chairs", "Desks", "12,000 THB", "500 USD"):
        assert expected in proposal, expected
    assert "Too dear" in stage(html, "lost")
    assert "Chairs" not in stage(html, "new")


def test_a_deal_moves_without_javascript_and_back(bob: Client, acme: object) -> None:
    deal = DealFactory(title="Chairs")
    response = bob.post(f"{BOARD}/{deal.pk}/move", {"stage": "won", "next": BOARD})
    assert response.headers["Location"] == BOARD
    html = bob.get(BOARD).content.decode()
    assert "Chairs" in stage(html, "won")
    token = re.search(r'name="token" value="([^"]+)"', html)
    assert token is not None
    bob.post("/admin/undo", {"token": token[1]})
    deal.refresh_from_db()
    assert (deal.stage, deal.closed_at) == ("new", None)


def test_taking_a_move_back_restores_why_and_when_a_deal_was_lost(bob: Client, acme: object) -> None:
    then = timezone.now() - timedelta(days=3)
    deal = DealFactory(stage="lost", closed_at=then, lost_reason="Too dear")
    bob.post(f"{BOARD}/{deal.pk}/move", {"stage": "negotiation", "next": BOARD})
    deal.refresh_from_db()
    assert (deal.stage, deal.closed_at, deal.lost_reason) == ("negotiation", None, "")
    token = re.search(r'name="token" value="([^"]+)"', bob.get(BOARD).content.decode())
    assert token is not None
    bob.post("/admin/undo", {"token": token[1]})
    deal.refresh_from_db()
    assert (deal.stage, deal.closed_at, deal.lost_reason) == ("lost", then, "Too dear")


def test_a_deal_is_lost_with_a_reason(bob: Client, acme: object) -> None:
    deal = DealFactory(title="Chairs")
    html = bob.get(BOARD).content.decode()
    assert 'name="lost_reason"' in stage(html, "new")
    assert "filters__apply" not in stage(html, "new")
    bob.post(f"{BOARD}/{deal.pk}/move", {"stage": "lost", "lost_reason": "Too dear", "next": BOARD})
    deal.refresh_from_db()
    assert (deal.stage, deal.lost_reason) == ("lost", "Too dear")
    assert "Too dear" in stage(bob.get(BOARD).content.decode(), "lost")


def test_no_form_that_writes_sends_itself_on_change(bob: Client, story: Tell) -> None:
    # An arrow key on a select is a change already.
    person = story()
    DealFactory(profile=person)
    for address in (BOARD, f"/admin/customers/{person.pk}", f"/admin/customers/{person.pk}/panels/deals"):
        for form in re.findall(r'<form[^>]*method="post"[^>]*>', bob.get(address).content.decode()):
            assert "data-auto-submit" not in form, form
            assert not re.search(r'hx-trigger="[^"]*change', form), form


def test_an_unknown_stage_moves_nothing(bob: Client, acme: object) -> None:
    deal = DealFactory()
    for said in ({}, {"stage": "nonsense"}, {"stage": "\x00"}):
        bob.post(f"{BOARD}/{deal.pk}/move", said)
        deal.refresh_from_db()
        assert deal.stage == "new"


def test_the_board_can_show_one_agents_deals(bob: Client, member: Membership, acme: object) -> None:
    DealFactory(title="Mine", owner=member)
    DealFactory(title="Nobodys")
    html = bob.get(f"{BOARD}?owner={member.pk}").content.decode()
    assert "Mine" in html
    assert "Nobodys" not in html
    assert "Nobodys" in bob.get(f"{BOARD}?owner=nonsense").content.decode()


def test_strangers_deals_are_not_there_and_do_not_move(bob: Client, world: World, acme: object) -> None:
    with tenant_context(world.zenith):
        deal = DealFactory(title="Strange deal")
    assert "Strange deal" not in bob.get(BOARD).content.decode()
    assert bob.post(f"{BOARD}/{deal.pk}/move", {"stage": "won"}).status_code == 404
    with tenant_context(world.zenith):
        assert Deal.objects.get().stage == "new"


def test_the_board_costs_the_same_for_2_and_20_deals(world: World, acme: object) -> None:
    bob = world.browser(world.bob)
    counted = []
    for number in (2, 18):
        for _ in range(number):
            DealFactory()
        bob.get(BOARD)
        with CaptureQueriesContext(connection) as captured:
            bob.get(BOARD)
        counted.append(len(captured))
    assert counted[0] == counted[1] <= 18
