"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    """Target profiles, brands, budgets."""

    name = "campaigns"
    verbose_name = _("Marketing")

    def ready(self) -> None:
        """Give the demo companies their plans, and name what models leave unnamed."""
        from campaigns.demo import plan_campaigns  # noqa: PLC0415 (models are loaded only now)
        from campaigns.models import Budget, ProfileContainer  # noqa: PLC0415
        from cdp.tenancy.labels import name_columns  # noqa: PLC0415
        from profiles.registries import demo_steps  # noqa: PLC0415

        demo_steps.register("campaigns", plan_campaigns)
        name_columns(ProfileContainer, is_complete=_("complete"))
        name_columns(Budget, percentage_spent=_("share spent"))
