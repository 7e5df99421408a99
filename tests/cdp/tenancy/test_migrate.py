"""Migrating lifts FORCE, puts it back whatever happens, and rebuilds the walls."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from cdp.postgresql.base import wrapper
from cdp.tenancy import guards

pytestmark = pytest.mark.django_db(transaction=True)

SEES = """
from django.db import migrations


def run(apps, schema_editor):
    Tag, Tenant = apps.get_model("profiles", "Tag"), apps.get_model("cdp", "Tenant")
    for name in ("one", "two"):
        tenant = Tenant.objects.create(name=name, slug=name)
        Tag.objects.create(name=name, tenant=tenant)
    assert Tag.objects.count() == 2
    {ending}


class Migration(migrations.Migration):
    dependencies = [("profiles", "{last}")]
    operations = [migrations.RunPython(run, lambda apps, schema_editor: None)]
"""


@pytest.fixture
def migration(tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A place for one more migration of profiles, beside links to those there are; nothing of it remains."""
    package = tmp_path / f"migrations_{uuid.uuid4().hex}"
    package.mkdir()
    real = Path(__file__).resolve().parents[3] / "profiles" / "migrations"
    for path in real.glob("*.py"):
        (package / path.name).symlink_to(path)
    monkeypatch.syspath_prepend(tmp_path)
    settings.MIGRATION_MODULES = {"profiles": package.name}
    yield package / "9999_test.py"
    with wrapper().as_owner(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE name = '9999_test'")


def write(migration: Path, ending: str) -> None:
    last = max(path.stem for path in migration.parent.glob("[0-9]*.py") if path != migration)
    migration.write_text(SEES.format(ending=ending, last=last))


def forced() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relforcerowsecurity FROM pg_class WHERE oid = 'tags'::regclass")
        return bool(cursor.fetchone()[0])


def test_a_data_migration_sees_every_tenant_and_the_walls_are_back_afterwards(migration: Path) -> None:
    write(migration, "pass")
    call_command("migrate", verbosity=0)
    assert guards.missing(connection) == []


def test_a_migration_that_crashes_leaves_force_on(migration: Path) -> None:
    write(migration, "raise ZeroDivisionError")
    with pytest.raises(ZeroDivisionError):
        call_command("migrate", verbosity=0)
    assert forced()
    assert guards.missing(connection) == []


def test_migrating_heals_what_was_broken_by_hand() -> None:
    with wrapper().as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE tags NO FORCE ROW LEVEL SECURITY")
        cursor.execute("DROP POLICY tenant_wall ON segments")
    assert len(guards.missing(connection)) == 2
    with pytest.raises(CommandError, match="2 statements are missing"):
        call_command("tenant_guards", "--check")
    call_command("migrate", verbosity=0)
    assert guards.missing(connection) == []


def test_the_guards_command_shows_checks_and_builds(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("tenant_guards", "--check")
    call_command("tenant_guards", "--sql")
    assert capsys.readouterr().out == "The walls stand.\n"
    with wrapper().as_owner(), connection.cursor() as cursor:
        cursor.execute("DROP POLICY platform_read ON tags")
    call_command("tenant_guards", "--sql")
    create = 'CREATE POLICY platform_read ON "tags" FOR SELECT TO "crm_platform" USING (true);\n'
    assert capsys.readouterr().out == create
    call_command("tenant_guards")
    assert capsys.readouterr().out == create
    assert guards.missing(connection) == []


def test_the_owners_login_is_never_taken_inside_a_transaction() -> None:
    with (
        pytest.raises(DatabaseError, match="inside a transaction"),
        transaction.atomic(),
        wrapper().as_owner(),
    ):
        pass


def test_the_runtime_login_comes_back_after_the_owners_even_from_an_error() -> None:
    def user() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user::text")
            return str(cursor.fetchone()[0])

    def fail() -> None:
        with wrapper().as_owner():
            with wrapper().as_owner():
                assert user() == "crm_owner"
            assert user() == "crm_owner"
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert user() == "crm_app"
