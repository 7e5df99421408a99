"""Merges, and everything it takes to take one back."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cdp.tenancy.models import DomainModel, TenantForeignKey, TenantModel
from unify.merging.choices import MergeOrigin, MergeStatus, MergeStrategy


class MergeGroup(TenantModel):
    """One decision that one or more customers are the survivor, with the survivor as it was before."""

    winner = TenantForeignKey(
        "profiles.Profile", models.PROTECT, related_name="merge_groups_won", db_index=False
    )
    # The how-manyeth decision about this survivor: the order in which merges are computed again.
    position = models.PositiveIntegerField()
    strategy = models.CharField(_("strategy"), max_length=14, choices=MergeStrategy.choices)
    choices = models.JSONField(_("chosen by hand"), default=dict)  # {field: {"from": id} or {"value": …}}
    rules = models.JSONField(_("rules"), default=dict)  # SurvivorshipRules
    # The survivor's values before and after, as unify.merging.snapshot writes them.
    before = models.JSONField(default=dict, editable=False)
    after = models.JSONField(default=dict, editable=False)
    # The survivor's own rows of editable relations before: {relation: [row, …]}.
    images = models.JSONField(default=dict, editable=False)
    # What the rows of all of them point to (tags, segments), in case it is deleted: {table: [row, …]}.
    targets = models.JSONField(default=dict, editable=False)
    created_at = models.DateTimeField(_("merged"), auto_now_add=True)

    class Meta(TenantModel.Meta):
        db_table = "merge_groups"
        ordering = ["-created_at", "-id"]
        verbose_name = _("decision to merge")
        verbose_name_plural = _("decisions to merge")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "winner", "position"], name="merge_groups_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.get_strategy_display()} ({self.position})"


class Merge(DomainModel):
    """One customer merged into another: who decided, when, why, and whether it still holds."""

    group = TenantForeignKey(MergeGroup, models.PROTECT, related_name="merges", db_index=False)
    winner = TenantForeignKey("profiles.Profile", models.PROTECT, related_name="merges_won", db_index=False)
    loser = TenantForeignKey("profiles.Profile", models.PROTECT, related_name="merges_lost", db_index=False)
    status = models.CharField(
        _("status"), max_length=6, choices=MergeStatus.choices, default=MergeStatus.ACTIVE
    )
    origin = models.CharField(
        _("decided by"), max_length=6, choices=MergeOrigin.choices, default=MergeOrigin.PERSON
    )
    strategy = models.CharField(_("strategy"), max_length=14, choices=MergeStrategy.choices)
    resolved_conflicts = models.JSONField(_("chosen by hand"), default=dict, blank=True)
    score = models.FloatField(_("score"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True, default="")
    candidate_ids = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    merged_at = models.DateTimeField(_("merged"))
    merged_by = models.CharField(_("merged by"), max_length=80)
    undone_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    undone_by = models.CharField(_("taken back by"), max_length=80, blank=True, default="")
    # What the merge changed in the loser's row, and who had said its values: {"status", "merged_at", "said"}.
    loser_before = models.JSONField(default=dict, editable=False)
    # When a person's data was erased from what the merge kept; it cannot be taken back since.
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)

    class Meta(DomainModel.Meta):
        db_table = "merges"
        ordering = ["-merged_at", "-id"]
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        indexes = [
            models.Index(fields=["tenant", "winner", "-merged_at"], name="merges_by_winner"),
            models.Index(fields=["tenant", "group"], name="merges_by_group"),
            models.Index(fields=["tenant", "loser", "-merged_at"], name="merges_by_loser"),
            models.Index(fields=["tenant", "-merged_at", "-id"], name="merges_by_time"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "loser"], condition=Q(status="ACTIVE"), name="merges_one_survivor"
            ),
            models.CheckConstraint(condition=~Q(winner=F("loser")), name="merges_of_two"),
            models.CheckConstraint(
                condition=Q(status="ACTIVE", undone_at__isnull=True)
                | Q(status="UNDONE", undone_at__isnull=False),
                name="merges_undone_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.loser_id} → {self.winner_id}"

    @property
    def is_active(self) -> bool:
        """Tell whether the merge holds."""
        return self.status == MergeStatus.ACTIVE


class MergedRows(TenantModel):
    """The rows of one relation a merge moved, and the loser's as they were where people edit them."""

    merge = TenantForeignKey(Merge, models.CASCADE, related_name="moved", db_index=False)
    relation = models.CharField(max_length=120)
    ids = ArrayField(models.UUIDField(), default=list)
    images = models.JSONField(default=list)

    class Meta(TenantModel.Meta):
        db_table = "merged_rows"
        verbose_name = _("rows of a merge")
        verbose_name_plural = _("rows of merges")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "merge", "relation"], name="merged_rows_once")
        ]

    def __str__(self) -> str:
        return f"{self.relation}: {len(self.ids)}"
