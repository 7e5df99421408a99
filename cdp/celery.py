"""The Celery application, and the two bases of our tasks."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery, Task
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cdp.settings")


class TenantTask(Task):  # type: ignore[type-arg]
    """A task whose first argument is ``tenant_id``; its body runs inside that tenant."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        # Imported late: Celery makes its task classes before Django has loaded the models.
        from cdp.logging import task_log  # noqa: PLC0415
        from cdp.tenancy.context import tenant_context  # noqa: PLC0415

        tenant_id = kwargs.get("tenant_id", args[0] if args else None)
        if tenant_id is None:
            raise TypeError(f"{self.name} needs tenant_id as its first argument")
        with tenant_context(str(tenant_id)), task_log(self.name, self.request.id):
            return super().__call__(*args, **kwargs)


class PlatformTask(Task):  # type: ignore[type-arg]
    """A task of the platform itself: no tenant is active; it fans out one TenantTask per tenant."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        from cdp.logging import task_log  # noqa: PLC0415

        with task_log(self.name, self.request.id):
            return super().__call__(*args, **kwargs)


app = Celery("cdp")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(lambda: [name.split(".")[0] for name in settings.INSTALLED_APPS if ".apps." in name])
