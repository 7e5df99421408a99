"""Closed sets of values of matching and deciding."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ModelState(TextChoices):
    """Where a version of the matching model stands; one per tenant is published."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("In use")
    RETIRED = "retired", _("Retired")


class ModelOrigin(TextChoices):
    """Where the weights of a version come from."""

    SHIPPED = "shipped", _("Shipped")
    TRAINED = "trained", _("Trained on your customers")
    CALIBRATED = "calibrated", _("Calibrated by your decisions")
    EDITED = "edited", _("Edited")


class RunKind(TextChoices):
    """What a run looks at."""

    INCREMENTAL = "incremental", _("What changed")
    DEEP = "deep", _("Everybody")
    TRAINING = "training", _("Training")
    DRY_RUN = "dry_run", _("Trial of a model")


class RunState(TextChoices):
    """Where a run stands."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class CandidateState(TextChoices):
    """What became of two records that may be one customer."""

    PENDING = "pending", _("Waiting")
    MERGED = "merged", _("Merged")
    REJECTED = "rejected", _("Not the same")
    WITHDRAWN = "withdrawn", _("No longer alike")


class CandidateOrigin(TextChoices):
    """Who noticed that two records may be one customer."""

    JOB = "job", _("A run")
    RESOLVE = "resolve", _("Contradicting ids")
    PERSON = "person", _("A person")


class CaseState(TextChoices):
    """Where a case of the review queue stands."""

    OPEN = "open", _("Waiting")
    SECOND = "second", _("Waiting for a second person")
    DECIDED = "decided", _("Decided")
    WITHDRAWN = "withdrawn", _("No longer needed")


class Decision(TextChoices):
    """What people say of records that look alike."""

    SAME = "same", _("The same")
    DIFFERENT = "different", _("Not the same")
    MIXED = "mixed", _("Some of them")
