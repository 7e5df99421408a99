"""Answers kept for repeated requests."""

from __future__ import annotations

from django.db import models

from cdp.tenancy.models import TenantModel


class StoredAnswer(TenantModel):
    """The answer to one request that named an idempotency key, kept a day to answer its repetitions."""

    caller = models.CharField(max_length=80)
    key = models.CharField(max_length=255)
    # SHA-256 of what was asked: a key that comes back with another question is a mistake.
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.TextField(default="", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        db_table = "stored_answers"
        verbose_name = "stored answer"
        verbose_name_plural = "stored answers"
        indexes = [models.Index(fields=["tenant", "created_at"], name="stored_answers_by_age")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "caller", "key"], name="stored_answers_one_per_key")
        ]

    def __str__(self) -> str:
        return self.key
