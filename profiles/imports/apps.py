"""App configuration."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Imports of customers: files and lists."""

    name = "profiles.imports"
    label = "imports"
    verbose_name = "Imports"
