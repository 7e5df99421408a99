"""Whom to call, what to offer, when: what was learned, and what follows for each customer."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cdm.choices import CallListName, OfferType, RunState, Temperature, WrongReason
from cdm.models.columns import member, money, one_of, text
from cdp.sentences import translated
from cdp.tenancy.models import DomainModel, TenantForeignKey, TenantModel


class InsightFit(TenantModel):
    """What one night learned from a tenant's orders and calls: the card, the hours, the customers' worth."""

    state = models.CharField(_("state"), max_length=8, choices=RunState.choices, default=RunState.WAITING)
    step = text(_("step"), 60)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    heartbeat_at = models.DateTimeField(null=True, editable=False)
    ordered_by = models.CharField(_("ordered by"), max_length=80, blank=True, default="", editable=False)
    peak_mib = models.PositiveIntegerField(_("peak memory in MiB"), null=True, editable=False)
    created_at = models.DateTimeField(_("learned"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    cutoff_on = models.DateField(_("orders until"))
    card = models.JSONField(_("points card"), default=dict)
    hours = models.JSONField(_("hours of answers"), default=dict)
    worth = models.JSONField(_("customer value"), default=dict)
    # How many customers, orders, lines, calls it is based on, and how long each step took, in seconds.
    counts = models.JSONField(_("counts"), default=dict)
    notes = models.JSONField(_("notes"), default=list)
    error = text(_("error"), 500)

    class Meta(TenantModel.Meta):
        db_table = "insight_fits"
        ordering = ["-created_at", "-id"]
        verbose_name = _("learned insight")
        verbose_name_plural = _("learned insights")
        indexes = [models.Index(fields=["tenant", "-created_at", "-id"], name="insight_fits_by_time")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant"],
                condition=Q(state__in=[RunState.WAITING, RunState.RUNNING]),
                name="insight_fits_one_at_work",
            ),
            one_of("state", RunState.values, "insight_fits_state_is_known"),
        ]

    def __str__(self) -> str:
        return str(self.cutoff_on)

    @property
    def progress(self) -> int:
        """How much is done, 0 to 100."""
        return 100 if self.state == RunState.DONE else min(99, 100 * self.done // max(self.total, 1))


class Recommendation(TenantModel):
    """What to do about one customer today, with the reasons: made anew every night."""

    profile = TenantForeignKey(
        "profiles.Profile",
        models.CASCADE,
        verbose_name=_("customer"),
        related_name="recommendations",
        db_index=False,
    )
    fit = TenantForeignKey(
        InsightFit, models.CASCADE, verbose_name=_("learned insight"), related_name="recommendations"
    )
    computed_at = models.DateTimeField(_("made"))

    # Who. The priority is a decile among contactable customers; None where too few make deciles.
    priority = models.PositiveSmallIntegerField(_("priority, 1 to 10"), null=True, blank=True)
    temperature = models.CharField(
        _("chance"), max_length=4, choices=Temperature.choices, default=Temperature.COLD
    )
    chance = models.FloatField(_("chance of an order in 60 days"), default=0)
    total_points = models.IntegerField(_("points"), default=0)
    likelihood_points = models.IntegerField(_("points for likelihood"), default=0)
    room = models.FloatField(_("room to win"), default=0)
    # [{"name", "label", "points", "text"}]; their points sum to total_points exactly.
    reasons = models.JSONField(_("reasons"), default=list)
    # How many of the points rules have added; each rule is a reason of its own.
    boost = models.IntegerField(_("points from rules"), default=0)
    is_contactable = models.BooleanField(_("may be contacted"), default=True)
    is_held_out = models.BooleanField(_("in the comparison group"), default=False)

    # What. Products are [{"product": id, "sku", "name", "reason"}].
    offer_type = models.CharField(
        _("offer"), max_length=12, choices=OfferType.choices, default=OfferType.CROSS_SELL
    )
    offer_reason = text(_("why this offer"), 200)
    # The offer of the night, where a rule has put another in its place: {"type", "reason"}.
    usual_offer = models.JSONField(_("offer without rules"), default=dict)
    usual_products = models.JSONField(_("usual products"), default=list)
    new_products = models.JSONField(_("new for this customer"), default=list)

    # When: a window such as 10:00-12:00, how it is known (stated, personal, tenant, unknown), and its n.
    best_time = text(_("best time to call"), 40)
    best_time_source = text(_("known from"), 10)
    best_time_n = models.PositiveIntegerField(_("calls it is based on"), default=0)
    best_time_reason = text(_("why then"), 200)

    next_action = text(_("next action"), 20)
    next_action_text = text(_("what to do next"), 120)
    next_action_reason = text(_("why"), 200)

    # Worth over the next year: a range in the tenant's currency; the chance of being active where known.
    expected_orders = models.FloatField(_("expected orders"), null=True, blank=True)
    value_low = money(_("value from"), null=True, blank=True)
    value_high = money(_("value to"), null=True, blank=True)
    chance_active = models.FloatField(_("chance of being active"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        db_table = "recommendations"
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        indexes = [
            models.Index(
                F("tenant"),
                F("total_points").desc(),
                F("id"),
                condition=Q(is_contactable=True),
                name="recommendations_valuable",
            ),
            models.Index(
                F("tenant"),
                F("room").desc(),
                F("id"),
                condition=Q(is_contactable=True),
                name="recommendations_room",
            ),
            models.Index(fields=["tenant", "temperature", "-total_points"], name="recommendations_by_chance"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "profile"], name="recommendations_one_each"),
            one_of("temperature", Temperature.values, "recommendations_chance_is_known"),
            one_of("offer_type", OfferType.values, "recommendations_offer_is_known"),
            models.CheckConstraint(
                condition=Q(priority__isnull=True) | Q(priority__range=(1, 10)),
                name="recommendations_priority_is_a_decile",
            ),
            models.CheckConstraint(
                condition=Q(chance__range=(0, 1)), name="recommendations_chance_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return translated(self.next_action_text)


class CallListing(TenantModel):
    """One customer's place on a day's call list, or in the group left uncalled for comparison.

    Written before anybody is called, and never changed: what calling changed is measured on these rows. They
    go with their customer, so that an erased one leaves nothing behind.
    """

    profile = TenantForeignKey(
        "profiles.Profile",
        models.CASCADE,
        verbose_name=_("customer"),
        related_name="call_listings",
        db_index=False,
    )
    list_name = models.CharField(_("list"), max_length=20, choices=CallListName.choices)
    listed_on = models.DateField(_("day"))
    rank = models.PositiveIntegerField(_("place"))
    is_held_out = models.BooleanField(_("left uncalled"))
    chance = models.FloatField(_("chance of an order in 60 days"))
    priority = models.PositiveSmallIntegerField(_("priority, 1 to 10"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        db_table = "call_listings"
        ordering = ["-listed_on", "list_name", "rank"]
        verbose_name = _("place on a call list")
        verbose_name_plural = _("places on call lists")
        indexes = [models.Index(fields=["tenant", "profile", "-listed_on"], name="call_listings_by_customer")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "listed_on", "list_name", "rank"], name="call_listings_one_per_place"
            ),
            one_of("list_name", CallListName.values, "call_listings_list_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.list_name} {self.listed_on} {self.rank}"


class RecommendationFeedback(DomainModel):
    """One time an agent said that a recommendation was wrong, and why; kept and shown until taken back."""

    profile = TenantForeignKey(
        "profiles.Profile",
        models.CASCADE,
        verbose_name=_("customer"),
        related_name="recommendation_feedback",
        db_index=False,
    )
    reason = models.CharField(_("reason"), max_length=20, choices=WrongReason.choices)
    note = text(_("note"), 500)
    agent = member(_("agent"))
    # What was recommended when it was said: {"priority", "offer_type", "next_action", "products"}.
    said_about = models.JSONField(_("said about"), default=dict)
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta(DomainModel.Meta):
        db_table = "recommendation_feedback"
        ordering = ["-created_at", "-id"]
        verbose_name = _("word about a recommendation")
        verbose_name_plural = _("words about recommendations")
        indexes = [
            models.Index(fields=["tenant", "profile", "-created_at"], name="feedback_by_customer"),
            models.Index(fields=["tenant", "-created_at", "-id"], name="feedback_by_time"),
        ]
        constraints = [one_of("reason", WrongReason.values, "feedback_reason_is_known")]

    def __str__(self) -> str:
        return str(self.get_reason_display())
