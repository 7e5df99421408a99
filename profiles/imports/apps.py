"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    """Imports of customers: files and lists."""

    name = "profiles.imports"
    label = "imports"
    verbose_name = _("Imports")
