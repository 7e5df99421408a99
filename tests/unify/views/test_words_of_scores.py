"""What pages say of scores and values is no more than what the numbers beside it bear out."""

from __future__ import annotations

import pytest
from django.test import Client

from cdp.models import Tenant
from profiles.choices import LifecycleStage
from profiles.models import Profile
from tests.factories.unify import as_scored, make_case
from tests.unify.views.conftest import Make
from tests.unify.views.test_merging import page_of
from tests.unify.views.test_review import Twins, address, open_next, part
from tests.world import World
from unify.models import BulkDecision, Merge
from unify.operations.change_match_settings import change_match_settings
from unify.operations.merge import merge
from unify.records.refresh import refresh, refresh_all

HINT = "/admin/customers/duplicates"


@pytest.fixture
def spouses(make: Make, acme: Tenant) -> Twins:
    """Two people of one household: surname, phone and address are the same."""
    home = {"street": "12 Sukhumvit Road", "city": "Bangkok", "postalCode": "10110"}
    found = tuple(
        make(firstName=first, lastName="Jaidee", phone="0812345678", dateOfBirth=born, address=home)
        for first, born in (("Somchai", "1985-03-14"), ("Malee", "1988-07-02"))
    )
    refresh(acme, [one.pk for one in found])
    return found[0], found[1]


def test_a_contradicted_score_is_told_as_less_sure_wherever_it_is_told(
    alice: Client, spouses: Twins, acme: Tenant
) -> None:
    one, _two = spouses
    typed = {"type": "INDIVIDUAL", "first_name": "Malee", "last_name": "Jaidee", "phone": "0812345678"}
    pages = [
        alice.get(page_of(one, "/merge")),
        alice.post(HINT, typed | {"own": one.pk, "date_of_birth": "1970-01-01"}),
    ]
    make_case(spouses, score=75.0, conflicts=["first_name"])
    pages.append(alice.get(page_of(one)))
    for page in pages:
        html = page.content.decode()
        assert "Malee Jaidee" in html
        assert "may be the same" in html
        assert "likely the same" not in html


def test_the_example_of_a_household_is_not_told_as_likely_the_same(alice: Client, acme: Tenant) -> None:
    html = alice.get("/admin/matching/how").content.decode()
    household = html.split("Two people of one household")[2]
    assert "may be the same" in household
    assert "likely the same" not in household
    assert "the score is held at 75, whatever the sum" in household
    assert "the score is held at" not in html.split("One customer, written twice")[2].split("household")[0]
    assert "2 Jul 1988" in household
    assert "60–89" in html


def test_a_score_that_is_held_down_says_so_beside_the_sum(alice: Client, spouses: Twins) -> None:
    html = alice.get(page_of(spouses[0], f"/merge/{spouses[1].pk}")).content.decode()
    assert "Something contradicts, so the score is held at 75, whatever the sum." in html


def test_a_value_of_another_is_not_called_the_survivors(
    alice: Client, twins: Twins, make: Make, world: World, acme: Tenant
) -> None:
    third = make(firstName="Somchai", email="third@example.com")
    for profile, stage in ((twins[1], LifecycleStage.LEAD), (third, LifecycleStage.PROSPECT)):
        Profile.objects.filter(pk=profile.pk).update(lifecycle_stage=stage)
    case = make_case([*twins, third])
    line = alice.get(address(case)).content.decode().split("Lifecycle stage</th>")[1].split("</tr>")[0]
    assert "from 2: the survivor has no value of its own" in line
    merge(tenant=acme, by=world.by, winner_id=twins[0].pk, loser_ids=[twins[1].pk, third.pk])
    origins = alice.get(page_of(twins[0], "/panels/origins")).content.decode()
    stage_now = origins.split("Lifecycle stage</dt>")[1].split("</dd>")[0]
    assert "Kept because: the survivor has no value of its own." in stage_now


def test_of_many_records_the_reasons_say_whose_they_are(alice: Client, make: Make, acme: Tenant) -> None:
    people = [make(firstName="Somchai", lastName="Jaidee", email=f"s{n}@example.com") for n in range(5)]
    refresh_all(acme)
    html = alice.get(address(make_case(people))).content.decode()
    assert "The two that are least alike are" in html
    assert "4 other pairs are more alike than these." in html
    pair = alice.get(address(make_case())).content.decode()
    assert "least alike" not in pair
    assert "more alike than these" not in pair


