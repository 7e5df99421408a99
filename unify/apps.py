"""App configuration."""

from django.apps import AppConfig


class UnifyConfig(AppConfig):
    """Duplicates: finding, deciding, merging."""

    name = "unify"

    def ready(self) -> None:
        """Say what merging does with the relations to customers."""
        from unify.merging.declared import declare  # noqa: PLC0415 (models are loaded only now)

        declare()
