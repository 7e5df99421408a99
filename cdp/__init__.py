"""The platform: tenants, people, keys, audit, and what every app is built on."""

from cdp.celery import app as celery_app

__all__ = ["celery_app"]
