"""Uploads that mean harm, or are no customer files: refused with what to change, nothing written."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoCaptureOnCommitCallbacks
from rest_framework.test import APIClient

from cdp.models import Tenant
from profiles.imports.models import ImportRun
from profiles.models import Profile
from tests.world import World

HEADER = b"email,firstName\n"


def zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 50_000_000)
    return out.getvalue()


FILES: dict[str, bytes] = {
    "empty": b"",
    "blank": b"\n\n  \n",
    "only a header": HEADER,
    "600 columns": ",".join(f"c{n}" for n in range(600)).encode() + b"\n" + b"," * 599 + b"\n",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "random bytes": bytes((n * 7919) % 256 for n in range(5000)),
    "zeroes": b"\0" * 5000,
    "a zip bomb": zip_bomb(),
    "no column that names anybody": b"colour,size\nred,1\nblue,2\n",
    "a line without end": HEADER + b"a" * 3_000_000,
    "an archive": b"PK\x03\x04" + b"x" * 100,
    "XML with entities": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
}


def send(api: APIClient, **fields: Any) -> Any:
    return api.post("/profiles/import", fields, format="multipart")


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_imported_is_refused(
    api: APIClient,
    acme: Tenant,
    settings: LazySettings,
    committing: DjangoCaptureOnCommitCallbacks,
    name: str,
) -> None:
    for extra in ({}, {"dryRun": "true"}, {"async": "true"}):
        with committing(execute=True):
            response = send(api, file=SimpleUploadedFile("x.csv", FILES[name]), source="ERP", **extra)
        assert 400 <= response.status_code < 500, (name, response.status_code)
        assert response.headers["Content-Type"] == "application/problem+json"
    assert not Profile.objects.exists()
    assert not ImportRun.objects.exists()
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"file": "not a file"},
        {"source": ""},
        {"source": "E" * 41},
        {"source": "E\x00"},
        {"sourceType": "x" * 41},
        {"mode": "replace"},
        {"onInvalid": "shrug"},
        {"dryRun": "perhaps"},
        {"unknown": "1"},
        {"mapping": "{"},
        {"mapping": "[" * 50_000},
        {"mapping": '{"email": 1}'},
        {"mapping": '{"email": "salary"}'},
        {"mapping": '{"nobody": "email"}'},
        {"mapping": '["email"]'},
        {"mapping": '["email", "email"]'},
        {"mapping": '["ignore", "ignore"]'},
        {"mapping": '["email", "attributes.\\u0000"]'},
    ],
    ids=str,
)
def test_a_form_that_makes_no_sense_is_refused(api: APIClient, acme: Tenant, fields: dict[str, str]) -> None:
    file = SimpleUploadedFile("x.csv", HEADER + b"mali@example.com,Mali\n")
    form = {"file": file, "source": "ERP", **fields} if fields else {"source": "ERP"}
    response = send(api, **form)
    assert response.status_code == 400, response.content
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"source": "ERP"},
        {"source": "ERP", "profiles": []},
        {"source": "ERP", "profiles": {}},
        {"source": 1, "profiles": [{}]},
        {"source": "", "profiles": [{}]},
        {"profiles": [{}]},
        {"source": "ERP", "profiles": [{}], "mode": "replace"},
        {"source": "ERP", "profiles": [{}], "surprise": 1},
        [],
    ],
    ids=str,
)
def test_a_list_that_makes_no_sense_is_refused(api: APIClient, acme: Tenant, body: Any) -> None:
    response = api.post("/profiles/import", body)
    assert response.status_code == 400, response.content
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(
    "record",
    [
        None,
        [],
        "x",
        {},
        {"firstName": ["a"]},
        {"email": "x@"},
        {"email": "a@example.com", "phone": "9" * 400},
        {"email": "a@example.com", "dateOfBirth": "2999-01-01"},
        {"email": "a@example.com", "status": "MERGED"},
        {"email": "a@example.com", "sclMemberId": 10**30},
        {"email": "a@example.com", "metadata": {"externalId": {}}},
        {"email": "a@example.com", "metadata": {"externalId": "x" * 300}},
        {"email": "a@example.com", "attributes": {"k": "x" * 70_000}},
        {"email": "a@example.com", "tags": [{"id": "1"}]},
        {"email": "a@example.com", "segmentIds": ["01890000-0000-7000-8000-000000000000"]},
    ],
    ids=str,
)
def test_a_record_that_makes_no_sense_fails_alone(api: APIClient, acme: Tenant, record: Any) -> None:
    good = {"email": "mali@example.com"}
    response = api.post("/profiles/import", {"source": "ERP", "profiles": [record, good]})
    assert response.status_code == 200, response.content
    answer = response.json()
    assert (answer["success"], answer["failed"]) == (1, 1)
    assert answer["errors"][0]["row"] == 1
    assert answer["errors"][0]["message"]
    assert list(Profile.objects.values_list("email", flat=True)) == ["mali@example.com"]


def test_too_many_records_and_too_large_files_are_sent_elsewhere(
    api: APIClient, acme: Tenant, settings: LazySettings
) -> None:
    many = {"source": "ERP", "profiles": [{"email": f"a{n}@example.com"} for n in range(5001)]}
    assert api.post("/profiles/import", many).status_code == 413
    settings.IMPORT_MAX_BYTES = 10_000
    file = SimpleUploadedFile("x.csv", HEADER + b"mali@example.com,Mali\n" * 1000)
    assert send(api, file=file, source="ERP").status_code == 413
    settings.IMPORT_MAX_BYTES = 1
    assert send(api, file=SimpleUploadedFile("x.csv", HEADER * 2), source="ERP").status_code == 413
    assert not ImportRun.objects.exists()


def test_the_file_name_is_kept_as_a_name_only(api: APIClient, acme: Tenant) -> None:
    file = SimpleUploadedFile("x.csv", HEADER + b"mali@example.com,Mali\n")
    file.name = "..\\..\\etc/passwd\u202e.csv"
    assert send(api, file=file, source="ERP").status_code == 200
    run = ImportRun.objects.get()
    assert "/" not in run.file_name
    assert "passwd" not in str(run.file.name)
    assert str(run.file.name).startswith(f"imports/{acme.pk}/")


def test_nobody_without_a_tenant_gets_in(world: World) -> None:
    assert APIClient().post("/profiles/import", {"source": "ERP"}, format="multipart").status_code == 401
