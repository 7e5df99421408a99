"""The list: who is on it, searching, filtering, and what a hostile address does."""

from __future__ import annotations

import base64
from urllib.parse import quote

import pytest
from django.test import Client

from cdp.tenancy.context import tenant_context
from profiles.models import Segment, Tag
from profiles.operations.deactivate_profiles import deactivate_profiles
from tests.factories.profiles import (
    ProfileFactory,
    ProfileIdentifierFactory,
    ProfileTagFactory,
    SegmentFactory,
    SegmentMembershipFactory,
    TagFactory,
)
from tests.profiles.views.conftest import LIST, Make, part
from tests.world import World


def names_on(client: Client, query: str = "") -> list[str]:
    """Return the names the list shows, in its order."""
    html = client.get(f"{LIST}?{query}").content.decode()
    return [piece.split(">", 1)[1].split("<", 1)[0] for piece in html.split("data-open")[1:]]


def test_the_list_shows_the_companys_customers_newest_first(alice: Client, make: Make) -> None:
    make(name="Somchai", email="s@example.com")
    make(name="Ayesha", email="a@example.com")
    assert names_on(alice) == ["Ayesha", "Somchai"]


def test_the_list_never_shows_a_strangers_customers(alice: Client, world: World) -> None:
    with tenant_context(world.zenith):
        ProfileFactory(name="Strange Person")
    assert names_on(alice) == []
    assert names_on(alice, "q=strange") == []
    assert names_on(world.browser(world.charlie)) == ["Strange Person"]


def test_somebody_who_is_not_logged_in_is_sent_to_the_log_in(client: Client, db: None) -> None:
    response = client.get(f"{LIST}?q=x")
    assert response.status_code == 302
    assert response.headers["Location"] == f"/admin/login/?next={quote(f'{LIST}?q=x')}"


def test_a_part_fetched_after_the_session_ended_sends_the_window_to_the_log_in(
    client: Client, db: None
) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/admin/customers/cdm"}
    response = client.get(LIST, headers=headers)
    assert response.headers["HX-Redirect"] == f"/admin/login/?next={LIST}"


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("สมชาย", "สมชาย ใจดี"),
        ("ดี", "ใจ ดี"),
        ("আয়েশা", "আয়েশা রহমান"),
        ("রহমান", "আয়েশা রহমান"),
        ("佐藤", "佐藤 花子"),
        ("jo", "Jo Ng"),
        ("kittisak alice", "Alice Kittisak"),
    ],
)
def test_search_finds_names_in_every_script(alice: Client, make: Make, search: str, found: str) -> None:
    for name in ("สมชาย ใจดี", "ใจ ดี", "আয়েশা রহমান", "佐藤 花子", "Jo Ng", "Alice Kittisak"):
        make(name=name)
    assert names_on(alice, f"q={quote(search)}") == [found]


def test_search_finds_by_email_phone_and_member_id(alice: Client, make: Make) -> None:
    make(name="Somchai", email="somchai@example.com", phone="081 234 5678", memberId="GOLD-77")
    make(name="Ayesha", email="ayesha@example.com")
    for search in ("somchai@", "+66812345678", "2345678", "gold-77"):
        assert names_on(alice, f"q={quote(search)}") == ["Somchai"], search


def test_every_filter_keeps_what_it_says(alice: Client, world: World, make: Make) -> None:
    company = make(type="COMPANY", companyName="Siam Retail", lifecycleStage="VIP")
    person = make(name="Somchai", email="s@example.com", primarySource="Website")
    tag, segment = TagFactory(name="Golf"), SegmentFactory(name="Readers")
    ProfileTagFactory(profile=person, tag=tag)
    SegmentMembershipFactory(profile=person, segment=segment)
    ProfileIdentifierFactory(profile=company, source="LINE")
    deactivate_profiles(tenant=world.acme, by=world.by, profile_ids=[person.pk])
    for query, expected in {
        "type=COMPANY": ["Siam Retail"],
        "type=INDIVIDUAL": ["[INACTIVE] Somchai"],
        "status=ACTIVE": ["Siam Retail"],
        "status=INACTIVE": ["[INACTIVE] Somchai"],
        "stage=VIP": ["Siam Retail"],
        f"tag={tag.pk}": ["[INACTIVE] Somchai"],
        f"segment={segment.pk}": ["[INACTIVE] Somchai"],
        "source=LINE": ["Siam Retail"],
        "source=Website": ["[INACTIVE] Somchai"],
        "type=COMPANY&status=INACTIVE": [],
    }.items():
        assert names_on(alice, query) == expected, query


