"""manage.py evaluate_matching: any labelled file in, figures out, no database touched."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cdp.local.management import needs_servers
from tests.unify.matching.conftest import DATA, rows_of
from unify.matching.evaluation.columns import map_columns

QUALITY = {"precision", "recall", "f1"}


def run(*arguments: str) -> dict[str, Any]:
    out = io.StringIO()
    call_command("evaluate_matching", *arguments, stdout=out)
    report: dict[str, Any] = json.loads(out.getvalue())
    return report


def written(path: Path, rows: list[dict[str, str]], **options: Any) -> Path:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), **options)
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode())
    return path


def test_a_labelled_file_gives_the_figures_as_json() -> None:
    report = run(str(DATA / "er/fake_200.csv"), "--label", "cluster_id")

    for key in ("auto", "review", "best"):
        assert {"pairs", "clusters"} == report[key].keys()
        assert report[key]["pairs"].keys() & report[key]["clusters"].keys() >= QUALITY
    assert {"blocking_recall", "seconds", "peak_mib"} <= report.keys()
    assert report["best"]["clusters"]["f1"] > 0.9
    assert report["blocking_recall"] == 1
    assert report["peak_mib"] > 10


def test_no_server_is_started_for_it() -> None:
    assert not needs_servers(["evaluate_matching", "x.csv", "--label", "cluster_id"])


def test_a_compressed_file_with_semicolons_is_the_same_file(tmp_path: Path) -> None:
    plain = DATA / "er/fake_200.csv"
    packed = written(tmp_path / "x.csv", rows_of("er/fake_200.csv"), delimiter=";")
    packed.write_bytes(gzip.compress(packed.read_bytes()))

    one, other = (run(str(path), "--label", "cluster_id") for path in (plain, packed))

    assert one["best"] == other["best"]
    assert one["auto"] == other["auto"]


def test_headings_nobody_could_guess_are_mapped_by_hand(tmp_path: Path) -> None:
    names = {"first_name": "a", "surname": "b", "dob": "c", "email": "d", "city": "e", "cluster_id": "truth"}
    known = rows_of("er/fake_200.csv")
    rows = [{names[key]: value for key, value in row.items() if key in names} for row in known]
    file = str(written(tmp_path / "x.csv", rows))

    mapped = run(file, "--label", "truth", "--map", "first_name=a", "last_name=b", "birth_date=c", "city=e")

    assert mapped["columns"]["last_name"] == ["b"]
    assert mapped["columns"]["email"] == ["d"]
    assert mapped["best"]["clusters"]["f1"] > 0.9


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--label", "nothing"], "no column 'nothing'"),
        (["--label", "cluster_id", "--map", "colour=city"], "No field 'colour'"),
        (["--label", "cluster_id", "--map", "city=colour"], "no column 'colour'"),
        (["--label", "cluster_id", "--map", "city"], "FIELD=COLUMN"),
        (["--label", "cluster_id", "--map", "name=cluster_id"], "says who is who"),
        (["--label", "cluster_id", "--region", "nowhere"], "No region 'nowhere'"),
    ],
)
def test_a_wrong_column_is_named(arguments: list[str], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        run(str(DATA / "er/fake_200.csv"), *arguments)


@pytest.mark.parametrize("content", [b"", b"cluster_id,name\n", b"\x1f\x8bbroken", None])
def test_an_unreadable_file_is_an_error_in_words(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "x.csv"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(CommandError, match=r"x\.csv"):
        run(str(file), "--label", "cluster_id")


@pytest.mark.parametrize(
    ("header", "row", "fields", "kind"),
    [
        ("id,name,addr,city,phone,type", "1,art's deli,12224 ventura blvd,la,818/762-1221,deli",
         {"name", "street", "city", "phone"}, "organisation"),
        ("id,title,authors,venue,year", "1,A theory of joins,A. Codd,VLDB,1999", {"name"}, "organisation"),
        ("rec_id,givenname,surname,suburb,postcode,ssn", "1,ann,lee,kew,3101,123456789",
         {"first_name", "last_name", "city", "postal_code", "tax_id"}, "person"),
        ("unique_id,full_name,dob,birth_place,postcode_fake", "Q1,Ann Lee,1850-01-01,Kew,TA4 2UU",
         {"name", "birth_date", "city", "postal_code"}, "person"),
        ("name,e-mail", "Ann Lee,ann@x.com", {"name", "email"}, "person"),
        ("ชื่อ,นามสกุล,อีเมล", "สมชาย,ใจดี,a@x.com", {"first_name", "last_name", "email"}, "person"),
    ],
)  # fmt: skip
def test_columns_are_guessed_in_files_of_every_kind(
    header: str, row: str, fields: set[str], kind: str
) -> None:
    names = [*header.split(","), "cluster"]
    rows = [dict(zip(names, [*row.split(","), "1"], strict=True))]

    mapping = map_columns(names, rows, label="cluster", given={})

    assert mapping.fields.keys() == fields
    assert mapping.kind == kind


def test_columns_beyond_the_model_are_compared_as_text(tmp_path: Path) -> None:
    rows = [
        {"title": f"the {word} of data {n}", "authors": f"{word} smith", "cluster": str(n % 40)}
        for n, word in enumerate(["art", "joy", "cost", "use", "size"] * 16)
    ]
    report = run(str(written(tmp_path / "x.csv", rows)), "--label", "cluster")

    assert report["columns"] == {"name": ["title"]}
    assert report["further_columns"] == ["authors"]


def test_a_file_of_nothing_but_labels_and_texts_does_not_fail(tmp_path: Path) -> None:
    rows = [{"cluster": "1", "x": "\0" * 3, "y": ""}, {"cluster": "1", "x": "a" * 10_000, "y": ""}]
    report = run(str(written(tmp_path / "x.csv", rows)), "--label", "cluster")

    assert report["records"] == 2
