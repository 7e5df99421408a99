import json

import pytest

from profiles.imports.reading import Dialect
from profiles.imports.reading.errors import EmptyFile, TooManyColumns
from tests.profiles.imports.reading.shapes import Read


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_by_counting_cells(delimiter: str, read: Read) -> None:
    rows = [["name", "email", "note"], ["Smith", "a@example.com", "1,5"], ["Jones", "b@example.com", "a;b|c"]]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)

    dialect, found = read(text)

    assert dialect.delimiter == delimiter
    assert [row.values for row in found] == rows[1:]


def test_commas_inside_a_semicolon_file_do_not_mislead(read: Read) -> None:
    dialect, rows = read(
        "name;price;address\nA;1,50;1 Road, Town\nB;2,50;2 Road, Town\nC;3,50;3 Road, Town\n"
    )

    assert dialect.delimiter == ";"
    assert rows[2].values == ["C", "3,50", "3 Road, Town"]


def test_a_separator_line_is_honoured_and_left_out(read: Read) -> None:
    dialect, rows = read("sep=;\nname;a,b\nJohn;1,2\n")

    assert dialect.header == ("name", "a,b")
    assert [tuple(row) for row in rows] == [(1, 3, ["John", "1,2"])]


@pytest.mark.parametrize("text", ["email\na@example.com\nb@example.com\n", "name\nSmith, John\nDoe, Jane\n"])
def test_a_file_of_one_column_has_one_column(text: str, read: Read) -> None:
    dialect, rows = read(text, delimiter=None)

    assert len(dialect.header) == 1
    assert len(rows) == 2


def test_a_chosen_delimiter_is_not_guessed(read: Read) -> None:
    dialect, _ = read("a,b;c\n1,2;3\n", delimiter=";")

    assert dialect.header == ("a,b", "c")


def test_titles_and_empty_lines_above_the_header_are_skipped(read: Read) -> None:
    dialect, rows = read("\n\nCustomers of 2026\n\nname,email,city\nJohn,a@example.com,Rome\n")

    assert dialect.header == ("name", "email", "city")
    assert [(row.row_no, row.line_no) for row in rows] == [(1, 6)]


def test_headings_are_trimmed_and_made_distinct_whatever_their_case(read: Read) -> None:
    dialect, _ = read(" Email ,EMAIL,,email,Full\u00a0 Name\na@example.com,b,c,d,e\n")

    assert dialect.header == ("Email", "EMAIL (2)", "Column 3", "email (3)", "Full Name")


@pytest.mark.parametrize(
    "first",
    ["John,a@example.com,Rome", "John,081 234 5678,Rome", "John,1990-12-31,Rome", "John,https://x.com,Rome"],
)
def test_a_first_row_with_values_is_no_header(first: str, read: Read) -> None:
    dialect, rows = read(f"{first}\nJane,x,y\n")

    assert not dialect.has_header
    assert dialect.header == ("Column 1", "Column 2", "Column 3")
    assert rows[0].values == first.split(",")
    assert rows[0].row_no == 1


def test_a_person_may_overrule_the_header(read: Read) -> None:
    with_header, rows = read("a@example.com,b\n1,2\n", has_header=True)
    without_header, all_rows = read("name,city\nJohn,Rome\n", has_header=False)

    assert (with_header.header, len(rows)) == (("a@example.com", "b"), 1)
    assert (without_header.header, len(all_rows)) == (("Column 1", "Column 2"), 2)


def test_empty_trailing_columns_are_dropped_and_filled_ones_kept(read: Read) -> None:
    dropped, rows = read("a,b,,\n1,2,,\n")
    kept, _ = read("a,b,\n1,2,3\n")

    assert (dropped.header, rows[0].values) == (("a", "b"), ["1", "2"])
    assert kept.header == ("a", "b", "Column 3")


def test_cells_quoted_after_a_space_are_understood(read: Read) -> None:
    _, rows = read('name, address\nJohn, "1 Road, Town"\n')

    assert rows[0].values == ["John", "1 Road, Town"]


def test_a_hundred_columns_are_read_and_too_many_are_refused(read: Read) -> None:
    def table(width: int) -> str:
        return ",".join(f"c{n}" for n in range(width)) + "\n" + ",".join(["x"] * width) + "\n"

    dialect, rows = read(table(120))

    assert (len(dialect.header), len(rows[0].values)) == (120, 120)
    with pytest.raises(TooManyColumns, match="501 columns; keep at most 500"):
        read(table(501))


def test_a_header_alone_has_no_rows_and_a_blank_table_is_empty(read: Read) -> None:
    dialect, rows = read("name,email\n")

    assert (dialect.header, rows) == (("name", "email"), [])
    with pytest.raises(EmptyFile):
        read(",,,\n,,,\n")


def test_the_preview_holds_the_first_rows_and_lines_are_counted(read: Read) -> None:
    dialect, _ = read("a,b\n" + "1,2\n" * 100)

    assert len(dialect.first_rows) == 20
    assert dialect.first_rows[0] == ("1", "2")
    assert dialect.line_count >= 100


def test_a_dialect_survives_being_stored_as_json(read: Read) -> None:
    dialect, _ = read("sep=;\nName;E-Mail\nJörg;a@example.com\n".encode("cp1252"))

    assert Dialect.from_json(json.loads(json.dumps(dialect.to_json()))) == dialect


@pytest.mark.parametrize("line", ["sep=\r\n", 'sep="\r\n', "sep=\n"])
def test_a_separator_line_that_names_none_leaves_it_to_the_rows(line: str, read: Read) -> None:
    dialect, rows = read(line + "name;email;city\nMali;mali@example.com;Trat\n")
    assert (dialect.delimiter, dialect.header) == (";", ("name", "email", "city"))
    assert [row.values for row in rows] == [["Mali", "mali@example.com", "Trat"]]
