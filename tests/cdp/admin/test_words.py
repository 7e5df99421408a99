"""What is written in code is read in words."""

from __future__ import annotations

import ast

import pytest
from django.conf import settings
from django.utils import timezone, translation

from cdm.operations.log_interaction import log_interaction
from cdm.records.interaction import InteractionRecord
from cdp.adminsite.history import line_of
from cdp.adminsite.verbs import verb_in_words
from cdp.ids import uuid7
from cdp.models import AuditEntry, Membership
from cdp.navigation import unfold_settings
from cdp.operations.change_role import change_role
from cdp.tenancy.context import tenant_context
from tests.factories.profiles import ProfileFactory
from tests.world import World


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("profile.update", "Changed"),
        ("tag.create", "Created"),
        ("member.change_role", "Changed the role"),
        ("member.deactivate", "Shut out"),
        ("profile.deactivate", "Deactivated"),
        ("update", "Changed"),
        ("somebody.does_something", "Does something"),
    ],
)
def test_verbs_are_told_in_words(verb: str, words: str) -> None:
    assert verb_in_words(verb) == words


def _verbs() -> set[str]:
    """Return what the code gives the audit trail as ``verb``; of a composed one the part that is fixed."""
    found: set[str] = set()
    for app in ("cdp", "profiles", "unify", "campaigns", "cdm"):
        for path in (settings.BASE_DIR / app).rglob("*.py"):
            nodes = ast.walk(ast.parse(path.read_text()))
            said = [node for node in nodes if isinstance(node, ast.keyword) and node.arg == "verb"]
            for value in [one.value for one in said]:
                parts = value.values if isinstance(value, ast.JoinedStr) else [value]
                last = parts[-1]
                if isinstance(last, ast.Constant) and "." in str(last.value):
                    found.add(str(last.value))
    return found


@pytest.mark.parametrize("language", ["th", "bn"])
def test_every_act_is_told_in_the_language_of_the_page(language: str) -> None:
    verbs = _verbs()
    assert {"profile.update", "webhook_secret.rotate", ".purge"} <= verbs
    with translation.override(language):
        assert [verb for verb in sorted(verbs) if verb_in_words(verb).isascii()] == []


def test_the_audit_trail_names_acts_and_fields_as_people_do(world: World) -> None:
    bob = Membership.objects.get(user=world.bob)
    change_role(tenant=world.acme, by=world.by, member_id=bob.pk, role="manager")
    page = world.browser(world.alice).get("/admin/cdp/auditentry/").content.decode()
    assert "Changed the role" in page
    assert "change_role" not in page
    assert ">Role<" in page


def test_chosen_values_are_called_what_pages_call_them(world: World) -> None:
    with tenant_context(world.acme):
        entry = AuditEntry(
            actor_kind="user", actor_label="Alice", verb="profile.update", object_type="profiles.profile",
            changes={"status": ["ACTIVE", "INACTIVE"], "name": ["ACTIVE", "Mali"], "gone": ["x", "y"]},
        )  # fmt: skip
        entry.at = timezone.now()
        entry.object_id = uuid7()
        shown = {change.field: (change.before, change.after) for change in line_of(entry, None).changes}
    assert shown == {"Status": ("Active", "Deactivated"), "Name": ("ACTIVE", "Mali"), "Gone": ("x", "y")}


def test_the_menu_calls_lists_what_their_pages_call_them(world: World) -> None:
    world.alice.is_superuser = True
    world.alice.save()
    browser = world.browser(world.alice)
    menu = {
        str(item["title"]): item
        for group in unfold_settings()["SIDEBAR"]["navigation"]
        for item in group["items"]
    }
    for title in ("Members", "People", "Companies", "API keys"):
        page = browser.get(str(menu[title]["link"])).content.decode()
        assert f"<title>{title}" in " ".join(page.split()).replace("<title> ", "<title>"), title
    settings = browser.get(f"/admin/cdp/tenant/{world.acme.pk}/change/").content.decode()
    assert "Settings" in settings.split("</title>")[0]


def test_what_happened_last_is_told_with_names(world: World) -> None:
    with tenant_context(world.acme):
        person = ProfileFactory(name="Malee Rakdee")
        said = {"interaction_type": "call", "interaction_direction": "outbound", "subject": "About the tea"}
        record = InteractionRecord.parse(said, tenant=world.acme)
        log_interaction(tenant=world.acme, by=world.by, profile_id=person.pk, record=record)
    page = world.browser(world.alice).get("/admin/").content.decode()
    assert "<strong>Logged</strong>" in page
    assert "Interaction About the tea" in page
