"""Tenants."""

from __future__ import annotations

import zoneinfo

import phonenumbers
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cdp.ids import uuid7


def validate_region(value: str) -> None:
    """Refuse a region libphonenumber knows no numbers of."""
    if value not in phonenumbers.SUPPORTED_REGIONS:
        raise ValidationError(_("Unknown region: use a two-letter country code such as TH."))


def validate_time_zone(value: str) -> None:
    """Refuse a time zone this machine does not know."""
    if value not in zoneinfo.available_timezones():
        raise ValidationError(_("Unknown time zone: use a name such as Asia/Bangkok."))


class Tenant(models.Model):
    """One company that keeps its customers here."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    region = models.CharField(
        _("phone region"),
        max_length=2,
        default="TH",
        validators=[validate_region],
        help_text=_("Country of phone numbers written without a country code."),
    )
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="Asia/Bangkok", validators=[validate_time_zone]
    )
    currency = models.CharField(
        _("currency"),
        max_length=3,
        default="THB",
        validators=[RegexValidator(r"^[A-Z]{3}$", _("Use a three-letter ISO 4217 code such as THB."))],
    )
    blocked_values = models.JSONField(
        _("blocked values"),
        default=dict,
        blank=True,
        help_text=_(
            'E-mails, phones and ids that never identify anybody: {"email": [], "phone": [], "id": []}.'
        ),
    )
    allowed_hosts = ArrayField(
        models.CharField(max_length=253),
        verbose_name=_("hosts inside a private network"),
        default=list,
        db_default=models.Value([], ArrayField(models.CharField(max_length=253))),
        blank=True,
        help_text=_(
            "Names or addresses this company's webhooks and imports may reach although they are not public."
        ),
    )
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "tenants"
        ordering = ["name"]
        verbose_name = _("company")
        verbose_name_plural = _("companies")

    def __str__(self) -> str:
        return self.name
