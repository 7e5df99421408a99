"""App configuration."""

from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    """Customers."""

    name = "profiles"
