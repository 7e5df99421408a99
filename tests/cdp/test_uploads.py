"""Large bodies: refused before they are read, and kept on the volume while they arrive."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client

from cdp.uploads import INCOMING, IncomingFileHandler, incoming_directory
from tests.world import World


class Unreadable:
    """A body nobody may touch."""

    def read(self, *_: object) -> bytes:
        raise AssertionError("the body was read")

    readline = read


def send_untouched(client: Client, path: str, length: int, **extra: Any) -> int:
    """Announce a form of ``length`` bytes and return the answer's status."""
    stream: Any = Unreadable()
    response = client.generic(
        "POST",
        path,
        content_type="multipart/form-data; boundary=x",
        **{"wsgi.input": stream, "CONTENT_LENGTH": str(length), **extra},
    )
    return response.status_code


@pytest.mark.parametrize("path", ["/admin/imports/new", "/profiles/import", "/admin/login/"])
def test_a_body_announced_as_too_large_is_refused_unread(
    world: World, settings: LazySettings, path: str
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.alice, backend="django.contrib.auth.backends.ModelBackend")
    too_large = settings.IMPORT_MAX_BYTES + 1024 * 1024
    assert send_untouched(client, path, too_large) == 413


def test_a_stranger_cannot_make_the_server_keep_a_large_file(settings: LazySettings, db: None) -> None:
    size = settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1
    client = Client(enforce_csrf_checks=True)
    assert send_untouched(client, "/admin/imports/new", size) == 413
    assert send_untouched(client, "/admin/login/", size) == 413
    # The API asks for the key first.
    assert send_untouched(client, "/profiles/import", size) == 401


def test_only_addresses_that_take_files_take_large_bodies(world: World, settings: LazySettings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    client = world.browser(world.alice)
    file = SimpleUploadedFile("x.csv", b"email,firstName\n" + b"mali@example.com,Mali\n" * 100)
    assert client.post("/admin/imports/new", {"file": file, "source": "ERP"}).status_code == 302
    assert client.post("/admin/customers/new", {"name": "x" * 2000}).status_code == 413


def test_a_file_arrives_where_it_stays(world: World, settings: LazySettings) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    arrived: list[Path] = []

    class Watched(IncomingFileHandler):
        def new_file(self, *args: Any, **kwargs: Any) -> None:
            super().new_file(*args, **kwargs)
            arrived.append(Path(self.file.temporary_file_path()))

    assert issubclass(Watched, TemporaryFileUploadHandler)
    settings.FILE_UPLOAD_HANDLERS = [f"{__name__}.Watching"]
    globals()["Watching"] = Watched
    file = SimpleUploadedFile("x.csv", b"email,firstName\nmali@example.com,Mali\n")
    answer = world.browser(world.alice).post("/admin/imports/new", {"file": file, "source": "ERP"})
    assert answer.status_code == 302
    assert [path.parent for path in arrived] == [Path(settings.MEDIA_ROOT) / INCOMING]
    assert not list(incoming_directory().iterdir())
    kept = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert len(kept) == 1
    assert (kept[0].stat().st_mode & 0o777, incoming_directory().stat().st_mode & 0o777) == (0o600, 0o700)


def test_the_settings_use_that_place(settings: LazySettings) -> None:
    assert settings.FILE_UPLOAD_HANDLERS[-1] == "cdp.uploads.IncomingFileHandler"
