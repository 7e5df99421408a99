"""The pages of rules, and of what calling changed."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cdm.models import AutomationRule, CustomerSummary, InsightFit
from cdp.choices import Role
from cdp.models import AuditEntry, Membership
from cdp.tenancy.context import tenant_context
from tests.factories.cdm_insights import AutomationRuleFactory, RuleFiringFactory
from tests.factories.profiles import ProfileFactory
from tests.world import World

LIST = "/admin/crm/automation"
TYPED = {
    "name": "Silent VIPs",
    "is_active": "on",
    "c0-field": "orders",
    "c0-operator": "gte",
    "c0-value": "10",
    "c1-field": "last_order",
    "c1-operator": "gte",
    "c1-value": "90",
    "boost": "20",
}


@pytest.fixture
def admin(world: World) -> Client:
    return world.browser(world.alice)


def text(answer: object) -> str:
    return " ".join(answer.content.decode().split())  # type: ignore[attr-defined]


def undo(client: Client, answer: object) -> None:
    token = re.search(r'name="token" value="([^"]+)"', answer.content.decode())  # type: ignore[attr-defined]
    assert token
    assert client.post("/admin/undo", {"token": token[1]}).status_code == 302


@pytest.mark.conforms("R112")
def test_a_rule_is_written_without_any_javascript(world: World, admin: Client) -> None:
    shown = admin.post(f"{LIST}/save", {"name": "Silent VIPs", "c0-field": "customer_type", "act": "reshape"})
    assert 'name="c0-operator"' in text(shown)
    assert '<option value="inactive"' in text(shown), "the field's values can be chosen"
    assert 'name="c1-field"' in text(shown), "there is a row for one more"
    with tenant_context(world.acme):
        assert not AutomationRule.objects.exists()
    answer = admin.post(f"{LIST}/save", TYPED)
    assert answer.status_code == 302
    with tenant_context(world.acme):
        rule = AutomationRule.objects.get()
        assert rule.actions == {"boost": 20}
        assert rule.is_active
    page = text(admin.get(LIST))
    assert "orders at least 10" in page
    assert "adds 20 points" in page
    assert 'value="90"' in text(admin.get(answer["location"]))


def test_what_is_wrong_is_told_where_it_was_typed_and_nothing_is_written(world: World, admin: Client) -> None:
    answer = admin.post(f"{LIST}/save", {**TYPED, "c1-value": "ages", "boost": "900", "name": ""})
    assert answer.status_code == 400
    page = text(answer)
    assert "Write a number." in page
    assert "less than or equal to 50" in page
    assert 'value="ages"' in page
    answer = admin.post(f"{LIST}/save", {**TYPED, "boost": "", "webhook": "http://127.0.0.1/hook"})
    assert answer.status_code == 400
    assert "private network" in text(answer)
    with tenant_context(world.acme):
        assert not AutomationRule.objects.exists()


def test_customers_are_counted_before_anything_is_saved(world: World, admin: Client) -> None:
    with tenant_context(world.acme):
        CustomerSummary.objects.create(profile=ProfileFactory(name="Mali"), orders=12)
        CustomerSummary.objects.create(profile=ProfileFactory(name="Somchai"), orders=2)
    with tenant_context(world.zenith):
        CustomerSummary.objects.create(profile=ProfileFactory(name="Thandi"), orders=50)
    typed = {"c0-field": "orders", "c0-operator": "gte", "c0-value": "10"}
    page = text(admin.post(f"{LIST}/count", typed, headers={"hx-request": "true"}))
    assert '<strong class="count__number">1</strong> customer matches now' in page
    assert "Mali" in page
    assert "Complete the conditions" in text(admin.post(f"{LIST}/count", {**typed, "c0-value": "x"}))
    whole = text(admin.post(f"{LIST}/save", {**typed, "act": "count"}))
    assert "customer matches now" in whole


def test_a_change_on_an_old_version_is_refused_once_and_then_a_decision(world: World, admin: Client) -> None:
    location = admin.post(f"{LIST}/save", TYPED)["location"]
    admin.post(f"{location}/save", {**TYPED, "boost": "30", "version": "1"})
    answer = admin.post(f"{location}/save", {**TYPED, "boost": "40", "version": "1"})
    assert answer.status_code == 409
    assert 'name="version" value="2"' in text(answer)
    with tenant_context(world.acme):
        assert AutomationRule.objects.get().actions == {"boost": 30}
        entry = AuditEntry.objects.filter(verb="rule.change").latest("pk")
    admin.post(f"{location}/undo", {"entry": str(entry.pk)})
    with tenant_context(world.acme):
        assert AutomationRule.objects.get().actions == {"boost": 20}


def test_rules_are_switched_moved_and_removed(world: World, admin: Client) -> None:
    with tenant_context(world.acme):
        first, second = AutomationRuleFactory(position=0), AutomationRuleFactory(position=1)
    admin.post(f"{LIST}/{second.pk}/move", {"to": "up"})
    admin.post(f"{LIST}/{first.pk}/off")
    with tenant_context(world.acme):
        assert list(AutomationRule.objects.values_list("pk", "is_active")) == [
            (second.pk, True), (first.pk, False),
        ]  # fmt: skip
    admin.post(f"{LIST}/{first.pk}/remove")
    assert admin.get(f"{LIST}/{first.pk}").status_code == 404
    assert first.name in text(admin.get(LIST))

    admin.post(f"{LIST}/{first.pk}/restore")
    with tenant_context(world.acme):
        assert AutomationRule.objects.get(pk=first.pk).removed_at is None
    assert admin.get(f"{LIST}/{first.pk}").status_code == 200


def test_the_message_of_a_removal_offers_to_undo_it(world: World, admin: Client) -> None:
    with tenant_context(world.acme):
        rule = AutomationRuleFactory()
    undo(admin, admin.post(f"{LIST}/{rule.pk}/remove", follow=True))
    with tenant_context(world.acme):
        stored = AutomationRule.objects.get()
    assert (stored.removed_at, stored.is_active) == (None, True)


def test_what_was_never_removed_is_not_brought_back(world: World, admin: Client) -> None:
    with tenant_context(world.acme):
        rule = AutomationRuleFactory(name="Mine")
    assert world.browser(world.charlie).post(f"{LIST}/{rule.pk}/restore").status_code == 302
    admin.post(f"{LIST}/{rule.pk}/restore")
    with tenant_context(world.acme):
        assert AutomationRule.objects.get().version == rule.version


def test_agents_and_strangers_may_not(world: World) -> None:
    with tenant_context(world.acme):
        rule = AutomationRuleFactory()
    assert world.browser(world.bob).get(LIST).status_code == 403
    assert world.browser(world.bob).post(f"{LIST}/save", TYPED).status_code == 403
    assert world.browser(world.charlie).get(f"{LIST}/{rule.pk}").status_code == 404
    assert world.browser(world.charlie).post(f"{LIST}/{rule.pk}/off").status_code == 404
    with tenant_context(world.acme):
        assert AutomationRule.objects.get().is_active


def test_the_list_takes_as_many_statements_however_many_rules(
    world: World, admin: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with tenant_context(world.acme):
        for _ in range(5):
            RuleFiringFactory()
    with django_assert_max_num_queries(16):
        admin.get(LIST)


@pytest.mark.conforms("R175")
def test_recommendations_are_ordered_by_hand_and_the_run_is_told(world: World, admin: Client) -> None:
    admin.post(f"{LIST}/make")
    with tenant_context(world.acme):
        fit = InsightFit.objects.get()
        assert fit.ordered_by == str(world.by)
        assert AuditEntry.objects.filter(verb="recommendations.order", object_id=fit.pk).exists()
    assert "Recommendations are being made" in text(admin.get(LIST))
    assert "right now" in text(admin.post(f"{LIST}/make", follow=True))


@pytest.mark.conforms("B115")
def test_everybody_sees_what_calling_changed(world: World) -> None:
    Membership.objects.filter(user=world.bob).update(role=Role.ANALYST)
    page = text(world.browser(world.bob).get("/admin/crm/holdout?days=60"))
    assert "Too few to tell" in page
    assert "20 % of the customers" in page
    assert world.browser(world.bob).get("/admin/crm/holdout?days=x").status_code == 200


@pytest.mark.parametrize(
    "days",
    ["00309999999999", "9" * 5000, "\u0663\u0660", "-30"],
    ids=["padded", "long", "arabic", "negative"],
)
def test_a_hostile_number_of_days_shows_the_usual_ones(world: World, days: str) -> None:
    answer = world.browser(world.bob).get("/admin/crm/holdout", {"days": days})
    assert answer.status_code == 200
    assert answer.context["days"] == 30
