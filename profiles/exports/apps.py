"""App configuration."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """Exports of customers: files of filtered lists."""

    name = "profiles.exports"
    label = "exports"
    verbose_name = "Exports"
