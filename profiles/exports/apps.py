"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExportsConfig(AppConfig):
    """Exports of customers: files of filtered lists."""

    name = "profiles.exports"
    label = "exports"
    verbose_name = _("Exports")

    def ready(self) -> None:
        """Tell the import what it need not read in files made here."""
        from profiles.exports.columns import computed_headings  # noqa: PLC0415 (models are loaded only now)
        from profiles.imports.columns.computed import computed_columns  # noqa: PLC0415

        computed_columns.register("exports", computed_headings)
