"""App configuration."""

from django.apps import AppConfig


class UnifyConfig(AppConfig):
    """Duplicates: finding, deciding, merging."""

    name = "unify"