def test_filters_that_are_set_are_named_and_can_be_removed_one_by_one(alice: Client, make: Make) -> None:
    make(name="Somchai")
    tag = TagFactory(name="Golf")
    html = alice.get(f"{LIST}?q=som&type=INDIVIDUAL&tag={tag.pk}").content.decode()
    assert "Remove the filter Tag: Golf" in html
    assert f'href="{LIST}?q=som&amp;type=INDIVIDUAL"' in html
    assert f'href="{LIST}?type=INDIVIDUAL&amp;tag={tag.pk}"' in html


def test_a_strangers_tag_in_the_address_finds_nobody_and_tells_no_name(alice: Client, world: World) -> None:
    with tenant_context(world.zenith):
        tag: Tag = TagFactory(name="Secret tag")
        segment: Segment = SegmentFactory(name="Secret segment")
    html = alice.get(f"{LIST}?tag={tag.pk}&segment={segment.pk}").content.decode()
    assert "Secret" not in html
    assert "No customer fits" in html


def test_an_empty_company_is_told_how_to_begin(alice: Client) -> None:
    html = alice.get(LIST).content.decode()
    assert "No customers yet" in html
    assert "/admin/customers/new" in html


def test_no_hit_offers_to_clear_the_search(alice: Client, make: Make) -> None:
    make(name="Somchai")
    html = alice.get(f"{LIST}?q=zzzz").content.decode()
    assert "No customer fits" in html
    assert "Clear search and filters" in html


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=a%00b",
        "q=" + "x" * 5000,
        "q=%ed%a0%80",
        "q=%25%5F%27%22%3B--",
        "type=NOBODY&status=DELETED&stage=%00",
        "tag=1&segment=%00",
        "tag=" + "9" * 400,
        "source=%00" + "x" * 500,
        "sort=id;drop",
        "after=%00&before=%00",
        "after=AAAA&before=" + "A" * 5000,
        "after=MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAwfj0yMDI1LTAxLTAx",
        "sort=name&after=!!!!",
        "q=a&q=b&type=COMPANY&type=INDIVIDUAL",
        "created=99999999999999d",
    ],
)
def test_a_hostile_address_still_gets_a_list(alice: Client, make: Make, query: str) -> None:
    make(name="Somchai")
    assert alice.get(f"{LIST}?{query}").status_code == 200
    assert part(alice, f"{LIST}?{query}").status_code == 200


def test_names_and_search_words_are_escaped(alice: Client, make: Make) -> None:
    make(name="<script>alert(1)</script>", companyName='"><img src=x onerror=alert(2)>')
    html = alice.get(f"{LIST}?q={quote('<script>')}").content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_htmx_gets_the_results_alone_and_a_clean_address(alice: Client, make: Make) -> None:
    make(name="Somchai")
    response = part(alice, f"{LIST}?q=som&type=&sort=-created")
    html = response.content.decode()
    assert "<html" not in html
    assert "Somchai" in html
    assert response.headers["HX-Replace-Url"] == f"{LIST}?q=som"
    assert "HX-Request" in response.headers["Vary"]


def test_addresses_with_a_slash_at_the_end_lead_to_those_without(alice: Client, make: Make) -> None:
    person = make(name="Somchai")
    assert alice.get(f"{LIST}/?q=som").headers["Location"] == f"{LIST}?q=som"
    address = f"/admin/customers/{person.pk}"
    assert alice.get(f"{address}/?tab=history").headers["Location"] == f"{address}?tab=history"


def test_a_page_restored_from_history_is_whole(alice: Client) -> None:
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in alice.get(LIST, headers=headers).content.decode()


def test_an_analyst_sees_no_way_to_change_anything(analyst: Client, make: Make) -> None:
    make(name="Somchai")
    html = analyst.get(LIST).content.decode()
    assert "Somchai" in html
    for absent in ('name="ids"', 'name="act"', "/admin/customers/new"):
        assert absent not in html


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.999999-14:00", "2026-01-01"]
)
@pytest.mark.parametrize("sort", ["-created", "created", "-activity"])
def test_a_position_at_the_end_of_time_is_harmless(alice: Client, make: Make, moment: str, sort: str) -> None:
    make(name="Somchai")
    plain = f"00000000-0000-0000-0000-000000000000~={moment}"
    position = base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")
    for direction in ("after", "before"):
        assert alice.get(f"{LIST}?sort={sort}&{direction}={position}").status_code == 200


@pytest.mark.parametrize("language", ["fr", "ja"])
def test_a_language_without_a_catalogue_is_answered_in_english(
    alice: Client, make: Make, language: str
) -> None:
    person = make(name="Somchai", email="s@example.com", phone="081 234 5678")
    for address in (LIST, f"/admin/customers/{person.pk}", f"/admin/customers/{person.pk}?tab=history"):
        response = alice.get(address, headers={"Accept-Language": language})
        assert response.status_code == 200
        assert '<html lang="en"' in response.content.decode()
