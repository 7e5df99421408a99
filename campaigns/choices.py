"""Closed sets of values of campaigns; the values are those on the wire."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AssetKind(TextChoices):
    """What people plan campaigns with; versions, templates, permissions and metrics name one."""

    TARGET_PROFILE = "TARGET_PROFILE", _("Target profile")
    BRAND_GUIDELINE = "BRAND_GUIDELINE", _("Brand guideline")
    BUDGET = "BUDGET", _("Budget")
    CONTAINER = "CONTAINER", _("Container")
    CAMPAIGN = "CAMPAIGN", _("Campaign")


class DetailLevel(TextChoices):
    """How much a brand guideline says."""

    HIGH_LEVEL = "high-level", _("Short")
    FULL = "full", _("In full")


class DeliveryMethod(TextChoices):
    """How a budget is spent over its period."""

    STANDARD = "STANDARD", _("Evenly")
    ACCELERATED = "ACCELERATED", _("As fast as possible")


class BudgetPeriodKind(TextChoices):
    """How long an amount lasts before it starts anew."""

    DAILY = "DAILY", _("A day")
    WEEKLY = "WEEKLY", _("A week")
    MONTHLY = "MONTHLY", _("A month")
    QUARTERLY = "QUARTERLY", _("A quarter")
    YEARLY = "YEARLY", _("A year")
    LIFETIME = "LIFETIME", _("For good")
    CUSTOM = "CUSTOM", _("Between two days")


class BudgetStatus(TextChoices):
    """Where a budget stands."""

    DRAFT = "DRAFT", _("Draft")
    ACTIVE = "ACTIVE", _("Active")
    PAUSED = "PAUSED", _("Paused")
    ENDED = "ENDED", _("Ended")


class BudgetType(TextChoices):
    """What a budget pays for."""

    CAMPAIGN = "CAMPAIGN", _("Campaigns")
    ACCOUNT = "ACCOUNT", _("The whole account")
    CHANNEL = "CHANNEL", _("A channel")


class ContainerStatus(TextChoices):
    """Where a container stands."""

    ACTIVE = "ACTIVE", _("Active")
    INACTIVE = "INACTIVE", _("Inactive")
    DRAFT = "DRAFT", _("Draft")
    ARCHIVED = "ARCHIVED", _("Archived")


class CampaignStatus(TextChoices):
    """Where a campaign stands."""

    DRAFT = "DRAFT", _("Draft")
    ACTIVE = "ACTIVE", _("Active")
    PAUSED = "PAUSED", _("Paused")
    ENDED = "ENDED", _("Ended")


class UsageType(TextChoices):
    """Where a campaign's target, brand and budget come from."""

    CONTAINER = "CONTAINER", _("A container")
    INDIVIDUAL = "INDIVIDUAL", _("One by one")
    HYBRID = "HYBRID", _("A container, with exceptions")


class PermissionLevel(TextChoices):
    """What a person may do with one asset, whatever their role allows."""

    VIEW = "VIEW", _("See")
    EDIT = "EDIT", _("Change")
    MANAGE = "MANAGE", _("Change, delete and share")


class AlertChannel(TextChoices):
    """How word of a budget goes out."""

    EMAIL = "email", _("E-mail")
    WEBHOOK = "webhook", _("Webhook")


class DeliveryState(TextChoices):
    """How far a message has come."""

    PENDING = "pending", _("Waiting")
    SENDING = "sending", _("Under way")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Given up")
