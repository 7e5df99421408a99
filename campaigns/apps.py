"""App configuration."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """Target profiles, brands, budgets."""

    name = "campaigns"
