"""What an update of many customers costs the tallies grows with the rows, not with their square."""

from __future__ import annotations

import pytest
from django.db import connection

from cdp.models import Tenant
from profiles.choices import ProfileStatus
from profiles.models import Profile, ProfileTally
from tests.factories.profiles import ProfileFactory


@pytest.mark.parametrize("table", ["profiles", "customer_summaries"])
def test_no_trigger_of_tallies_holds_new_rows_against_old_ones(db: None, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_functiondef(tgfoid) FROM pg_trigger"
            " WHERE tgrelid = %s::regclass AND tgname LIKE 'tally%%'",
            [table],
        )
        functions = [definition for (definition,) in cursor.fetchall()]
    assert len(functions) == 3
    for definition in functions:
        # Aggregates read each row once; of a join the planner knows no sizes, and may loop.
        assert "JOIN" not in definition.upper()
        assert max(definition.count("FROM fresh"), definition.count("FROM stale")) == 1


def test_an_update_of_many_is_tallied_by_what_changed(acme: Tenant) -> None:
    for _ in range(3):
        ProfileFactory()
    ProfileTally.objects.all().delete()
    Profile.objects.update(updated_by="somebody")
    assert not ProfileTally.objects.exists()
    gone = Profile.objects.order_by("pk").first()
    assert gone is not None
    Profile.objects.filter(pk=gone.pk).update(status=ProfileStatus.INACTIVE)
    assert dict(ProfileTally.objects.values_list("status", "delta")) == {"ACTIVE": -1, "INACTIVE": 1}
