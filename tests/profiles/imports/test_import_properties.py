"""What holds for every file: chunks do not matter, and the ranks are those of online resolution."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cdp.models import Tenant
from profiles.identity import Hints, IdentifierHint, find_matches
from profiles.imports.models import ImportRow, ImportRun
from profiles.imports.operations.preview import preview_import
from profiles.models import Profile
from tests.profiles.imports.steps import run, start, state
from tests.world import World

HEADER = ["externalId", "memberId", "email", "phone", "firstName", "name", "city", "tags", "attributes.n"]
TARGETS = [
    *("external_id", "member_id", "email", "phone", "first_name", "name", "address.city", "tags"),
    "attributes.n",
]
EMAILS = ["", "", "a@example.com", "b@example.com", "c@example.com", "broken"]
PHONES = ["", "", "0811111111", "0822222222", "0833333333"]
Row = tuple[str, ...]

rows_of_files = st.lists(
    st.tuples(
        st.sampled_from(["", "", "E1", "E2", "E3"]),
        st.sampled_from(["", "", "", "M1", "M2"]),
        st.sampled_from(EMAILS),
        st.sampled_from(PHONES),
        st.sampled_from(["", "Mali", "Som", "Dao"]),
        st.sampled_from(["", "", "", "Khun Mali"]),
        st.sampled_from(["", "Bangkok", "Rayong"]),
        st.sampled_from(["", "", "VIP", "VIP;Gold"]),
    ),
    min_size=1,
    max_size=12,
)
with_database = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def in_a_world_of_its_own(act: Callable[[], Any]) -> Any:
    """Do something in the database, return what came of it, and leave no trace."""
    with transaction.atomic():
        result = act()
        transaction.set_rollback(True)
    return result


def as_file(rows: list[Row], first: int = 0) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADER)
    # Every row says something of its own: a record repeated word for word is not applied twice.
    writer.writerows([*row, str(number)] for number, row in enumerate(rows, start=first))
    return out.getvalue()


def outcome(world: World, rows: list[Row], chunk_rows: int) -> tuple[Any, ...]:
    done = import_rows(world, as_file(rows), chunk_rows)
    became = ImportRow.objects.filter(run=done).order_by("row_no")
    return state(), list(became.values_list("row_no", "action", "changes", "errors")), done.counts


def import_rows(world: World, text: str, chunk_rows: int = 2000) -> ImportRun:
    draft = start(world, text)
    # A few rows of broken addresses would let the guess take the column for something else.
    ImportRun.objects.filter(pk=draft.pk).update(mapping=TARGETS)
    return run(world, draft, chunk_rows=chunk_rows)


@with_database
@given(rows=rows_of_files, sizes=st.sets(st.integers(1, 11), min_size=1, max_size=2))
def test_the_size_of_chunks_changes_nothing(
    world: World, acme: Tenant, rows: list[Row], sizes: set[int]
) -> None:
    whole = in_a_world_of_its_own(partial(outcome, world, rows, 2000))
    for size in sizes:
        assert in_a_world_of_its_own(partial(outcome, world, rows, size)) == whole


@with_database
@given(rows=rows_of_files)
def test_a_file_leaves_what_its_rows_leave_one_import_each(
    world: World, acme: Tenant, rows: list[Row]
) -> None:
    def one_by_one() -> Any:
        for number, row in enumerate(rows):
            import_rows(world, as_file([row], first=number))
        return state()

    assert in_a_world_of_its_own(one_by_one) == in_a_world_of_its_own(lambda: outcome(world, rows, 2000)[0])


@with_database
@given(rows=rows_of_files)
def test_importing_a_file_twice_is_importing_it_once(world: World, acme: Tenant, rows: list[Row]) -> None:
    def twice() -> tuple[Any, Any]:
        first = outcome(world, rows, 2000)[0]
        return first, outcome(world, rows, 3)[0]

    first, second = in_a_world_of_its_own(twice)
    assert first == second


@with_database
@given(rows=rows_of_files, probe=rows_of_files.map(lambda rows: rows[0]), fates=st.lists(st.integers(0, 9)))
def test_a_row_finds_whom_online_resolution_finds(
    world: World, acme: Tenant, rows: list[Row], probe: Row, fates: list[int]
) -> None:
    def both() -> tuple[Any, Any]:
        import_rows(world, as_file(rows))
        give_fates(fates)
        hints = Hints(
            email=probe[2] if "@" in probe[2] else "",
            phone=f"+66{probe[3][1:]}" if probe[3] else "",
            ids={"memberId": probe[1]} if probe[1] else {},
            identifiers=(IdentifierHint("ERP", probe[0], "CUSTOMER"),) if probe[0] else (),
        )
        matches = find_matches(hints, is_phone_enough=False)
        draft = start(world, as_file([probe], first=99))
        ImportRun.objects.filter(pk=draft.pk).update(mapping=TARGETS)
        preview = preview_import(tenant=acme, by=world.by, run_id=draft.pk)
        return matches, preview.sample[0]

    matches, row = in_a_world_of_its_own(both)
    if row.action == "error":
        return
    expected = matches[0].profile.pk if matches else None
    assert (row.profile_id, row.action == "create") == (expected, expected is None)
    for other in {match.profile.pk for match in matches} - {expected}:
        assert str(other) in " ".join(row.notes)


def give_fates(fates: list[int]) -> None:
    """Merge, deactivate or delete some of the customers."""
    profiles = list(Profile.objects.order_by("created_at"))
    for profile, fate in zip(profiles, fates, strict=False):
        chosen = Profile.objects.filter(pk=profile.pk)
        if fate == 0:
            chosen.update(status="DELETED")
        elif fate == 1:
            chosen.update(status="INACTIVE")
        elif fate == 2 and profile is not profiles[-1]:
            chosen.update(status="MERGED", merged_into=profiles[-1])
