"""Walls 2 and 3 are derived from the models, complain when they are broken, and heal."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from cdp.postgresql.base import DatabaseWrapper
from cdp.tenancy import guards
from cdp.tenancy.catalog import Key
from cdp.tenancy.context import tenant_context
from cdp.tenancy.expected import expected, tenant_models
from cdp.tenancy.models import TenantForeignKey
from profiles.models import Profile, ProfileTag, Tag


def run(owner: DatabaseWrapper, *statements: str) -> list[Any]:
    with owner.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


@pytest.mark.django_db
def test_every_wall_stands_after_migrate() -> None:
    assert guards.missing(connection) == []


@pytest.mark.django_db
def test_the_walls_cover_every_tenant_model_and_key() -> None:
    want = expected()
    assert want.tables == {model._meta.db_table for model in tenant_models()}
    assert "profiles" in want.targets
    assert Key("profile_tags", "tag_id", "tags") in want.keys
    ledgers = {"audit_entries", "budget_spends", "profile_analytics", "profile_version_history"}
    assert want.append_only == ledgers
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
            " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')"
            " AND a.attname = 'tenant_id' AND c.relrowsecurity AND c.relforcerowsecurity"
        )
        assert {name for (name,) in cursor.fetchall()} == want.tables


BREAKS = {
    "row security off": "ALTER TABLE tags DISABLE ROW LEVEL SECURITY",
    "force off": "ALTER TABLE tags NO FORCE ROW LEVEL SECURITY",
    "no policy": "DROP POLICY tenant_wall ON tags",
    "a weaker policy": "ALTER POLICY tenant_wall ON tags USING (true)",
    "a weaker check": "ALTER POLICY tenant_wall ON tags WITH CHECK (true)",
    "a silent policy": (
        "ALTER POLICY tenant_wall ON tags"
        " USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    ),
    "a policy for one role": "ALTER POLICY tenant_wall ON tags TO crm_app",
    "one more policy": "CREATE POLICY hole ON tags USING (true)",
    "platform writes": (
        "DROP POLICY platform_read ON tags;CREATE POLICY platform_read ON tags TO crm_platform USING (true)"
    ),
    "no platform policy": "DROP POLICY platform_read ON tags",
    "no composite key": "ALTER TABLE profile_tags DROP CONSTRAINT profile_tags_tag_id_twall",
    "a key that is not checked": (
        "ALTER TABLE profile_tags DROP CONSTRAINT profile_tags_tag_id_twall;"
        "ALTER TABLE profile_tags ADD CONSTRAINT profile_tags_tag_id_twall FOREIGN KEY (tenant_id, tag_id)"
        " REFERENCES tags (tenant_id, id) DEFERRABLE INITIALLY DEFERRED NOT VALID"
    ),
    "no unique": "ALTER TABLE tags DROP CONSTRAINT tags_twall CASCADE",
    "a key too many": (
        "ALTER TABLE tags NO FORCE ROW LEVEL SECURITY; ALTER TABLE profile_tags NO FORCE ROW LEVEL SECURITY;"
        "ALTER TABLE profile_tags ADD CONSTRAINT second_twall FOREIGN KEY (tenant_id, tag_id)"
        " REFERENCES tags (tenant_id, id) DEFERRABLE INITIALLY DEFERRED"
    ),
    "a unique too many": "ALTER TABLE profile_tallies ADD CONSTRAINT x_twall UNIQUE (tenant_id, id)",
    "no grant": "REVOKE INSERT ON tags FROM crm_app",
    "a grant too many": "GRANT TRUNCATE ON tags TO crm_app",
    "a grant to everybody": "GRANT SELECT ON tags TO PUBLIC",
    "a ledger that can be changed": "GRANT UPDATE ON audit_entries TO crm_app",
    "a platform that writes": "GRANT UPDATE ON tags TO crm_platform",
    "a schema open to all": "GRANT CREATE ON SCHEMA public TO PUBLIC",
}


@pytest.mark.parametrize("broken", BREAKS.values(), ids=BREAKS.keys())
def test_a_broken_wall_is_reported_and_healed_once(owner: DatabaseWrapper, broken: str) -> None:
    run(owner, broken)
    reported = guards.missing(owner)
    assert reported != []
    assert guards.apply(owner) == reported
    assert guards.missing(owner) == []
    assert guards.apply(owner) == []


def test_a_database_without_any_wall_gets_them_all(owner: DatabaseWrapper) -> None:
    for table in sorted(expected().tables):
        run(
            owner,
            f"DROP POLICY tenant_wall ON {table}",
            f"DROP POLICY platform_read ON {table}",
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        )
    for table in sorted(expected().targets):
        run(owner, f"ALTER TABLE {table} DROP CONSTRAINT {table}_twall CASCADE")
    guards.apply(owner)
    assert guards.missing(owner) == []


def test_a_renamed_table_keeps_its_walls_and_a_new_one_can_take_its_name(owner: DatabaseWrapper) -> None:
    run(
        owner,
        "ALTER TABLE tags RENAME TO labels",
        "CREATE TABLE tags (LIKE labels INCLUDING DEFAULTS)",
        "ALTER TABLE tags ADD PRIMARY KEY (id)",
    )
    # The key of profile_tags followed the rename, away from where the model points.
    statements = guards.apply(owner)
    assert 'ALTER TABLE "profile_tags" DROP CONSTRAINT "profile_tags_tag_id_twall"' in statements
    assert any('"tags_2_twall" UNIQUE' in statement for statement in statements)
    assert guards.missing(owner) == []


def test_a_retargeted_key_follows_the_model(owner: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch) -> None:
    key = ProfileTag._meta.get_field("tag")
    assert isinstance(key, TenantForeignKey)
    monkeypatch.setattr(key.remote_field, "model", Profile)
    key.__dict__.pop("related_model", None)
    try:
        statements = guards.apply(owner)
        assert guards.missing(owner) == []
    finally:
        monkeypatch.undo()
        key.__dict__.pop("related_model", None)
    assert 'ALTER TABLE "profile_tags" DROP CONSTRAINT "profile_tags_tag_id_twall"' in statements
    assert any('FOREIGN KEY (tenant_id, "tag_id") REFERENCES "profiles"' in s for s in statements)
    assert key.related_model is Tag


def test_rows_that_cross_tenants_stop_the_guards(owner: DatabaseWrapper) -> None:
    ids = [f"0198c0de-0000-7000-8000-00000000000{n}" for n in range(4)]
    run(
        owner,
        "ALTER TABLE profile_tags DROP CONSTRAINT profile_tags_tag_id_twall",
        *(
            f"INSERT INTO tenants (id, name, slug, region, time_zone, currency, blocked_values, is_active,"
            f" created_at, updated_at)"
            f" VALUES ('{i}', 'T', 't{i}', 'TH', 'UTC', 'THB', '{{}}', true, now(), now())"
            for i in ids[:2]
        ),
    )
    with tenant_context(ids[0]):
        tag = Tag.objects.using("owner").create(name="theirs")
    with tenant_context(ids[1]):
        profile = Profile.objects.using("owner").create(name="ours")
        ProfileTag.objects.using("owner").create(profile=profile, tag_id=tag.pk)
        # Whatever waits for the end of the transaction is checked before the tables are altered.
        run(owner, "SET CONSTRAINTS ALL IMMEDIATE")
        with (
            pytest.raises(IntegrityError, match="profile_tags_tag_id_twall"),
            transaction.atomic(using="owner"),
        ):
            guards.apply(owner)


def test_a_half_migrated_database_is_guarded_as_far_as_it_goes(owner: DatabaseWrapper) -> None:
    run(owner, "DROP TABLE profile_tags", "ALTER TABLE customer_events DROP COLUMN profile_id")
    run(owner, "ALTER TABLE tags DISABLE ROW LEVEL SECURITY")
    guards.apply(owner)
    assert guards.missing(owner) == []
    run(owner, "ALTER TABLE segments NO FORCE ROW LEVEL SECURITY")
    assert guards.missing(owner) == ['ALTER TABLE "segments" FORCE ROW LEVEL SECURITY']


def test_force_is_lifted_and_restored_on_all_tables(owner: DatabaseWrapper) -> None:
    guards.lift_force(owner)
    forced = "SELECT count(*) FROM pg_class WHERE relforcerowsecurity"
    assert run(owner, forced) == [(0,)]
    guards.restore_force(owner)
    assert run(owner, forced) == [(len(expected().tables),)]


def test_a_table_without_a_model_may_be_read_by_the_platform(owner: DatabaseWrapper) -> None:
    run(owner, "CREATE TABLE notes (id int)")
    assert 'GRANT SELECT ON TABLE "notes" TO "crm_platform"' in guards.apply(owner)
    assert guards.missing(owner) == []
