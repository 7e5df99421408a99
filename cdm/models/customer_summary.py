"""What is known of a customer at a glance."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from cdm.choices import CustomerType, Temperature
from cdm.models.columns import no_money, one_of
from cdp.tenancy.models import TenantForeignKey, TenantModel
from profiles.choices import LifecycleStage


def _count(name: Any) -> models.PositiveIntegerField[int, int]:
    return models.PositiveIntegerField(name, default=0)


def _moment(name: Any) -> models.DateTimeField[Any, Any]:
    return models.DateTimeField(name, null=True, blank=True)


class CustomerSummary(TenantModel):
    """One customer's numbers: kept by the verbs that change them, made again set-wise by a job.

    Money is in the tenant's currency; deals in another one count, and their amounts do not. Orders that were
    fully returned do not count as orders.
    """

    profile = TenantForeignKey(
        "profiles.Profile",
        models.CASCADE,
        verbose_name=_("customer"),
        related_name="summaries",
        db_index=False,
    )

    orders = _count(_("orders"))
    lifetime_value = no_money(_("lifetime value"))  # sales less returns
    gross_value = no_money(_("sold"))
    returned_value = no_money(_("returned"))
    first_order_at = _moment(_("first order"))
    last_order_at = _moment(_("last order"))

    interactions = _count(_("interactions"))
    calls = _count(_("calls"))
    emails = _count(_("e-mails"))
    messages = _count(_("messages"))  # WhatsApp, LINE, SMS, Facebook, Instagram
    whatsapps = _count(_("WhatsApp messages"))
    meetings = _count(_("meetings"))
    last_contact_at = _moment(_("last contact"))
    last_inbound_at = _moment(_("last heard from"))
    next_follow_up_at = _moment(_("next follow-up"))

    behaviours = _count(_("activities in the shop"))
    product_views = _count(_("product views"))
    products_viewed = _count(_("products viewed"))  # different ones
    carts = _count(_("put into the cart"))
    wishlists = _count(_("put on the wish list"))
    searches = _count(_("searches"))
    last_behaviour_at = _moment(_("last seen in the shop"))

    open_drop_offs = _count(_("open drop-offs"))
    open_drop_off_value = no_money(_("value of open drop-offs"))
    family_members = _count(_("family members"))
    open_deals = _count(_("open deals"))
    open_deal_value = no_money(_("value of open deals"))

    temperature = models.CharField(
        _("temperature"), max_length=4, choices=Temperature.choices, default=Temperature.COLD
    )
    temperature_reason = models.CharField(max_length=160, blank=True, default="")
    customer_type = models.CharField(
        _("customer type"), max_length=8, choices=CustomerType.choices, default=CustomerType.NEW
    )
    type_reason = models.CharField(max_length=160, blank=True, default="")
    # The stage the facts make; the customer's own column says the same.
    lifecycle_stage = models.CharField(
        _("lifecycle stage"), max_length=20, choices=LifecycleStage.choices, default=LifecycleStage.SUBSCRIBER
    )
    stage_reason = models.CharField(max_length=160, blank=True, default="")
    # The first day on which time alone changes one of the three.
    changes_on = models.DateField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(TenantModel.Meta):
        db_table = "customer_summaries"
        verbose_name = _("summary")
        verbose_name_plural = _("summaries")
        indexes = [
            models.Index(fields=["tenant", "-lifetime_value", "-id"], name="summaries_by_value"),
            models.Index(fields=["tenant", "-orders", "-id"], name="summaries_by_orders"),
            models.Index(
                F("tenant"),
                F("last_order_at").desc(nulls_last=True),
                F("id").desc(),
                name="summaries_by_last_order",
            ),
            models.Index(
                fields=["tenant", "temperature", "-lifetime_value", "-id"], name="summaries_by_temperature"
            ),
            models.Index(
                fields=["tenant", "customer_type", "-lifetime_value", "-id"], name="summaries_by_type"
            ),
            models.Index(
                fields=["tenant", "lifecycle_stage", "-lifetime_value", "-id"], name="summaries_by_stage"
            ),
            models.Index(
                fields=["tenant", "changes_on"],
                condition=models.Q(changes_on__isnull=False),
                name="summaries_due",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "profile"], name="summaries_one_each"),
            one_of("temperature", Temperature.values, "summaries_temperature_is_known"),
            one_of("customer_type", CustomerType.values, "summaries_type_is_known"),
            one_of("lifecycle_stage", LifecycleStage.values, "summaries_stage_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_type}, {self.temperature}"
