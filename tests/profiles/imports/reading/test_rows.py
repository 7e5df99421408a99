import csv
import io
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiles.imports.reading import DEFAULT_LIMITS, Limits, Row, RowError, UnreadableFile, detect, read_rows
from profiles.imports.reading.errors import LineTooLong
from tests.profiles.imports.reading.shapes import Read


def shape(rows: list[Row | RowError]) -> list[tuple[int, int, str]]:
    return [(row.row_no, row.line_no, row.code if isinstance(row, RowError) else "ok") for row in rows]


def test_quoted_newlines_belong_to_their_cell_and_lines_are_counted(read: Read) -> None:
    _, rows = read('a,b\n1,"x\r\ny\n\nz"\n2,w\n')

    assert rows[0].values == ["1", "x\r\ny\n\nz"]
    assert shape(rows) == [(1, 2, "ok"), (2, 6, "ok")]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_understood(newline: str, read: Read) -> None:
    dialect, rows = read(newline.join(["a,b", "1,2", "", "3,4"]))

    assert [row.values for row in rows] == [["1", "2"], ["3", "4"]]
    assert dialect.line_count >= 3


def test_empty_rows_are_skipped_and_not_numbered(read: Read) -> None:
    _, rows = read("a,b\n\n1,2\n,\n   \n3,4\n\n")

    assert shape(rows) == [(1, 3, "ok"), (2, 6, "ok")]


def test_short_rows_are_filled_and_empty_surplus_is_cut(read: Read) -> None:
    _, rows = read("a,b,c\n1\n1,2,3,, \n")

    assert [row.values for row in rows] == [["1", "", ""], ["1", "2", "3"]]


def test_a_row_with_too_many_cells_is_an_error_that_keeps_them(read: Read) -> None:
    _, rows = read("a,b\n1,2\n3,4,5\n6,7\n")

    assert shape(rows) == [(1, 2, "ok"), (2, 3, "too_many_cells"), (3, 4, "ok")]
    assert rows[1].values == ["3", "4", "5"]


def test_an_unclosed_quote_costs_its_own_line_only(read: Read) -> None:
    _, rows = read('a,b\n1,2\n3,"4\n5,6\n7,8\n')

    assert shape(rows) == [(1, 2, "ok"), (2, 3, "quote"), (3, 4, "ok"), (4, 5, "ok")]
    assert rows[1].values == ['3,"4']


def test_an_unclosed_quote_far_from_the_end_loses_no_row(read: Read) -> None:
    good = "".join(f"{n},name {n}\n" for n in range(30_000))

    _, rows = read(f'a,b\n{good}x,"open\n{good}')

    assert len(rows) == 60_001
    assert [row.line_no for row in rows if isinstance(row, RowError)] == [30_002]
    assert rows[-1] == Row(60_001, 60_002, ["29999", "name 29999"])


def test_a_quote_that_is_not_doubled_costs_its_own_line_only(read: Read) -> None:
    _, rows = read('a,b\n"ACME" Ltd,2\n"x ""y""",2\n5" pipe,3\n')

    assert shape(rows) == [(1, 2, "quote"), (2, 3, "ok"), (3, 4, "ok")]
    assert rows[1].values[0] == 'x "y"'


def test_two_unclosed_quotes_are_two_errors(read: Read) -> None:
    _, rows = read('a,b\n1,"x\n2,ok\n3,"y\n4,ok\n')

    assert shape(rows) == [(1, 2, "quote"), (2, 3, "ok"), (3, 4, "quote"), (4, 5, "ok")]


def test_a_null_character_costs_its_row(read: Read) -> None:
    _, rows = read("a,b\n" + "1,2\n" * 100 + "3,\x004\n" + "5,6\n" * 100)

    assert [row.row_no for row in rows if isinstance(row, RowError)] == [101]
    assert len(rows) == 201


def test_a_cell_at_the_limit_is_read_and_over_it_is_an_error(read: Read) -> None:
    limit = DEFAULT_LIMITS.cell_length

    _, rows = read(f"a,b\n1,{'x' * limit}\n2,{'x' * (limit + 1)}\n3,{'x' * 200_000}\n4,y\n")

    assert [code for _, _, code in shape(rows)] == ["ok", "cell_length", "cell_length", "ok"]


def test_a_file_without_line_ends_is_refused_before_it_fills_memory() -> None:
    limits = Limits(line_length=10_000)
    file = io.BytesIO(b"a,b\n" + b"x" * 50_000)

    with pytest.raises(LineTooLong, match="Line 2 has more than 10,000 characters"):
        detect(file, limits=limits)


def test_skipping_gives_the_same_rows_as_reading_all() -> None:
    text = 'a,b\n1,"x\ny"\n\n2,"z\n3,4\n' + "5,6\n" * 50
    file = io.BytesIO(text.encode())
    dialect = detect(file)
    rows = list(read_rows(file, dialect))

    for skip in range(len(rows) + 2):
        assert list(read_rows(file, dialect, skip=skip)) == rows[skip:]


def test_a_large_file_is_read_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    line = "C1,สมชาย,somchai@example.com,0812345678,99/1 ถนนสุขุมวิท กรุงเทพ 10110\n".encode()
    path.write_bytes(b"id,name,email,phone,address\n" + line * 200_000)

    tracemalloc.start()
    try:
        with path.open("rb") as file:
            count = sum(1 for _ in read_rows(file, detect(file)))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert count == 200_000
    assert path.stat().st_size > 18_000_000
    assert peak < 12_000_000


_CELLS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from(['"', ",", "\n", "\r"]), max_size=8
)


@given(
    st.lists(st.tuples(st.just("k"), _CELLS, _CELLS), min_size=1, max_size=8),
    st.sampled_from([",", ";", "\t", "|"]),
)
def test_whatever_csv_writes_is_read_back(rows: list[tuple[str, str, str]], delimiter: str) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(["key", "first", "second"])
    writer.writerows(rows)
    file = io.BytesIO(text.getvalue().encode())

    found = list(read_rows(file, detect(file, delimiter=delimiter, has_header=True)))

    assert [tuple(row.values) for row in found] == rows


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_by_name(content: bytes) -> None:
    file = io.BytesIO(content)
    try:
        dialect = detect(file)
        rows = list(read_rows(file, dialect))
    except UnreadableFile:
        return
    assert [row.row_no for row in rows] == list(range(1, len(rows) + 1))
    assert all(len(row.values) == len(dialect.header) for row in rows if isinstance(row, Row))
