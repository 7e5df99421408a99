"""POST /profiles/import and what goes with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoCaptureOnCommitCallbacks
from rest_framework.test import APIClient

from cdp.models import Tenant
from cdp.permissions import IMPORT_RUN, PROFILE_DELETE, PROFILE_READ
from profiles.imports.models import ImportRow, ImportRun
from profiles.models import Profile, ProfileIdentifier, ProfileTag, Tag
from tests.world import World

SEED_JSON = {
    "source": "ERP",
    "sourceType": "CUSTOMER",
    "profiles": [
        {
            "type": "INDIVIDUAL",
            "firstName": "John",
            "lastName": "Doe",
            "email": "john@erp.com",
            "phone": "+66123456789",
            "metadata": {"externalId": "ERP001"},
        },
        {
            "type": "COMPANY",
            "companyName": "Acme Corp",
            "email": "info@acme.com",
            "metadata": {"externalId": "ERP002"},
        },
    ],
}
SEED_CSV = """email,firstName,lastName,phone,company,companyTaxId,industry
john@erp.com,John,Doe,+66123456789,Acme Corp,123456789,Technology
jane@erp.com,Jane,Smith,+66987654321,XYZ Corp,987654321,Finance
"""


def upload(api: APIClient, content: str | bytes, name: str = "customers.csv", **fields: Any) -> Any:
    data = content.encode() if isinstance(content, str) else content
    form = {"file": SimpleUploadedFile(name, data), "source": "ERP", "sourceType": "CUSTOMER", **fields}
    return api.post("/profiles/import", form, format="multipart")


@pytest.mark.conforms("R55")
def test_the_seeds_list_is_imported_and_answered_as_the_seed_says(api: APIClient, acme: Tenant) -> None:
    response = api.post("/profiles/import", SEED_JSON)
    assert response.status_code == 200, response.content
    answer = response.json()
    assert {name: answer[name] for name in ("success", "failed", "skipped", "errors")} == {
        "success": 2,
        "failed": 0,
        "skipped": 0,
        "errors": [],
    }
    known = ProfileIdentifier.objects.values_list("source", "source_type", "external_id", "profile__name")
    assert sorted(known) == [
        ("ERP", "CUSTOMER", "ERP001", "John Doe"),
        ("ERP", "CUSTOMER", "ERP002", "Acme Corp"),
    ]
    assert Profile.objects.get(email="info@acme.com").type == "COMPANY"


def test_a_tag_goes_by_its_name_whatever_its_id(api: APIClient, acme: Tenant) -> None:
    gold = Tag.objects.create(name="Gold")
    person = {"firstName": "Mali", "email": "mali@example.com", "tags": [{"id": str(gold.pk), "name": "VIP"}]}
    response = api.post("/profiles/import", {"source": "CRM", "profiles": [person]})
    assert (response.status_code, response.json()["success"]) == (200, 1), response.content
    assert list(ProfileTag.objects.values_list("tag__name", flat=True)) == ["VIP"]


@pytest.mark.conforms("R56")
def test_the_seeds_file_is_imported_at_once(api: APIClient, acme: Tenant) -> None:
    response = upload(api, SEED_CSV)
    assert response.status_code == 200, response.content
    answer = response.json()
    assert (answer["success"], answer["failed"], answer["skipped"], answer["errors"]) == (2, 0, 0, [])
    run = api.get(f"/profiles/import/{answer['runId']}").json()
    assert (run["state"], run["rowsDone"], run["progress"], run["created"]) == ("done", 2, 100, 2)
    again = upload(api, SEED_CSV).json()
    assert (again["success"], again["skipped"]) == (0, 2)


def test_bad_rows_are_named_and_the_others_imported(api: APIClient, acme: Tenant) -> None:
    rows = [{"email": "broken"}, {"email": "mali@example.com", "phone": "12"}, {"email": "ok@example.com"}, 7]
    answer = api.post("/profiles/import", {"source": "ERP", "profiles": rows}).json()
    assert (answer["success"], answer["failed"]) == (1, 3)
    assert [(error["row"], error["field"]) for error in answer["errors"]] == [
        (1, "email"),
        (2, "phone"),
        (4, "_"),
    ]
    assert list(Profile.objects.values_list("email", flat=True)) == ["ok@example.com"]


def test_a_dry_run_answers_the_same_and_leaves_nothing(
    api: APIClient, acme: Tenant, settings: LazySettings, committing: DjangoCaptureOnCommitCallbacks
) -> None:
    with committing(execute=True):
        answer = upload(api, SEED_CSV + "broken,A,B,,,,\n", dryRun="true").json()
    assert (answer["success"], answer["failed"], answer["dryRun"], answer["runId"]) == (2, 1, True, None)
    assert answer["errors"][0] | {"message": ""} == {
        "row": 3,
        "field": "email",
        "column": "email",
        "message": "",
    }
    assert not Profile.objects.exists()
    assert not ImportRun.objects.exists()
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_the_rows_and_the_error_file_say_what_came_of_each_row(api: APIClient, acme: Tenant) -> None:
    content = SEED_CSV + '=cmd|x,A,B,+66812345678,"Quoted, Ltd",,\n'
    run_id = upload(api, content).json()["runId"]
    rows = api.get(f"/profiles/import/{run_id}/rows", {"action": "error"}).json()
    assert [row["row"] for row in rows["data"]] == [3]
    assert rows["data"][0]["errors"][0]["column"] == "email"
    first = api.get(f"/profiles/import/{run_id}/rows", {"limit": 1}).json()
    assert (first["data"][0]["action"], first["meta"]) == ("create", {"nextAfter": 1})
    response: Any = api.get(f"/profiles/import/{run_id}/errors.csv")
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "email,firstName,lastName,phone,company,companyTaxId,industry,Row,Reason"
    assert lines[1].startswith('\'=cmd|x,A,B,+66812345678,"Quoted, Ltd",,,3,"email: ')


def test_an_import_is_taken_back(api: APIClient, acme: Tenant) -> None:
    run_id = upload(api, SEED_CSV).json()["runId"]
    undone = api.post(f"/profiles/import/{run_id}/undo").json()
    assert (undone["state"], undone["undo"]) == (
        "undone",
        {"removed": 2, "restored": 0, "kept": 0, "entries": []},
    )
    assert not Profile.objects.exists()
    assert api.post(f"/profiles/import/{run_id}/undo").status_code == 409


def test_what_somebody_else_has_imported_needs_the_right_to_delete(
    world: World, api: APIClient, acme: Tenant
) -> None:
    run_id = upload(api, SEED_CSV).json()["runId"]
    importer = world.api(world.scoped_key(IMPORT_RUN))
    refused = importer.post(f"/profiles/import/{run_id}/undo")
    assert (refused.status_code, "profile:delete" in refused.json()["detail"]) == (403, True)
    assert (Profile.objects.count(), ImportRun.objects.get(pk=run_id).state) == (2, "done")
    own = upload(importer, "email,firstName\nown@example.com,Own\n").json()["runId"]
    assert importer.post(f"/profiles/import/{own}/undo").json()["state"] == "undone"
    deleter = world.api(world.scoped_key(IMPORT_RUN, PROFILE_DELETE))
    assert deleter.post(f"/profiles/import/{run_id}/undo").json()["state"] == "undone"
    assert not Profile.objects.exists()


def test_a_large_file_is_left_to_a_worker(api: APIClient, acme: Tenant) -> None:
    response = upload(api, SEED_CSV, **{"async": "true"})
    assert response.status_code == 202
    assert response.headers["Location"] == f"/profiles/import/{response.json()['runId']}"
    assert api.get(response.headers["Location"]).json()["state"] == "queued"


def test_a_mapping_may_be_sent_along(api: APIClient, acme: Tenant) -> None:
    mapping = json.dumps({"Spalte A": "email", "Spalte B": "attributes.haustier"})
    answer = upload(api, "Spalte A,Spalte B\nmali@example.com,Katze\n", mapping=mapping).json()
    assert answer["success"] == 1
    assert Profile.objects.get().attributes == {"haustier": "Katze"}


def test_only_those_who_may_import_can_and_strangers_see_nothing(
    world: World, api: APIClient, acme: Tenant
) -> None:
    run_id = upload(api, SEED_CSV).json()["runId"]
    agent = world.api(world.scoped_key(PROFILE_READ))
    importer = world.api(world.scoped_key(IMPORT_RUN))
    stranger = world.api(world.stranger_key)
    for path in ("", "/rows", "/errors.csv"):
        assert agent.get(f"/profiles/import/{run_id}{path}").status_code == 403
        assert importer.get(f"/profiles/import/{run_id}{path}").status_code == 200
        assert stranger.get(f"/profiles/import/{run_id}{path}").status_code == 404
    assert stranger.post(f"/profiles/import/{run_id}/undo").status_code == 404
    assert agent.post("/profiles/import", SEED_JSON).status_code == 403
    assert ImportRow.objects.filter(undone="").count() == 2
