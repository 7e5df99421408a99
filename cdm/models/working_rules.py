"""A tenant's own thresholds."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cdm.models.columns import money
from cdp.tenancy.models import DomainModel

# A hundred years: days are added to days of customers, and must stay within those the database knows.
MOST_DAYS = 36_500


class WorkingRules(DomainModel):
    """From when on a customer is hot, loyal or gone, and how calls are planned; one row per tenant."""

    hot_days = models.PositiveIntegerField(
        _("hot until so many days"), default=30, validators=[MaxValueValidator(MOST_DAYS)]
    )
    warm_days = models.PositiveIntegerField(
        _("warm until so many days"), default=90, validators=[MaxValueValidator(MOST_DAYS)]
    )
    inactive_days = models.PositiveIntegerField(
        _("lapsed after so many days"), default=365, validators=[MaxValueValidator(MOST_DAYS)]
    )
    repeat_orders = models.PositiveIntegerField(_("repeat buyer from so many orders"), default=2)
    loyal_orders = models.PositiveIntegerField(_("loyal from so many orders"), default=5)
    vip_orders = models.PositiveIntegerField(_("VIP from so many orders"), default=10)
    vip_value = money(_("VIP from a value of"), null=True, blank=True)

    reminder_days = models.PositiveSmallIntegerField(
        _("remind so many days before an occasion"), default=7, validators=[MaxValueValidator(60)]
    )
    rest_days = models.PositiveSmallIntegerField(_("days of rest after a contact"), default=3)
    list_size = models.PositiveIntegerField(
        _("customers on a day's list"),
        default=100,
        validators=[MinValueValidator(1), MaxValueValidator(5000)],
    )
    hold_out_share = models.DecimalField(
        _("share left uncalled for comparison"),
        max_digits=3,
        decimal_places=2,
        default=Decimal("0.20"),
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal("0.5"))],
    )
    # Decides with the customer's id who is left uncalled; never changed, or the groups would mix.
    hold_out_salt = models.CharField(max_length=64, editable=False)
    closed_hours = models.JSONField(_("hours without calls"), default=list, blank=True)

    class Meta(DomainModel.Meta):
        db_table = "working_rules"
        verbose_name = _("rules of the working day")
        verbose_name_plural = _("rules of the working day")
        constraints = [
            models.UniqueConstraint(fields=["tenant"], name="working_rules_once"),
            models.CheckConstraint(
                condition=Q(hot_days__gte=1)
                & Q(hot_days__lt=F("warm_days"))
                & Q(warm_days__lt=F("inactive_days"))
                & Q(inactive_days__lte=MOST_DAYS),
                name="working_rules_days_grow",
                violation_error_message=_("Days must grow: hot, then warm, then lapsed."),
            ),
            models.CheckConstraint(
                condition=Q(repeat_orders__gte=2)
                & Q(repeat_orders__lt=F("loyal_orders"))
                & Q(loyal_orders__lt=F("vip_orders")),
                name="working_rules_orders_grow",
                violation_error_message=_("Orders must grow: repeat from 2 on, then loyal, then VIP."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Rules of the working day"))
