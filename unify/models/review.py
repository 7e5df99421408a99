"""Pairs that may be one customer, the cases people decide, and what they said."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cdp.tenancy.context import require_tenant_id
from cdp.tenancy.models import DomainModel, TenantForeignKey, TenantModel
from unify.choices import CandidateOrigin, CandidateState, CaseState, Decision


class ReviewCase(DomainModel):
    """Two or more records that people decide on at once: one screen of the review queue."""

    state = models.CharField(_("state"), max_length=9, choices=CaseState.choices, default=CaseState.OPEN)
    size = models.PositiveSmallIntegerField(_("records"), default=2)
    best_score = models.FloatField(_("best score"))
    least_score = models.FloatField(_("least score"))
    has_conflict = models.BooleanField(_("has a conflict"), default=False)
    is_risky = models.BooleanField(_("risky"), default=False)
    # Who holds the case now: nobody else sees it until then.
    claimed_by = models.CharField(max_length=80, blank=True, default="", editable=False)
    claimed_until = models.DateTimeField(null=True, editable=False)
    # The versions of the records when the holder was shown them: {profile id: version}.
    seen = models.JSONField(default=dict, blank=True, editable=False)
    skipped_by = ArrayField(models.CharField(max_length=80), default=list, blank=True, editable=False)
    # What the first person decided, while a second one is asked: deciding.said.Said as it is stored, and
    # of which data: {"fingerprints": {profile id: fingerprint}}.
    first_decision = models.JSONField(default=dict, blank=True, editable=False)
    # What people said before they were found to disagree; whoever decides next is shown them.
    earlier_decisions = models.JSONField(default=list, blank=True, editable=False)
    decision = models.CharField(_("decision"), max_length=9, choices=Decision.choices, blank=True, default="")
    decided_by = models.CharField(max_length=80, blank=True, default="", editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    merge_group = models.UUIDField(null=True, editable=False)
    # The order that accepted the case among many others; empty for a case somebody decided on its own.
    bulk = TenantForeignKey(
        "unify.BulkDecision",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="cases",
        db_index=False,
        editable=False,
    )

    class Meta(DomainModel.Meta):
        db_table = "review_cases"
        ordering = ["-best_score", "id"]
        verbose_name = _("case to review")
        verbose_name_plural = _("cases to review")
        indexes = [
            models.Index(
                fields=["tenant", "-best_score", "id"],
                condition=Q(state__in=["open", "second"]),
                name="review_cases_waiting",
            ),
            # What was decided is listed as well, and there will be more of it than of what waits.
            models.Index(fields=["tenant", "-best_score", "id"], name="review_cases_by_score"),
            models.Index(
                fields=["tenant", "-decided_at"],
                condition=Q(decided_at__isnull=False),
                name="review_cases_decided",
            ),
            models.Index(
                fields=["tenant", "claimed_until"],
                condition=Q(claimed_until__isnull=False),
                name="review_cases_claimed",
            ),
            models.Index(
                fields=["tenant", "bulk"],
                condition=Q(bulk__isnull=False),
                name="review_cases_of_an_order",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=CaseState.values), name="review_cases_state_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.size} · {self.best_score:.0f}"


class Candidate(DomainModel):
    """Two records that may be one customer, the lower id first: how alike they are, and why."""

    # Unchecked: the keys of the customers, which are, name the tenant as well. One check less for each row.
    tenant = models.ForeignKey(
        "cdp.Tenant",
        models.CASCADE,
        editable=False,
        default=require_tenant_id,
        db_index=False,
        db_constraint=False,
        related_name="+",
    )
    low = TenantForeignKey(
        "profiles.Profile", models.CASCADE, related_name="candidates_as_low", db_index=False
    )
    high = TenantForeignKey(
        "profiles.Profile", models.CASCADE, related_name="candidates_as_high", db_index=False
    )
    case = TenantForeignKey(
        ReviewCase, models.SET_NULL, null=True, blank=True, related_name="candidates", db_index=False
    )
    state = models.CharField(
        _("state"), max_length=9, choices=CandidateState.choices, default=CandidateState.PENDING
    )
    origin = models.CharField(
        _("noticed by"), max_length=7, choices=CandidateOrigin.choices, default=CandidateOrigin.JOB
    )
    score = models.FloatField(_("score"))  # 0 to 100
    weight = models.FloatField(_("match weight"))  # bits
    # Per comparison the number of the level reached in the model of `model_number`: {"name": 3, "email": -1}.
    levels = models.JSONField(_("levels"), default=dict)
    conflicts = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    model_number = models.PositiveIntegerField(_("model version"))
    low_fingerprint = models.BigIntegerField()
    high_fingerprint = models.BigIntegerField()
    run = TenantForeignKey(
        "unify.MatchRun", models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    detected_at = models.DateTimeField(_("detected"), default=timezone.now)

    class Meta(DomainModel.Meta):
        db_table = "match_candidates"
        ordering = ["-score", "id"]
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        indexes = [
            models.Index(fields=["tenant", "high"], name="match_candidates_by_high"),
            models.Index(fields=["tenant", "case"], name="match_candidates_by_case"),
            models.Index(
                fields=["tenant", "-score", "id"],
                condition=Q(state=CandidateState.PENDING),
                name="match_candidates_pending",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "low", "high"], name="match_candidates_once"),
            models.CheckConstraint(condition=Q(low__lt=F("high")), name="match_candidates_lower_id_first"),
            models.CheckConstraint(
                condition=Q(state__in=CandidateState.values), name="match_candidates_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.wire_id

    @property
    def wire_id(self) -> str:
        """Return the id programs see."""
        return f"pair_{self.low_id}_{self.high_id}"


class Verdict(TenantModel):
    """What somebody said of two records; the latest counts, and only while both are as they were."""

    low = TenantForeignKey("profiles.Profile", models.CASCADE, related_name="verdicts_as_low", db_index=False)
    high = TenantForeignKey(
        "profiles.Profile", models.CASCADE, related_name="verdicts_as_high", db_index=False
    )
    # Empty: the verdict before this one was taken back.
    decision = models.CharField(_("decision"), max_length=9, choices=Decision.choices, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True, default="")
    case = TenantForeignKey(ReviewCase, models.PROTECT, null=True, related_name="+", db_index=False)
    low_fingerprint = models.BigIntegerField()
    high_fingerprint = models.BigIntegerField()
    # What the model said at that time: what calibration learns from.
    weight = models.FloatField(null=True)
    has_conflict = models.BooleanField(default=False)
    model_number = models.PositiveIntegerField(null=True)
    by = models.CharField(max_length=80)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        db_table = "match_verdicts"
        ordering = ["-created_at", "-id"]
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        indexes = [
            models.Index(fields=["tenant", "low", "high", "-created_at"], name="match_verdicts_by_pair"),
            models.Index(fields=["tenant", "high"], name="match_verdicts_by_high"),
            models.Index(fields=["tenant", "-created_at", "-id"], name="match_verdicts_by_time"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__in=["", Decision.SAME, Decision.DIFFERENT]),
                name="match_verdicts_decision_is_known",
            )
        ]

    def __str__(self) -> str:
        return self.get_decision_display() or "—"