def test_an_order_lists_what_it_has_merged(alice: Client, acme: Tenant) -> None:
    as_scored(acme, *[make_case(score=95) for _ in range(3)])
    alice.post("/admin/review/accept", {"least_score": "90"})
    where = f"/admin/review/accepted/{BulkDecision.objects.get().pk}"
    html = alice.get(where).content.decode()
    assert [merge for merge in Merge.objects.all() if f"/admin/merges/{merge.pk}" not in html] == []
    assert "latest" not in html.split("<main", 1)[1]


def test_whoever_decides_is_told_before_that_it_takes_two(
    alice: Client, twins: Twins, world: World, acme: Tenant
) -> None:
    case = make_case(twins, conflicts=["first_name"], is_risky=True)
    words = "somebody else has to confirm it before they are merged"
    assert words not in alice.get(address(case)).content.decode()
    by_hand = page_of(twins[0], f"/merge/{twins[1].pk}")
    assert "takes two people" not in alice.get(by_hand).content.decode()
    change_match_settings(tenant=acme, by=world.by, changes={"needs_second_person": True})
    assert words in alice.get(address(case)).content.decode()
    assert "takes two people" in alice.get(by_hand).content.decode()


def test_a_record_without_its_mark_still_shows_what_it_says(alice: Client, twins: Twins, make: Make) -> None:
    third = make(firstName="Somporn", email="third@example.com", address={"city": "Nonthaburi"})
    case = make_case([*twins, third])
    marked = {"winner": twins[0].pk, "shown_winner": twins[0].pk, "member": [twins[0].pk, twins[1].pk]}
    html = part(alice, "get", address(case, "preview"), marked).content.decode()
    line = html.split("First name</th>")[1].split("</tr>")[0]
    assert "Somporn" in line
    assert "cell--out" in line


def test_the_message_names_the_survivor_by_the_name_it_got(alice: Client, twins: Twins) -> None:
    one, two = twins
    chosen = {f"choice-{field}": two.pk for field in ("firstName", "name")}
    said = {"winner": one.pk, "shown_winner": one.pk, **chosen}
    alice.post(page_of(two, f"/merge/{one.pk}"), said)
    assert "Merged into Somchay Jaidee." in alice.get(page_of(one)).content.decode()


def test_taking_a_merge_back_counts_what_goes_along_and_tells_the_score_as_elsewhere(
    alice: Client, twins: Twins
) -> None:
    make_case(twins, score=75.0, conflicts=["first_name"])
    one, two = twins
    alice.post(page_of(two, f"/merge/{one.pk}"), {"winner": one.pk, "shown_winner": one.pk})
    html = alice.get(f"/admin/merges/{Merge.objects.get().pk}").content.decode()
    assert "contact points (1)" in html
    assert "may be the same" in html
    assert "likely the same" not in html


def test_skipping_says_what_becomes_of_the_case(alice: Client, twins: Twins) -> None:
    case = make_case(twins)
    open_next(alice)
    assert "Skipped: others may have it" in part(alice, "post", address(case, "skip"), {}).content.decode()


def test_the_history_of_a_merge_calls_parts_of_the_address_by_their_names(
    alice: Client, twins: Twins, make: Make, world: World, acme: Tenant
) -> None:
    lived = make(firstName="Somchai", address={"city": "Bangkok", "postalCode": "10110"})
    merge(tenant=acme, by=world.by, winner_id=twins[0].pk, loser_ids=[lived.pk])
    html = alice.get(page_of(twins[0], "/panels/history")).content.decode()
    assert "Address." not in html
    assert "Postal code" in html


def test_a_score_is_not_rounded_up_past_its_words(alice: Client, twins: Twins) -> None:
    make_case(twins, score=96.6)
    for page in ("/admin/review/queue", page_of(twins[0])):
        html = alice.get(page).content.decode()
        assert '<span class="likeness__number">96</span>' in html
        assert "very likely the same" in html


def test_the_hints_link_says_open_as_an_act(alice: Client, twins: Twins, acme: Tenant) -> None:
    refresh(acme, [one.pk for one in twins])
    typed = {"type": "INDIVIDUAL", "first_name": "Somchai", "last_name": "Jaidee", "phone": "0812345678"}
    html = alice.post(HINT, typed, headers={"Accept-Language": "th"}).content.decode()
    assert '<span class="alike__open">เปิด<' in html
