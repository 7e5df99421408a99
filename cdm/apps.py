"""App configuration."""

from django.apps import AppConfig


class CdmConfig(AppConfig):
    """The agent's working day: Customer 360."""

    name = "cdm"

    def ready(self) -> None:
        """Say what merging does with our rows, and add to what the apps below do."""
        from cdm.merging import declare  # noqa: PLC0415 (models are loaded only now)
        from cdm.recommending import declared  # noqa: PLC0415
        from cdm.registering import register  # noqa: PLC0415

        declare()
        declared.declare()
        register()
