"""App configuration."""

from django.apps import AppConfig


class CdmConfig(AppConfig):
    """The agent's working day: Customer 360."""

    name = "cdm"
