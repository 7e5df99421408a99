"""Ids follow time, so that new rows land at the end of every index."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cdp.ids import uuid7, uuid7_at


def test_ids_are_of_version_seven_and_never_repeat() -> None:
    ids = [uuid7() for _ in range(1000)]
    assert len(set(ids)) == 1000
    assert {key.version for key in ids} == {7}


def test_an_id_of_a_moment_sorts_by_that_moment() -> None:
    moments = [datetime(2020, 1, 1, tzinfo=UTC) + timedelta(milliseconds=7 * n) for n in range(200)]
    ids = [uuid7_at(moment) for moment in moments]
    assert ids == sorted(ids)
    assert uuid7_at(moments[0]) < uuid7()
    assert int(uuid7_at(moments[0])) >> 80 == int(moments[0].timestamp() * 1000)
