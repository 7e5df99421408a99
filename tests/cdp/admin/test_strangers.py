"""Nothing of another company can be seen, changed, chosen or ended through the admin."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.messages import get_messages
from django.db import models
from django.urls import reverse

from cdp.choices import Role
from cdp.models import Membership, Tenant
from cdp.tenancy.context import tenant_context
from profiles.models import Profile, ProfileTag, SegmentMembership, Tag
from tests.cdp.admin.rows import OURS, address, rows_of
from tests.factories.profiles import ProfileFactory, TagFactory
from tests.world import World


def is_refused(answer: Any) -> bool:
    """Tell Django's "there is no such row" (a redirect with a message) or a plain refusal."""
    if answer.status_code != 302:
        return answer.status_code in {403, 404}
    texts = [str(message) for message in get_messages(answer.wsgi_request)]
    return answer["Location"] == reverse("admin:index") and any("exist" in text for text in texts)


def snapshot(row: models.Model, tenant: Tenant) -> dict[str, Any]:
    with tenant_context(tenant):
        return type(row)._base_manager.filter(pk=row.pk).values().get()


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_strangers_row_is_not_there_and_stays_as_it_is(world: World, model: type[models.Model]) -> None:
    theirs = rows_of(world, world.zenith)[model]
    browser = world.browser(world.alice)
    before = snapshot(theirs, world.zenith)
    for page in ("change", "history", "delete"):
        assert is_refused(browser.get(address(model, page, theirs.pk))), page
    for page, data in (("change", {"name": "Taken", "is_active": ""}), ("delete", {"post": "yes"})):
        assert is_refused(browser.post(address(model, page, theirs.pk), data)), page
    assert snapshot(theirs, world.zenith) == before


def listed(world: World, model: type[models.Model]) -> set[Any]:
    """Return the keys of all rows of a list, page after page."""
    browser, path = world.browser(world.alice), address(model, "changelist")
    pages = browser.get(path).context["cl"].paginator.page_range
    lists = [browser.get(path, {"p": number}).context["cl"].result_list for number in pages]
    with tenant_context(world.acme):
        return {row.pk for rows in lists for row in rows}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_lists_show_own_rows_only(world: World, model: type[models.Model]) -> None:
    mine, theirs = rows_of(world, world.acme)[model], rows_of(world, world.zenith)[model]
    shown = listed(world, model)
    assert mine.pk in shown
    assert theirs.pk not in shown


@pytest.mark.parametrize("action", ["tag", "segment", "deactivate", "reactivate"])
def test_bulk_actions_pass_over_a_strangers_customer(world: World, action: str) -> None:
    with tenant_context(world.zenith):
        theirs = ProfileFactory()
    data = {"action": action, "_selected_action": [str(theirs.pk)], "names": "Mine"}
    world.browser(world.alice).post(address(Profile, "changelist"), data)
    assert snapshot(theirs, world.zenith)["version"] == 1
    with tenant_context(world.zenith):
        assert not ProfileTag.objects.exists()
        assert not SegmentMembership.objects.exists()


def test_autocomplete_offers_own_rows_only(world: World) -> None:
    with tenant_context(world.acme):
        TagFactory(name="Shared word acme")
    with tenant_context(world.zenith):
        TagFactory(name="Shared word zenith")
    query = {"app_label": "profiles", "model_name": "profiletag", "field_name": "tag", "term": "shared"}
    answer = world.browser(world.alice).get(reverse("admin:autocomplete"), query)
    assert [row["text"] for row in answer.json()["results"]] == ["Shared word acme"]


def test_a_forged_choice_is_a_form_error(world: World) -> None:
    with tenant_context(world.zenith):
        their_tag = TagFactory()
    with tenant_context(world.acme):
        my_profile = ProfileFactory()
    data = {"profile": str(my_profile.pk), "tag": str(their_tag.pk)}
    answer = world.browser(world.alice).post(address(ProfileTag, "add"), data)
    assert answer.status_code == 200
    assert "tag" in answer.context["adminform"].form.errors
    with tenant_context(world.acme):
        assert not ProfileTag.objects.exists()


@pytest.mark.parametrize(
    "wrong", ["not-a-uuid", "%00", "0", "9" * 60, "01890000-0000-7000-8000-000000000000"]
)
@pytest.mark.parametrize("model", [Profile, Tag, Membership], ids=lambda model: model.__name__)
def test_an_impossible_key_is_refused_politely(world: World, model: type[models.Model], wrong: str) -> None:
    browser = world.browser(world.alice)
    path = address(model, "changelist")
    answers = [browser.get(f"{path}{wrong}/{page}/") for page in ("change", "history", "delete")]
    answers.append(browser.post(path, {"action": "deactivate", "_selected_action": [wrong]}))
    assert {answer.status_code for answer in answers} <= {200, 302, 400, 403, 404}


def test_the_admin_of_another_company_is_a_member_there_only(world: World) -> None:
    Membership.objects.create(tenant=world.zenith, user=world.alice, role=Role.AGENT)
    browser = world.browser(world.alice)
    browser.post(reverse("switch-tenant"), {"tenant": str(world.zenith.pk)})
    for model in (Membership, Tenant):
        assert browser.get(address(model, "changelist")).status_code == 403
    assert (
        admin.site._registry[Membership]
        .get_queryset(browser.get(reverse("admin:index")).wsgi_request)
        .get(user=world.charlie)
    )
