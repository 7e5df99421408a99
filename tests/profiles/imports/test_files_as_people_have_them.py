"""Files in the forms people have them in, from the upload to the customer."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from cdp.models import Tenant
from profiles.imports.models import ImportRow
from profiles.imports.operations.start import start_list_import
from profiles.models import Profile
from tests.profiles.imports.steps import actions, import_file, run
from tests.world import World

ROWS = [
    ["E-Mail", "Vorname", "Telefon", "Notes"],
    ["mali@example.com", "มะลิ", "081-234-5678", "first line\nsecond line"],
    ["som@example.com", "สมชาย", "0823456789", 'says "hi"'],
]


def as_csv(delimiter: str = ",") -> str:
    cells = [['"' + cell.replace('"', '""') + '"' for cell in row] for row in ROWS]
    return "\r\n".join(delimiter.join(row) for row in cells) + "\r\n"


def as_xlsx() -> bytes:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


FILES: dict[str, bytes] = {
    "UTF-8": as_csv().encode(),
    "UTF-8 with mark": as_csv().encode("utf-8-sig"),
    "UTF-16": as_csv("\t").encode("utf-16"),
    "Windows-874": as_csv(";").encode("cp874"),
    "semicolons": as_csv(";").encode(),
    "tabs": as_csv("\t").encode(),
    "sep= line": b"sep=|\r\n" + as_csv("|").encode(),
    "empty lines": ("\r\n\r\n" + as_csv() + "\r\n\r\n").encode(),
    "XLSX": as_xlsx(),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_arrives_with_every_letter_in_its_place(world: World, acme: Tenant, name: str) -> None:
    run = import_file(world, FILES[name], file_name="customers.xlsx" if name == "XLSX" else "customers.csv")
    assert (run.state, actions(run)) == ("done", ["create", "create"]), run.error
    found = Profile.objects.order_by("created_at").values_list("email", "first_name", "phone", "attributes")
    assert list(found) == [
        ("mali@example.com", "มะลิ", "+66812345678", {"notes": "first line\nsecond line"}),
        ("som@example.com", "สมชาย", "+66823456789", {"notes": 'says "hi"'}),
    ]


def test_a_hundred_columns_are_kept_as_attributes(world: World, acme: Tenant) -> None:
    names = ["email", *(f"field {number}" for number in range(99))]
    import_file(world, ",".join(names) + "\nmali@example.com," + ",".join("x" * 99) + "\n")
    assert len(Profile.objects.get().attributes) == 99


def test_rows_that_cannot_be_read_cost_only_themselves(world: World, acme: Tenant) -> None:
    text = 'email,firstName\nmali@example.com,Mali\nsom@example.com,"Som\ndao@example.com,Dao,too,many\n'
    run = import_file(world, text + "nok@example.com,N\x00k\nfah@example.com,Fah\n")
    assert actions(run) == ["create", "error", "error", "error", "create"]
    reasons = ImportRow.objects.filter(run=run, action="error").values_list("errors", flat=True)
    assert all(found and found[0]["message"] for found in reasons)


def test_a_row_the_database_refuses_is_cornered_and_the_others_stay(world: World, acme: Tenant) -> None:
    records: list[dict[str, object]] = [{"email": f"person{number}@example.com"} for number in range(20)]
    # The API refuses such a character before it comes here; jsonb would, too.
    records[7]["attributes"] = {"colour": "re\x00d"}
    records[8]["attributes"] = {"colour": "red"}
    draft = start_list_import(tenant=acme, by=world.by, records=records, source="ERP")
    done = run(world, draft, chunk_rows=20)
    assert (done.state, done.created, done.failed) == ("done", 19, 1)
    refused = ImportRow.objects.get(run=done, action="error")
    assert (refused.row_no, refused.errors) == (
        8, [{"field": "", "column": "", "message": "The database refused this row."}]
    )  # fmt: skip
    assert Profile.objects.get(email="person8@example.com").attributes == {"colour": "red"}


MEMORY = """
import io, json, os, resource, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cdp.settings")
import django
django.setup()
from datetime import date
from profiles.imports.incoming import TableParser
from profiles.imports.incoming.table import TableFormat
from profiles.imports.reading import detect, read_rows
from profiles.imports.staging import guessed_targets
from profiles.normalisation.blocked import BlockedValues
def used(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
before = used()
with open(sys.argv[1], "rb") as file:
    dialect = detect(file)
    form = TableFormat(header=dialect.header, targets=guessed_targets(dialect), source="ERP", source_type="",
                       region="TH", today=date.today(), blocked=BlockedValues())
    parse = TableParser(form).parse
    rows = sum(1 for row in read_rows(file, dialect) if parse(row))
print(json.dumps({"rows": rows, "mb": used() - before}))
"""


@pytest.mark.slow
def test_a_large_file_needs_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("externalId,email,firstName,lastName,phone,notes\n")
        for n in range(200_000):
            file.write(f"E{n},person{n}@example.com,มะลิ{n},Family{n},081{n:07d},{'x' * 140}\n")
    assert path.stat().st_size > 40_000_000
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, str(path)], capture_output=True, text=True, check=True, timeout=250
    )
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["rows"] == 200_000
    assert figures["mb"] < 40, f"{figures['mb']} MB for a file of {path.stat().st_size // 10**6} MB"
