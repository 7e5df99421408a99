"""Doing something to several customers of the list, and taking it back."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from cdp.models import AuditEntry
from cdp.tenancy.context import tenant_context
from profiles.models import Profile, ProfileTag, SegmentMembership, Tag
from profiles.normalisation.names import clean_text
from tests.factories.profiles import ProfileFactory, SegmentFactory
from tests.profiles.views.conftest import LIST, Make, messages_of, undo_token
from tests.world import World

BULK = "/admin/customers/bulk"


def statuses(*people: Profile) -> list[str]:
    """Return what is stored."""
    return [Profile.objects.get(pk=person.pk).status for person in people]


def test_a_tag_is_put_on_and_undo_takes_it_off_those_who_did_not_have_it(alice: Client, make: Make) -> None:
    had, fresh = make(name="Had", tags=[{"name": "Golf", "color": "#FF0000"}]), make(name="Fresh")
    response = alice.post(
        BULK, {"act": "tag", "name": "golf", "ids": [had.pk, fresh.pk], "next": f"{LIST}?sort=name"}
    )
    assert response.headers["Location"] == f"{LIST}?sort=name"
    assert Tag.objects.get().color == "#FF0000", "the tag is found however it is capitalised"
    assert ProfileTag.objects.count() == 2
    html = messages_of(alice)
    assert "2 customers have the tag “Golf” now." in html
    alice.post("/admin/undo", {"token": undo_token(html), "next": LIST})
    assert [link.profile_id for link in ProfileTag.objects.all()] == [had.pk]


def test_customers_are_put_into_a_segment_and_taken_out_again(alice: Client, make: Make) -> None:
    people = [make(name=f"Person {number}") for number in range(3)]
    segment = SegmentFactory(name="Readers")
    alice.post(BULK, {"act": "segment", "segment": segment.pk, "ids": [person.pk for person in people]})
    assert SegmentMembership.objects.count() == 3
    alice.post("/admin/undo", {"token": undo_token(messages_of(alice))})
    assert SegmentMembership.objects.count() == 0


def test_deactivating_can_be_undone_and_leaves_the_inactive_alone(alice: Client, make: Make) -> None:
    active, inactive = make(name="A"), make(name="B", status="INACTIVE")
    alice.post(BULK, {"act": "deactivate", "ids": [active.pk, inactive.pk]})
    assert statuses(active, inactive) == ["INACTIVE", "INACTIVE"]
    html = messages_of(alice)
    assert "1 customer is inactive now." in html
    alice.post("/admin/undo", {"token": undo_token(html)})
    assert statuses(active, inactive) == ["ACTIVE", "INACTIVE"]


def test_reactivating_can_be_undone(alice: Client, make: Make) -> None:
    person = make(name="B", status="INACTIVE")
    alice.post(BULK, {"act": "reactivate", "ids": [person.pk]})
    assert statuses(person) == ["ACTIVE"]
    alice.post("/admin/undo", {"token": undo_token(messages_of(alice))})
    assert statuses(person) == ["INACTIVE"]


def test_an_agent_may_tag_and_not_deactivate(bob: Client, make: Make) -> None:
    person = make(name="Somchai")
    assert 'value="deactivate"' not in bob.get(LIST).content.decode()
    assert bob.post(BULK, {"act": "deactivate", "ids": [person.pk]}).status_code == 403
    assert statuses(person) == ["ACTIVE"]
    bob.post(BULK, {"act": "tag", "name": "Golf", "ids": [person.pk]})
    assert ProfileTag.objects.count() == 1


@pytest.mark.parametrize("typed", ["VIP  Gold", "Cafe\u0301"])
def test_a_tag_is_the_same_however_it_is_typed(alice: Client, make: Make, typed: str) -> None:
    Tag.objects.create(name=typed)  # as it may stand in a database that has not cleaned its names
    clean = clean_text(typed)
    person, other = make(name="Somchai"), make(name="Malee")
    assert alice.post(BULK, {"act": "tag", "name": typed, "ids": [person.pk]}).status_code == 302
    assert alice.post(f"/admin/customers/{other.pk}/tags", {"name": typed}).status_code == 302
    assert ProfileTag.objects.filter(tag__name=clean).count() == 2
    assert alice.post(f"/admin/customers/{other.pk}/tags", {"name": clean.upper()}).status_code == 302
    assert f"The tag “{clean}” was there already." in messages_of(alice)


def test_an_analyst_may_do_nothing_to_many(analyst: Client, make: Make) -> None:
    person = make(name="Somchai")
    before = AuditEntry.objects.count()
    response = analyst.post(BULK, {"act": "tag", "name": "Golf", "ids": [person.pk]})
    assert response.status_code == 403
    assert AuditEntry.objects.count() == before
    assert not Tag.objects.exists()


def test_a_strangers_customer_among_the_chosen_is_left_alone(alice: Client, world: World, make: Make) -> None:
    own = make(name="Somchai")
    with tenant_context(world.zenith):
        stranger = ProfileFactory()
    alice.post(BULK, {"act": "deactivate", "ids": [own.pk, stranger.pk]})
    assert statuses(own) == ["INACTIVE"]
    with tenant_context(world.zenith):
        assert statuses(stranger) == ["ACTIVE"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"act": "", "ids": ["x"]}, "Choose what to do."),
        ({"act": "drop tables"}, "Choose what to do."),
        ({"act": "tag", "name": "Golf"}, "Choose one or more customers first."),
        (
            {"act": "tag", "name": "Golf", "ids": ["\x00", "1", "x" * 999]},
            "Choose one or more customers first.",
        ),
        ({"act": "tag", "name": "\x00", "ids": [str(uuid.uuid4())]}, "Write the name of a tag."),
        ({"act": "tag", "name": "x" * 99, "ids": [str(uuid.uuid4())]}, "Write the name of a tag."),
        ({"act": "segment", "segment": "1", "ids": [str(uuid.uuid4())]}, "Choose a segment."),
        ({"act": "deactivate", "ids": [str(uuid.uuid4())]}, "There was nothing to change."),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_written(
    alice: Client, make: Make, said: dict[str, object], told: str
) -> None:
    before = AuditEntry.objects.count()
    assert alice.post(BULK, said).headers["Location"] == LIST
    assert told in messages_of(alice)
    assert AuditEntry.objects.count() == before
    assert not Tag.objects.exists()


def test_a_foreign_return_address_is_not_followed(alice: Client, make: Make) -> None:
    person = make(name="Somchai")
    for address in ("https://evil.example/", "//evil.example", "javascript:alert(1)", "\r\nX-Bad: 1"):
        response = alice.post(BULK, {"act": "tag", "name": "Golf", "ids": [person.pk], "next": address})
        assert response.headers["Location"].startswith(("/admin/customers/cdm", "%0D%0A")), address


def test_the_bulk_address_takes_posts_only(alice: Client) -> None:
    assert alice.get(BULK).status_code == 405
