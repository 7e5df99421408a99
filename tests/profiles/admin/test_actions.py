"""What is done to many customers at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from cdp.choices import Role
from cdp.models import AuditEntry, Membership
from cdp.tenancy.context import tenant_context
from profiles.admin import actions
from profiles.models import Profile, ProfileTag, Segment, SegmentMembership, Tag
from tests.factories.profiles import ProfileFactory
from tests.world import World

LIST = "/admin/profiles/profile/"


@pytest.fixture
def chosen(world: World) -> list[str]:
    """Three customers of acme."""
    with tenant_context(world.acme):
        return [str(ProfileFactory().pk) for _ in range(3)]


def act(browser: Client, action: str, chosen: list[str], **data: Any) -> Any:
    return browser.post(LIST, {"action": action, "_selected_action": chosen, **data})


def told(answer: Any) -> str:
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def test_tags_are_asked_for_and_put_on(world: World, chosen: list[str]) -> None:
    browser = world.browser(world.alice)
    page = act(browser, "tag", chosen[:2])
    assert page.status_code == 200
    assert "2 customers" in page.content.decode()
    answer = act(browser, "tag", chosen[:2], names="Gold, Bangkok,, Gold")
    assert answer.status_code == 302
    assert told(answer) == "2 customers changed."
    with tenant_context(world.acme):
        assert ProfileTag.objects.count() == 4
        assert set(Tag.objects.values_list("name", flat=True)) == {"Gold", "Bangkok"}
        assert AuditEntry.objects.filter(verb="profile.tag").count() == 2


@pytest.mark.parametrize("names", ["", " , ,", "x" * 61, ",".join(f"t{n}" for n in range(21)), "a\x00b"])
def test_impossible_names_are_told_on_the_form(world: World, chosen: list[str], names: str) -> None:
    answer = act(world.browser(world.alice), "tag", chosen, names=names)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    with tenant_context(world.acme):
        assert not Tag.objects.exists()


def test_customers_go_into_segments_that_exist(world: World, chosen: list[str]) -> None:
    with tenant_context(world.acme):
        Segment.objects.create(name="Bangkok")
    with tenant_context(world.zenith):
        Segment.objects.create(name="Cape Town")
    browser = world.browser(world.alice)
    answer = act(browser, "segment", chosen, names="Bangkok, Cape Town")
    assert "There is no segment Cape Town." in answer.content.decode()
    assert act(browser, "segment", chosen, names="Bangkok").status_code == 302
    with tenant_context(world.acme):
        assert SegmentMembership.objects.count() == 3


def test_an_agent_tags_and_does_not_deactivate(world: World, chosen: list[str]) -> None:
    browser = world.browser(world.bob)
    act(browser, "deactivate", chosen)
    assert act(browser, "tag", chosen, names="Gold").status_code == 302
    with tenant_context(world.acme):
        assert Profile.objects.filter(status="ACTIVE").count() == 3
        assert ProfileTag.objects.count() == 3
    Membership.objects.filter(user=world.bob).update(role=Role.MANAGER)
    act(browser, "deactivate", chosen)
    with tenant_context(world.acme):
        assert Profile.objects.filter(status="INACTIVE").count() == 3


def test_too_many_at_once_are_refused_whole(
    world: World, chosen: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_AT_ONCE", 2)
    answer = act(world.browser(world.alice), "deactivate", [chosen[0]], select_across="1")
    assert "At most 2 customers" in told(answer)
    with tenant_context(world.acme):
        assert Profile.objects.filter(status="ACTIVE").count() == 3
