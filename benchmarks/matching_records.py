"""Prepared records of made-up customers, in a table of PostgreSQL as matching keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from profiles.demo.record import Record
from profiles.demo.stream import Stream
from unify.matching.key_hashes import hashed_keys
from unify.matching.record import ORGANISATION, PERSON, PersonRecord

REGION = "TH"
UNTIL = datetime(2026, 6, 1, tzinfo=UTC)
TABLE = "bench_match_records"


def fill(cursor: Any, count: int, *, seed: int = 11) -> None:
    """Make the temporary table of so many records."""
    cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
    cursor.execute(f"CREATE TEMP TABLE {TABLE} (profile_id uuid, prepared jsonb, keys bigint[])")
    with cursor.copy(f"COPY {TABLE} FROM STDIN") as rows:
        for record in prepared(count, seed=seed):
            rows.write_row((UUID(record.id), record.to_json(), hashed_keys(record)))
    cursor.execute(f"ANALYZE {TABLE}")


def prepared(count: int, *, seed: int = 11) -> Iterator[PersonRecord]:
    """The records, 12 % of people in shared households, about one in nine written down again."""
    for number, record in enumerate(Stream(count, region=REGION, seed=seed, until=UNTIL)):
        yield _prepared(number, record)


def _prepared(number: int, record: Record) -> PersonRecord:
    address = record.contact.address
    return PersonRecord.prepare(
        str(UUID(int=(0x0197_0000 << 96) | (7 << 76) | (2 << 62) | number)),
        region=REGION,
        today=UNTIL.date(),
        kind=ORGANISATION if record.firm else PERSON,
        first_name=record.naming.first_name,
        last_name=record.naming.last_name,
        name=record.naming.name,
        emails=(record.contact.email, record.contact.other_email),
        phones=(record.contact.phone, record.contact.other_phone),
        birth_date=record.born_on or "",
        street=address.street if address else "",
        postal_code=address.postal_code if address else "",
        city=address.city if address else "",
        tax_id=record.firm.tax_id if record.firm else "",
    )
