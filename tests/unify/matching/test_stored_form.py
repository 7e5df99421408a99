"""Prepared records and their keys in a database, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unify.matching.conftest import Prepare
from unify.matching import hashed_key, hashed_keys, kind_of
from unify.matching.batch_tables import (
    connect,
    load_stored,
    load_table,
    record_table,
    stored_copy_sql,
    stored_line,
)
from unify.matching.blocking import KINDS, blocking_keys
from unify.matching.key_hashes import KIND_NUMBERS
from unify.matching.record import ORGANISATION, PersonRecord

anything = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["person", ORGANISATION]),
        **{
            name: st.text(max_size=20)
            for name in ("first_name", "last_name", "name", "company", "street", "city", "postal_code")
        },
        "emails": st.lists(st.emails() | st.just('"a\\b"@x.com') | st.just("a\\\\b@x.com"), max_size=2),
        "phones": st.lists(st.from_regex(r"0[0-9]{8,9}", fullmatch=True), max_size=2),
        "birth_date": st.sampled_from(["", "1990-04-03", "2533-04-03", "soon"]),
        "tax_id": st.text(max_size=13),
        "auth_id": st.sampled_from(["", "u1", "ü\\\n"]),
        "extras": st.dictionaries(st.just("extra_1"), st.text(max_size=9)),
    }
)
FULL: dict[str, Any] = {
    "first_name": "Ann",
    "last_name": "Lee",
    "emails": ["ann.lee@x.com", "a\\b@x.com"],
    "phones": ["0812345678"],
    "birth_date": "1990-04-03",
    "street": "12 Main Road",
    "auth_id": 'a"b\\',
}


def lines_of(records: Iterable[PersonRecord]) -> Iterator[bytes]:
    return (stored_line(record.id, record.to_json(), hashed_keys(record)) for record in records)


def loaded(rows: Iterable[bytes | bytearray | memoryview]) -> pa.Table:
    with connect() as duckdb:
        load_stored(duckdb, rows)
        return duckdb.sql("FROM records ORDER BY record_id").to_arrow_table()


def rows_of(table: pa.Table) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.select(sorted(table.column_names)).to_pylist()
    return rows


def expected(records: list[PersonRecord]) -> pa.Table:
    with connect() as duckdb:
        load_table(duckdb, record_table(records))
        return duckdb.sql("FROM records ORDER BY record_id").to_arrow_table()


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=anything)
def test_a_stored_record_comes_back_as_it_was(person: Prepare, values: dict[str, Any]) -> None:
    record = person("7", **values)

    assert PersonRecord.from_json("7", record.to_json()) == record
    assert PersonRecord.from_json("7", json.loads(record.to_json())) == record


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(several=st.lists(anything, min_size=1, max_size=5))
def test_stored_lines_give_the_table_that_records_give(
    person: Prepare, several: list[dict[str, Any]]
) -> None:
    records = [person(str(n), **{**values, "extras": {}}) for n, values in enumerate(several)]

    assert rows_of(loaded(lines_of(records))) == rows_of(expected(records))


@pytest.mark.django_db
def test_the_database_writes_the_same_lines(person: Prepare) -> None:
    records = [person("0b0c", **FULL), person("0b0d")]
    copy = stored_copy_sql("id", "stored", "keys", "stored_records ORDER BY id")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE stored_records (id text, stored jsonb, keys bigint[])")
        for record in records:
            cursor.execute(
                "INSERT INTO stored_records VALUES (%s, %s, %s)",
                [record.id, record.to_json(), hashed_keys(record)],
            )
        with cursor.copy(copy) as rows:
            table = loaded(rows)

    assert rows_of(table) == rows_of(expected(records))


def test_what_is_unknown_takes_no_room(person: Prepare) -> None:
    assert json.loads(person(first_name="Bo").to_json()) == {
        "kind": "person",
        "first_name": "bo",
        "first_forms": ["bo"],
        "first_words": ["bo"],
    }


def test_a_field_of_another_version_is_no_reason_to_fail() -> None:
    assert PersonRecord.from_json("1", '{"kind":"person","shoe_size":"44"}') == PersonRecord("1")


def test_the_fingerprint_changes_with_what_matching_looks_at(person: Prepare) -> None:
    same, other = person("2", **FULL), person("1", **{**FULL, "last_name": "Li"})

    assert person("1", **FULL).fingerprint() == same.fingerprint() != other.fingerprint()
    assert -(2**63) <= same.fingerprint() < 2**63


def test_the_numbers_of_keys_are_stored_and_never_change() -> None:
    assert hashed_key("e:ann@shop.com") == 576_418_896_997_841_292
    assert [kind_of(hashed_key(f"{kind}:x")) for kind in KINDS] == list(KINDS)
    assert len(set(KIND_NUMBERS.values())) == len(KINDS)
    assert all(0 < hashed_key(f"{kind}:x") < 2**63 for kind in KINDS)


def test_records_share_a_number_where_they_share_a_key(person: Prepare) -> None:
    one, other = person("1", **FULL), person("2", **{**FULL, "first_name": "Anna", "phones": []})
    shared = set(blocking_keys(one)) & set(blocking_keys(other))

    assert set(hashed_keys(one)) & set(hashed_keys(other)) == {hashed_key(key) for key in shared} != set()
    assert len(hashed_keys(one)) == len(blocking_keys(one))
