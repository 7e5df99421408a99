"""The Celery application, and the two bases of our tasks."""

from __future__ import annotations

import os
import uuid
from typing import Any

from celery import Celery, signals
from celery.contrib.django.task import DjangoTask
from celery.exceptions import Ignore, Reject, Retry
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from cdp.logging import task_log
from cdp.tenancy.context import tenant_context

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cdp.settings")
_POSTPONED = (Ignore, Reject, Retry)


class TenantTask(DjangoTask[..., Any]):
    """A task whose first argument is ``tenant_id``; its body runs inside that tenant."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        tenant_id = _id(kwargs.get("tenant_id", args[0] if args else None))
        with tenant_context(tenant_id), task_log(self.name, self.request.id, harmless=_POSTPONED):
            if tenant_id is None:
                raise TypeError(f"{self.name} needs the id of a tenant as its first argument")
            return super().__call__(*args, **kwargs)


def _id(value: object) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(value))
    except ValueError:
        return None


class PlatformTask(DjangoTask[..., Any]):
    """A task of the platform itself: no tenant is active; it fans out one TenantTask per tenant."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with tenant_context(None), task_log(self.name, self.request.id, harmless=_POSTPONED):
            return super().__call__(*args, **kwargs)


app = Celery("cdp")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    lambda: [name.split(".apps.")[0] for name in settings.INSTALLED_APPS if ".apps." in name]
)


@signals.setup_logging.connect
def _keep_our_logging(**_options: Any) -> None:
    """A receiver of this signal tells Celery to leave logging as the settings made it."""


@signals.worker_init.connect
@signals.beat_init.connect
def _refuse_weak_walls(**_options: Any) -> None:
    from cdp.tenancy.startup import require_walls  # noqa: PLC0415 (needs the models, loaded by now)

    try:
        require_walls()
    except ImproperlyConfigured as error:
        # Celery logs what a receiver raises and goes on; it does not go on after SystemExit.
        raise SystemExit(str(error)) from error
