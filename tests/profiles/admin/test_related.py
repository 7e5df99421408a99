"""Tags, segments, identifiers and contact points in the admin."""

from __future__ import annotations

import pytest
from django.test import Client

from cdp.models import AuditEntry
from cdp.tenancy.context import tenant_context
from profiles.models import ContactPoint, ProfileIdentifier, ProfileTag, Segment, SegmentMembership, Tag
from tests.factories.profiles import (
    ProfileFactory,
    ProfileIdentifierFactory,
    ProfileTagFactory,
    SegmentFactory,
    SegmentMembershipFactory,
    TagFactory,
)
from tests.world import World


@pytest.fixture
def browser(world: World) -> Client:
    return world.browser(world.alice)


def verbs(world: World) -> list[str]:
    with tenant_context(world.acme):
        return list(AuditEntry.objects.order_by("at", "id").values_list("verb", flat=True))


def test_a_tag_is_made_changed_and_deleted(browser: Client, world: World) -> None:
    browser.post("/admin/profiles/tag/add/", {"name": "Gold", "color": "#d97706"})
    with tenant_context(world.acme):
        tag = Tag.objects.get()
        ProfileTagFactory(tag=tag)
    browser.post(f"/admin/profiles/tag/{tag.pk}/change/", {"name": "Golden", "color": "#d97706"})
    with tenant_context(world.acme):
        assert Tag.objects.get().name == "Golden"
    browser.post(f"/admin/profiles/tag/{tag.pk}/delete/", {"post": "yes"})
    with tenant_context(world.acme):
        assert not Tag.objects.exists()
        assert not ProfileTag.objects.exists()
    assert verbs(world) == ["tag.create", "tag.update", "tag.delete"]


def test_a_tag_is_spelled_in_the_admin_as_everywhere(browser: Client, world: World) -> None:
    browser.post("/admin/profiles/tag/add/", {"name": "VIP  Cafe\u0301", "color": "#d97706"})
    with tenant_context(world.acme):
        assert Tag.objects.get().name == "VIP Café"
    nameless = browser.post("/admin/profiles/tag/add/", {"name": "\u200b", "color": "#d97706"})
    assert list(nameless.context["adminform"].form.errors) == ["name"]


@pytest.mark.parametrize("model", ["tag", "segment"])
def test_a_taken_name_is_told_at_its_field(browser: Client, world: World, model: str) -> None:
    with tenant_context(world.acme):
        TagFactory(name="Gold")
        SegmentFactory(name="Gold")
    data = {"name": "Gold", "color": "#112233"}
    answer = browser.post(f"/admin/profiles/{model}/add/", data)
    assert list(answer.context["adminform"].form.errors) == ["name"]
    assert verbs(world) == []


def test_the_same_name_in_another_company_is_free(browser: Client, world: World) -> None:
    with tenant_context(world.zenith):
        SegmentFactory(name="Gold")
    assert browser.post("/admin/profiles/segment/add/", {"name": "Gold"}).status_code == 302
    with tenant_context(world.acme):
        assert Segment.objects.get().name == "Gold"


@pytest.mark.parametrize("color", ["red", "#12345", "#GGGGGG", "javascript:1"])
def test_a_colour_that_is_none_is_refused(browser: Client, world: World, color: str) -> None:
    answer = browser.post("/admin/profiles/tag/add/", {"name": "Gold", "color": color})
    assert list(answer.context["adminform"].form.errors) == ["color"]


def test_identifiers_are_added_found_and_removed(browser: Client, world: World) -> None:
    with tenant_context(world.acme):
        profile = ProfileFactory()
        ProfileIdentifierFactory(source="Own shop", external_id="S:1")
    data = {"profile": str(profile.pk), "source": "ERP", "external_id": "C-7"}
    assert browser.post("/admin/profiles/profileidentifier/add/", data).status_code == 302
    again = browser.post("/admin/profiles/profileidentifier/add/", data)
    assert list(again.context["adminform"].form.errors) == ["external_id"]
    for term, count in (("C-7", 1), ("c-8", 0), ("Own shop: S:1", 1), ("S:1", 0)):
        page = browser.get("/admin/profiles/profileidentifier/", {"q": term})
        assert len(page.context["cl"].result_list) == count, term
    with tenant_context(world.acme):
        row = ProfileIdentifier.objects.get(source="ERP")
    browser.post(f"/admin/profiles/profileidentifier/{row.pk}/delete/", {"post": "yes"})
    assert verbs(world) == ["profile.add_identifier", "profile.remove_identifier"]


def test_contact_points_are_found_whole(browser: Client, world: World) -> None:
    with tenant_context(world.acme):
        profile = ProfileFactory(email="one@shop.example", phone="+66812345678")
    for term, count in (("One@Shop.example", 1), ("shop", 0), ("+66812345678", 1)):
        page = browser.get("/admin/profiles/contactpoint/", {"q": term})
        assert len(page.context["cl"].result_list) == count, term
    data = {"profile": str(profile.pk), "kind": "phone", "value": "12"}
    answer = browser.post("/admin/profiles/contactpoint/add/", data)
    assert list(answer.context["adminform"].form.errors) == ["value"]
    browser.post("/admin/profiles/contactpoint/add/", {**data, "value": "082 345 6789"})
    with tenant_context(world.acme):
        assert ContactPoint.objects.filter(value="+66823456789").exists()


def test_links_are_made_and_ended_by_verbs(browser: Client, world: World) -> None:
    with tenant_context(world.acme):
        member, tagged = SegmentMembershipFactory(), ProfileTagFactory()
        profile, tag, segment = ProfileFactory(), TagFactory(), SegmentFactory()
    browser.post("/admin/profiles/profiletag/add/", {"profile": str(profile.pk), "tag": str(tag.pk)})
    browser.post(
        "/admin/profiles/segmentmembership/add/", {"profile": str(profile.pk), "segment": str(segment.pk)}
    )
    browser.post(f"/admin/profiles/profiletag/{tagged.pk}/delete/", {"post": "yes"})
    browser.post(f"/admin/profiles/segmentmembership/{member.pk}/delete/", {"post": "yes"})
    assert verbs(world) == ["profile.tag", "profile.segment", "profile.untag", "profile.unsegment"]
    with tenant_context(world.acme):
        assert ProfileTag.objects.get().tag == tag
        assert SegmentMembership.objects.get().segment == segment
