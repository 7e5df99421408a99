"""App configuration."""

from django.apps import AppConfig, apps
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class CdpConfig(AppConfig):
    """The platform: tenants, people, keys, audit."""

    name = "cdp"
    verbose_name = _("Company")

    def ready(self) -> None:
        # They register themselves, and need the models.
        from cdp.tenancy import checks, startup  # noqa: F401, PLC0415
        from cdp.tenancy.labels import name_shared_columns  # noqa: PLC0415

        name_shared_columns(apps.get_models())


class CrmAdminConfig(AdminConfig):
    """The admin, with our site: permission codes instead of Django's model permissions."""

    default_site = "cdp.adminsite.site.CrmAdminSite"
