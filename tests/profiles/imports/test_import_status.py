"""An import deactivates and reactivates customers only for those who may."""

from __future__ import annotations

import pytest

from cdp.models import Tenant
from cdp.permissions import IMPORT_RUN, PROFILE_DELETE, PROFILE_READ
from profiles.imports.models import ImportRow
from profiles.models import Profile
from tests.factories.profiles import ProfileFactory
from tests.world import World


def send(world: World, scopes: list[str], *profiles: dict[str, str], dry_run: bool = False) -> None:
    body = {"source": "ERP", "profiles": list(profiles), "dryRun": dry_run}
    assert world.api(world.scoped_key(*scopes)).post("/profiles/import", body).status_code == 200


@pytest.mark.conforms("R154")
@pytest.mark.parametrize(("before", "said"), [("ACTIVE", "INACTIVE"), ("INACTIVE", "ACTIVE")])
def test_without_the_permission_the_status_stays_and_the_rest_is_imported(
    world: World, acme: Tenant, before: str, said: str
) -> None:
    known = ProfileFactory(email="mali@example.com", status=before)
    record = {"email": "mali@example.com", "status": said, "industry": "Golf"}
    send(world, [IMPORT_RUN, PROFILE_READ], record)
    known.refresh_from_db()
    assert (known.status, known.industry) == (before, "Golf")
    assert PROFILE_DELETE in ImportRow.objects.get().note


def test_with_the_permission_it_changes(world: World, acme: Tenant) -> None:
    known = ProfileFactory(email="mali@example.com")
    record = {"email": "mali@example.com", "status": "INACTIVE"}
    send(world, [IMPORT_RUN, PROFILE_READ, PROFILE_DELETE], record)
    known.refresh_from_db()
    assert known.status == "INACTIVE"
    assert known.deleted_at is not None


def test_a_new_customer_may_be_inactive_from_the_start(world: World, acme: Tenant) -> None:
    send(world, [IMPORT_RUN, PROFILE_READ], {"email": "mali@example.com", "status": "INACTIVE"})
    assert Profile.objects.get().status == "INACTIVE"
    assert not ImportRow.objects.get().note


def test_the_option_cannot_be_given_by_a_caller(world: World, acme: Tenant) -> None:
    body = {"source": "ERP", "profiles": [{"email": "a@example.com"}], "keepsStatus": False}
    assert world.api().post("/profiles/import", body).status_code == 400
