"""Columns that number the rows, and columns of ids."""

from __future__ import annotations

import pytest

from profiles.imports.columns import guess_mapping


def targets(header: str, *rows: str) -> list[str]:
    return [guess.target for guess in guess_mapping(header.split(","), [row.split(",") for row in rows])]


@pytest.mark.parametrize("heading", ["ลำดับ", "ลำดับที่", "No.", "Nr", "Number", "番号", "#"])
def test_the_numbers_of_the_rows_are_no_ids(heading: str) -> None:
    found = targets(f"{heading},ชื่อ,เบอร์โทร", "1,Mali,0812345678", "2,Som,0812345679")
    assert found[0].startswith("attributes.")
    assert found[1:] == ["name", "phone"]


@pytest.mark.parametrize("heading", ["ID", "Code", "key", "รหัส", "আইডি"])
@pytest.mark.parametrize(
    ("ids", "is_id"),
    [
        (["1", "2", "3"], False),
        (["301", "302", "303"], False),
        (["1"], False),
        (["3", "1", "2"], True),
        (["1", "2", "4"], True),
        (["0001", "0002"], True),
        (["104201", "104202", "104203"], True),
        (["C1", "C2"], True),
        ([], True),
    ],
)
def test_a_bare_id_is_one_unless_it_counts_the_rows(heading: str, ids: list[str], is_id: bool) -> None:
    found = targets(f"{heading},Name", *(f"{value},Mali" for value in ids))
    assert (found[0] == "external_id") == is_id


def test_a_heading_that_says_whose_id_it_is_is_believed() -> None:
    assert targets("Customer ID,Name", "1,Mali", "2,Som")[0] == "external_id"
