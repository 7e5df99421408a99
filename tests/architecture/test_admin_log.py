"""Django's own admin log has no tenant, and names rows: nothing may be written there."""

from __future__ import annotations

from django.contrib.admin.models import LogEntry

from cdp.tenancy.context import tenant_context
from profiles.models import Tag
from tests.world import World


def test_the_admin_writes_the_audit_trail_and_not_its_own_log(world: World) -> None:
    browser = world.browser(world.alice)
    assert browser.post("/admin/profiles/tag/add/", {"name": "VIP", "color": "#000000"}).status_code == 302
    with tenant_context(world.acme):
        tag = Tag.objects.get()
    address = f"/admin/profiles/tag/{tag.pk}"
    assert browser.post(f"{address}/change/", {"name": "Gold", "color": "#000000"}).status_code == 302
    assert browser.post(f"{address}/delete/", {"post": "yes"}).status_code == 302
    with tenant_context(world.acme):
        assert not Tag.objects.exists()
    assert not LogEntry.objects.exists()
