"""App configuration."""

from django.apps import AppConfig


class CdpConfig(AppConfig):
    """The platform: tenants, people, keys, audit."""

    name = "cdp"
    verbose_name = "Company"
