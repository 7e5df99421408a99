"""App configuration."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class CdpConfig(AppConfig):
    """The platform: tenants, people, keys, audit."""

    name = "cdp"
    verbose_name = "Company"


class CrmAdminConfig(AdminConfig):
    """The admin, with our site: permission codes instead of Django's model permissions."""

    default_site = "cdp.adminsite.site.CrmAdminSite"
