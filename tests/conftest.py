"""Fixtures of the whole suite."""

from __future__ import annotations

import gc
import uuid
from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from rest_framework.test import APIClient

from cdp.models import Tenant
from cdp.request_context import set_request_id
from cdp.tenancy.context import tenant_context
from tests.emptying import replace_flush
from tests.world import World, make_world

# How fast a busy machine draws examples says nothing about the code.
hypothesis_settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("suite")
replace_flush()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, whatever the random order: no worker is left with it at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    """Search for garbage seldom, and never among what was imported: that stays until the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(autouse=True)
def _safe_settings(settings: LazySettings, tmp_path: object) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path
    # Tests side by side share a server; what one of them keeps or clears is nobody else's.
    settings.CACHES = {"default": {**settings.CACHES["default"], "KEY_PREFIX": f"test-{uuid.uuid4().hex}"}}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    set_request_id("")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Whatever language a test's pages were asked in, the next test starts in English."""
    with translation.override("en"):
        yield


@pytest.fixture
def world(db: None) -> World:
    """Two tenants and their people; no tenant is active."""
    return make_world()


@pytest.fixture
def acme(world: World) -> Iterator[Tenant]:
    """Acme, active for the length of the test."""
    with tenant_context(world.acme):
        yield world.acme


@pytest.fixture
def api(world: World) -> APIClient:
    """An API client of acme with every scope."""
    return world.api()
