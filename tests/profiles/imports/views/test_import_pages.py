"""A person takes a file in: columns, preview, import, result, and back again."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cdp.choices import Role
from cdp.models import AuditEntry
from cdp.tenancy.context import tenant_context
from profiles.imports.choices import RunState
from profiles.imports.models import ImportRow, ImportRun
from profiles.imports.operations.run import run_import
from profiles.imports.operations.undo import undo_run
from profiles.models import Profile
from tests.factories.cdp import MembershipFactory, UserFactory
from tests.world import World

CSV = b"Email,First name,Phone,Loves\nmali@example.com,Mali,0812345678,cats\nbroken,Niran,,\n"


def upload(client: Client, content: bytes = CSV, **fields: str) -> str:
    file = SimpleUploadedFile("people.csv", content)
    response = client.post("/admin/imports/new", {"file": file, "source": "ERP", **fields})
    assert response.status_code == 302, response.content
    return str(response["Location"])


def choose_columns(client: Client, address: str, **changes: str) -> None:
    page = client.get(address).content.decode()
    selects = re.findall(r'name="target">(.*?)</select>', page, re.DOTALL)
    targets = [re.findall(r'value="([^"]*)" selected', select)[0] for select in selects]
    response = client.post(f"{address}/columns", {"target": targets, "mode": "upsert", **changes})
    assert response.status_code == 302


@pytest.mark.conforms("B63")
def test_a_file_goes_all_the_way_in_and_back(world: World) -> None:
    client = world.browser(world.alice)
    address = upload(client)
    choose_columns(client, address)
    preview = client.get(address).content.decode()
    assert "Nothing has been written yet" in preview
    assert "mali@example.com" in preview
    with tenant_context(world.acme):
        run = ImportRun.objects.get()
        assert (run.state, Profile.objects.count()) == (RunState.PREVIEWED, 0)
    client.post(f"{address}/start")
    with tenant_context(world.acme):
        run_import(tenant=world.acme, run_id=run.pk)
        assert Profile.objects.get().attributes == {"loves": "cats"}
    result = client.get(address).content.decode()
    assert "See the new customers" in result
    assert "Mali" in client.get(f"{address}/rows?action=create").content.decode()
    rejected = b"".join(client.get(f"{address}/errors.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert "broken" in rejected
    client.post(f"{address}/undo")
    with tenant_context(world.acme):
        undo_run(tenant=world.acme, run_id=run.pk)
        assert not Profile.objects.exists()
        verbs = set(AuditEntry.objects.values_list("verb", flat=True))
        assert {"import.confirm", "import.undo"} <= verbs
    assert "Taken back" in client.get(address).content.decode()


def test_another_encoding_shows_the_columns_anew(world: World) -> None:
    client = world.browser(world.alice)
    address = upload(client, "ชื่อ;Email\nสมชาย;s@example.com\n".encode("cp874"))
    page = client.post(
        f"{address}/columns", {"reread": "1", "encoding": "cp874", "delimiter": ";", "has_header": "1"}
    )
    assert page.status_code == 302
    assert "สมชาย" in client.get(page["Location"]).content.decode()


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "empty"), (b"\x89PNG\r\n\x1a\n" + b"\0" * 64, ""), (b"," * 700 + b"\n", "")],
)
def test_a_file_that_is_none_is_refused_with_a_reason(world: World, content: bytes, message: str) -> None:
    response = world.browser(world.alice).post(
        "/admin/imports/new", {"file": SimpleUploadedFile("x.csv", content), "source": "ERP"}
    )
    assert response.status_code == 400
    assert message in response.content.decode().lower()
    with tenant_context(world.acme):
        assert not ImportRun.objects.exists()


def test_columns_that_identify_nobody_are_refused_on_the_page(world: World) -> None:
    client = world.browser(world.alice)
    address = upload(client)
    response = client.post(f"{address}/columns", {"target": ["ignore"] * 4})
    assert response.status_code == 400
    assert "says who the customer is" in response.content.decode()


def test_no_file_chosen_says_so(world: World) -> None:
    response = world.browser(world.alice).post("/admin/imports/new", {"source": "ERP"})
    assert response.status_code == 400
    assert "Choose a file first" in response.content.decode()


@pytest.mark.parametrize("path", ["", "/rows", "/errors.csv"])
def test_a_strangers_import_is_not_there(world: World, path: str) -> None:
    address = upload(world.browser(world.alice))
    stranger = world.browser(world.charlie)
    assert stranger.get(address + path).status_code == 404
    assert stranger.post(f"{address}/start").status_code == 404
    with tenant_context(world.acme):
        assert ImportRun.objects.get().state == RunState.DRAFT


@pytest.mark.parametrize("role", [Role.AGENT, Role.ANALYST])
def test_who_may_not_import_sees_and_does_nothing(world: World, role: Role) -> None:
    address = upload(world.browser(world.alice))
    person = UserFactory()
    MembershipFactory(tenant=world.acme, user=person, role=role)
    client = world.browser(person)
    for path in ("/admin/imports", "/admin/imports/new", address, f"{address}/rows"):
        assert client.get(path).status_code == 403
    assert client.post(f"{address}/start").status_code == 403
    with tenant_context(world.acme):
        assert ImportRun.objects.get().state == RunState.DRAFT


def test_starting_twice_is_told_and_harmless(world: World) -> None:
    client = world.browser(world.alice)
    address = upload(client)
    choose_columns(client, address)
    client.post(f"{address}/start")
    again = client.post(f"{address}/start", follow=True)
    assert again.status_code == 200
    with tenant_context(world.acme):
        assert AuditEntry.objects.filter(verb="import.confirm").count() == 1


def test_a_finished_progress_panel_asks_for_the_whole_page(world: World) -> None:
    client = world.browser(world.alice)
    address = upload(client)
    client.post(f"{address}/cancel")
    part = client.get(address, headers={"HX-Request": "true"})
    assert part["HX-Refresh"] == "true"


def test_names_from_files_are_escaped(world: World) -> None:
    client = world.browser(world.alice)
    evil = b"Email,First name\na@example.com,<script>alert(1)</script>\n"
    address = upload(client, evil)
    choose_columns(client, address)
    for page in (client.get(address), client.get(address + "?step=columns")):
        assert b"<script>alert(1)" not in page.content


THAI = {"Accept-Language": "th"}
WRONG = b"Email,First name,Member ID,Phone\nmali@example.com,Mali,7,\nbroken,Niran,7,\n,,,\n,,,12\n"


def test_a_thai_reader_chooses_columns_without_english_of_ours(world: World) -> None:
    client = world.browser(world.alice)
    address = upload(client, WRONG)
    columns = client.get(address, headers=THAI).content.decode()
    assert "รหัสในแหล่งที่มา" in columns
    assert "หัวคอลัมน์เป็นชื่อเรียกของอีเมล" in columns
    english = ("ID in the source", "The heading", ">Comma<", "Japanese", "Membership tier", "Identity")
    assert [text for text in english if text in columns] == []
    twice = client.post(f"{address}/columns", {"target": ["email", "email", "phone", "name"]}, headers=THAI)
    assert "เลือกอีเมลให้คอลัมน์เดียวเท่านั้น" in twice.content.decode()
    picture = {"file": SimpleUploadedFile("a.csv", b"%PDF-1.7")}
    refused = client.post("/admin/imports/new", picture, headers=THAI)
    assert "ไฟล์เป็น PDF" in refused.content.decode()


def test_a_thai_reader_is_told_in_thai_what_is_wrong_with_rows(world: World) -> None:
    client = world.browser(world.alice)
    address = upload(client, WRONG)
    choose_columns(client, address)
    preview = client.get(address, headers=THAI).content.decode()
    assert "เขียนอีเมลให้มี @" in preview
    client.post(f"{address}/start")
    with tenant_context(world.acme):
        run_import(tenant=world.acme, run_id=ImportRun.objects.get().pk)
        failed = ImportRow.objects.exclude(errors=None)
        kept = [error["message"] for row in failed for error in row.errors or ()]
    # English is kept, as programs read it too.
    assert "Write the e-mail address with an @, like name@company.com." in kept
    rows = client.get(f"{address}/rows?action=error", headers=THAI).content.decode()
    answer = client.get(f"{address}/errors.csv", headers=THAI)
    file = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert "เขียนอีเมลให้มี @" in rows
    assert "เขียนอีเมลให้มี @" in file
    paused = client.post(f"{address}/pause", follow=True, headers=THAI).content.decode()
    shown = "".join([preview, rows, file, paused])
    assert [text for text in ("Write the e-mail", "this needs one that is") if text in shown] == []
