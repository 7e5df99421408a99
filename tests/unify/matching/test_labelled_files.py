"""Labelled files as they come: encodings, delimiters, headings, types, and what cannot be read."""

from __future__ import annotations

import gzip
import time
from pathlib import Path

import pytest

from tests.unify.matching.conftest import DATA, TODAY
from unify.matching.evaluation.columns import map_columns
from unify.matching.evaluation.metrics import best_of_closure
from unify.matching.evaluation.reading import UnreadableFile, read_rows
from unify.matching.evaluation.records import guess_region, records_of
from unify.matching.evaluation.run import evaluate_file
from unify.matching.record import ORGANISATION, PERSON

ROWS = "First Name,Last Name,label\nZoë,Lee,1\nZoë,Lee,1\n"
THAI = "ชื่อ,นามสกุล,label\nสมชาย,ใจดี,1\nสมหญิง,ใจดี,2\n"


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        ROWS.encode(),
        ROWS.encode("utf-8-sig"),
        ROWS.encode("utf-16"),
        ROWS.encode("cp1252"),
        ROWS.replace(",", ";").encode(),
        ROWS.replace(",", "\t").encode(),
        ROWS.replace(",", "|").encode(),
        ROWS.replace("\n", "\r\n").encode(),
        ROWS.replace("Zoë,", " Zoë ,").encode(),
        gzip.compress(ROWS.encode(), mtime=0),
        f"sep=,\n{ROWS}".encode(),
        f"\n{ROWS}\n,,\n".encode(),
        f"Customers of May\n\n{ROWS}".encode(),
    ],
)
def test_a_table_is_the_same_however_it_is_written(tmp_path: Path, content: bytes) -> None:
    header, rows = read_rows(written(tmp_path / "x.csv", content))

    assert header == ["First Name", "Last Name", "label"]
    assert rows == [{"First Name": "Zoë", "Last Name": "Lee", "label": "1"}] * 2


def test_thai_of_windows_is_read(tmp_path: Path) -> None:
    _, rows = read_rows(written(tmp_path / "x.csv", THAI.encode("cp874")))

    assert rows[0]["ชื่อ"] == "สมชาย"


def test_short_rows_are_filled_and_columns_of_one_name_stay_apart(tmp_path: Path) -> None:
    header, rows = read_rows(written(tmp_path / "x.csv", b"name,name,,label\nAnn\nAnn,Lee,x,1,more\n"))

    assert len(set(header)) == 4
    assert list(rows[0].values()) == ["Ann", "", "", ""]
    assert list(rows[1].values()) == ["Ann", "Lee", "x", "1"]


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04....",
        b"BZh91AY",
        b"PAR1....",
        gzip.compress(b"a,b\n1,2\n" * 99, mtime=0)[:-20],
        b"\0\0",
        b"a,b\n,\n",
    ],
)
def test_what_is_no_table_is_named_in_one_line(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"^x\.csv[^\n]+$"):
        read_rows(written(tmp_path / "x.csv", content))


def test_columns_and_fields_go_by_any_case_and_usual_word() -> None:
    header = ["A b", "C", "Label"]
    mapping = map_columns(header, [], label="label", given={"surname": ["a B "], "DOB": ["c"]})

    assert mapping.label == "Label"
    assert mapping.fields == {"last_name": ("A b",), "birth_date": ("C",)}


def test_a_row_says_itself_what_it_is(tmp_path: Path) -> None:
    content = (
        "first_name,last_name,company,type,label\nAnn,Lee,,person,1\n,,Acme Ltd,company,2\nBo,Ek,Acme,,3\n"
    )
    header, rows = read_rows(written(tmp_path / "x.csv", content.encode()))
    mapping = map_columns(header, rows, label="label", given={})
    records = list(records_of(rows, mapping, {}, region="US", today=TODAY))

    assert [record.kind for record in records] == [PERSON, ORGANISATION, PERSON]
    assert records[1].organisation == "acme"


@pytest.mark.parametrize(
    ("text", "region"), [("สมชาย", "TH"), ("আব্দুল", "BD"), ("たろう", "JP"), ("Ann", "US"), ("", "US")]
)
def test_the_country_is_guessed_by_the_script(text: str, region: str) -> None:
    assert guess_region([{"name": text, "x": "1"}] * 10) == region


def test_rows_without_a_label_are_entities_of_their_own(tmp_path: Path) -> None:
    content = b"first_name,label\nAnn,\nAnn,n/a\nAnn,1\nAnn,1\n"
    report = evaluate_file(written(tmp_path / "x.csv", content), label="label", given={}, today=TODAY)

    assert (report["entities"], report["true_pairs"]) == (3, 1)


def test_too_few_rows_to_learn_from_are_matched_untrained_and_noted() -> None:
    plain, taught = (
        evaluate_file(DATA / "er/fake_200.csv", label="cluster_id", given={}, today=TODAY, train=train)
        for train in (False, True)
    )

    assert not taught["trained"]
    assert "500" in taught["training_note"]
    assert taught["best"] == plain["best"]


def test_closure_joins_what_any_chain_links() -> None:
    labels = dict(zip("abcd", ["1", "1", "1", "2"], strict=True))
    edges = [("a", "b", 9.0), ("b", "c", 8.0), ("c", "d", 1.0)]

    found = best_of_closure(edges, labels, 3)

    assert (found.f1, found.threshold) == (1.0, 8.0)


def test_a_long_chain_is_counted_once_and_not_at_every_link() -> None:
    count = 20_000
    edges = [(str(number), str(number + 1), float(-number)) for number in range(count)]
    labels = {str(number): str(number // 2) for number in range(count + 1)}

    started = time.process_time()
    found = best_of_closure(edges, labels, count // 2)

    assert 0 < found.f1 < 0.01
    assert time.process_time() - started < 5
