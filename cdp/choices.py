"""Closed sets of values of the platform."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person may do inside a tenant; `cdp.permissions` maps roles to codes."""

    OWNER = "owner", _("Owner")
    ADMIN = "admin", _("Admin")
    MANAGER = "manager", _("Manager")
    AGENT = "agent", _("Agent")
    ANALYST = "analyst", _("Analyst")
    INTEGRATION = "integration", _("Integration")


class ActorKind(TextChoices):
    """Who did something."""

    USER = "user", _("Person")
    API_KEY = "api_key", _("API key")
    SYSTEM = "system", _("System")
