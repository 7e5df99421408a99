"""Every part of one kind has what that kind promises: models, tasks, views, permissions, migrations."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver

from cdp import permissions
from cdp.api.views import ApiMixin
from cdp.celery import PlatformTask, TenantTask, app
from cdp.choices import Role
from cdp.permissions import ALL_CODES, DESCRIPTIONS, ROLE_CODES
from cdp.tenancy.expected import tenant_models
from tests.architecture.source import ROOT, sources

OURS = ("cdp", "profiles", "unify", "campaigns", "cdm")
# Django makes their pages; ours are enough.
NOT_IN_ADMIN = {
    "cdm.SummaryTally": "rows written by triggers; the figures of the dashboard are their sums",
    "cdp.StoredAnswer": "kept a day for repeated requests; nobody reads them",
    "unify.MatchKey": "many per customer, with a key of three columns; numbers that say nothing to people",
    "imports.ImportRow": "as many as customers, with a key of two columns; shown on the import's own page",
    "profiles.ProfileTally": "rows written by triggers; the statistics show their sums",
}
METHODS = {"get", "post", "put", "patch", "delete"}


def our_models() -> list[Any]:
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in OURS]


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_a_models_docstring_says_in_a_sentence_what_one_row_is(model: Any) -> None:
    first = (inspect.getdoc(model) or "").split("\n\n")[0]
    assert first.endswith("."), first
    assert len(first.split()) >= 4, first
    assert not first.startswith(f"{model.__name__}("), "Django made this one up"


def test_every_model_is_in_the_admin() -> None:
    missing = {model._meta.label for model in our_models() if model not in admin.site._registry}
    assert missing <= NOT_IN_ADMIN.keys(), missing


def our_tasks() -> list[Any]:
    app.loader.import_default_modules()
    for source in sources(*OURS):
        if source.path.stem == "tasks" or "tasks" in source.path.parent.parts:
            importlib.import_module(source.module)
    return [task for name, task in sorted(app.tasks.items()) if name.split(".")[0] in OURS]


def test_every_task_is_a_tenants_or_the_platforms() -> None:
    for task in our_tasks():
        assert isinstance(task, (TenantTask, PlatformTask)), task.name
        if isinstance(task, TenantTask):
            assert next(iter(inspect.signature(task.run).parameters)) == "tenant_id", task.name


def views() -> Iterator[tuple[str, Any]]:
    yield from _views_of(get_resolver().url_patterns, "")


def _views_of(patterns: list[Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _views_of(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern.callback


def api_views() -> list[tuple[str, Any]]:
    return [
        (route, callback)
        for route, callback in views()
        if issubclass(_class_of(callback) or object, ApiMixin)
    ]


def _class_of(callback: Any) -> Any:
    return getattr(callback, "cls", None) or getattr(callback, "view_class", None)


def test_there_are_api_views_and_each_names_a_known_code_for_every_method() -> None:
    found = api_views()
    assert len(found) > 5
    for route, callback in found:
        view = _class_of(callback)
        actions = getattr(callback, "actions", None)
        wanted = set(actions.values()) if actions else METHODS & {m for m in METHODS if hasattr(view, m)}
        assert wanted <= view.codes.keys(), f"{route}: {wanted - view.codes.keys()} has no code"
        assert set(view.codes.values()) <= ALL_CODES, route


def test_every_permission_code_is_used_and_described() -> None:
    constants = {v: k for k, v in vars(permissions).items() if isinstance(v, str) and v in ALL_CODES}
    assert constants.keys() == ALL_CODES
    text = "\n".join(source.text for source in sources(*OURS) if source.name != "cdp/permissions.py")
    unused = {code for code, name in constants.items() if not re.search(rf"\b{name}\b", text)}
    assert unused == set()
    assert all(DESCRIPTIONS[code] for code in ALL_CODES)


def test_every_role_and_code_is_documented() -> None:
    text = (ROOT / "docs" / "permissions.md").read_text(encoding="utf-8")
    for code in ALL_CODES:
        assert f"`{code}`" in text
    columns = [role.value for role in Role]
    rows = {line.split("|")[1].strip(" `"): line for line in text.splitlines() if line.startswith("| `")}
    for code in ALL_CODES:
        cells = [cell.strip() for cell in rows[code].split("|")[-len(columns) - 1 : -1]]
        granted = {role for role, cell in zip(columns, cells, strict=True) if cell == "yes"}
        assert granted == {role for role in columns if code in ROLE_CODES[role]}, code


def test_every_variable_of_the_settings_is_documented() -> None:
    text = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    read = re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "cdp" / "settings.py").read_text(encoding="utf-8"))
    assert {name for name in read if f"`{name}`" not in text} == set()


@pytest.mark.django_db
def test_the_migrations_are_those_of_the_models() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_tables_are_named_in_the_plural_and_in_lower_case() -> None:
    for model in tenant_models():
        assert re.fullmatch(
            r"[a-z][a-z_]*s|[a-z_]*(history|data|usage|analytics|behavior|tracking|feedback)",
            model._meta.db_table,
        ), model
