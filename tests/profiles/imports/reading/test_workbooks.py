import io
import zipfile
from datetime import date, datetime

import pytest

from profiles.imports.reading import Limits, Row, detect, read_rows
from profiles.imports.reading.errors import (
    DamagedWorkbook,
    EmptyFile,
    UnknownSheet,
    UnreadableFile,
    UnsafeWorkbook,
    UnsupportedFormat,
)
from tests.profiles.imports.reading.shapes import MakeWorkbook

HEADER: list[object] = ["name", "phone", "born", "is vip"]


def rewritten(original: io.BytesIO, **parts: bytes) -> io.BytesIO:
    """The workbook with some of its parts replaced, named by the end of their file names."""
    changed = io.BytesIO()
    with zipfile.ZipFile(original) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            key = info.filename.rsplit("/", 1)[-1].removesuffix(".xml")
            new.writestr(info.filename, parts.get(key, old.read(info)))
    return changed


def sheet_xml(rows: str) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        f'<?xml version="1.0"?><worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'.encode()
    )


def test_cells_become_the_text_a_person_sees(make_workbook: MakeWorkbook) -> None:
    file = make_workbook(
        People=[
            HEADER,
            ["สมชาย", 66812345678, datetime(1990, 12, 31), True],  # noqa: DTZ001
            [None, None, None, None],
            ["Jane", 812345678.0, date(1991, 1, 2), 1.5],
        ]
    )

    dialect = detect(file)
    rows = list(read_rows(file, dialect))

    assert (dialect.kind, dialect.header, dialect.sheets) == (
        "xlsx",
        ("name", "phone", "born", "is vip"),
        ("People",),
    )
    assert rows == [
        Row(1, 2, ["สมชาย", "66812345678", "1990-12-31", "TRUE"]),
        Row(2, 4, ["Jane", "812345678", "1991-01-02", "1.5"]),
    ]
    assert not file.closed


def test_skipping_gives_the_same_rows_as_reading_all(make_workbook: MakeWorkbook) -> None:
    file = make_workbook(People=[HEADER, *[[f"n{n}", str(n), "", ""] for n in range(20)]])
    dialect = detect(file)

    assert list(read_rows(file, dialect, skip=15)) == list(read_rows(file, dialect))[15:]


def test_the_first_visible_sheet_is_read_unless_one_is_chosen(make_workbook: MakeWorkbook) -> None:
    file = make_workbook(First=[["a"], ["1"]], Second=[["b"], ["2"]])

    assert detect(file).header == ("a",)
    assert detect(file, sheet="Second").header == ("b",)
    with pytest.raises(UnknownSheet):
        detect(file, sheet="Third")


def test_an_empty_sheet_is_refused(make_workbook: MakeWorkbook) -> None:
    with pytest.raises(EmptyFile):
        detect(make_workbook(People=[]))


def test_a_workbook_that_unpacks_to_far_too_much_is_refused_unopened(make_workbook: MakeWorkbook) -> None:
    bomb = rewritten(make_workbook(People=[["a"]]), sheet1=sheet_xml(" " * 50_000_000))

    assert len(bomb.getvalue()) < 100_000
    with pytest.raises(UnsafeWorkbook, match="unpacks to far more"):
        detect(bomb)


def test_a_workbook_over_a_limit_is_refused(make_workbook: MakeWorkbook) -> None:
    file = make_workbook(People=[["a"], ["1"]])

    for limits in (Limits(workbook_bytes=100), Limits(workbook_parts=3)):
        with pytest.raises(UnsafeWorkbook):
            detect(file, limits=limits)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>a</v></c></row><row r="99999999999"><c r="A99999999999"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>999</v></c></row>',
        '<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>' + "9" * 6_000 + "</v></c></row>",
        '<row r="1"><c r="A1"><v>1',
    ],
)
def test_a_forged_sheet_is_refused_by_name(rows: str, make_workbook: MakeWorkbook) -> None:
    file = rewritten(make_workbook(People=[["a"], ["1"]]), sheet1=sheet_xml(rows))

    with pytest.raises(UnreadableFile):
        list(read_rows(file, detect(file)))


def test_entities_that_grow_without_end_are_refused(make_workbook: MakeWorkbook) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    xml = sheet_xml('<row r="1"><c r="A1" t="inlineStr"><is><t>&e11;</t></is></c></row>').decode()
    doctype = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY e0 "aaaaaaaaaa">{entities}]>'
    file = rewritten(
        make_workbook(People=[["a"]]), sheet1=xml.replace('<?xml version="1.0"?>', doctype).encode()
    )

    with pytest.raises(DamagedWorkbook):
        detect(file)


def test_a_declared_size_is_not_believed(make_workbook: MakeWorkbook) -> None:
    xml = sheet_xml('<row r="1"><c r="A1"><v>7</v></c></row>')
    xml = xml.replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')
    file = rewritten(make_workbook(People=[["a"]]), sheet1=xml)

    assert detect(file, has_header=True).header == ("7",)


def test_what_is_no_workbook_is_named(make_workbook: MakeWorkbook) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as other:
        other.writestr("customers.csv", "a,b")

    with pytest.raises(UnsupportedFormat, match="archive"):
        detect(archive)
    with pytest.raises(DamagedWorkbook, match="cannot be opened"):
        detect(io.BytesIO(make_workbook(People=[["a"]]).getvalue()[:900]))
    with pytest.raises(DamagedWorkbook, match="cannot be opened"):
        detect(rewritten(make_workbook(People=[["a"]]), workbook=b"<broken"))
