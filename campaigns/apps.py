"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    """Target profiles, brands, budgets."""

    name = "campaigns"
    verbose_name = _("Marketing")

    def ready(self) -> None:
        """Give the demo companies their plans."""
        from campaigns.demo import plan_campaigns  # noqa: PLC0415 (models are loaded only now)
        from profiles.registries import demo_steps  # noqa: PLC0415

        demo_steps.register("campaigns", plan_campaigns)
