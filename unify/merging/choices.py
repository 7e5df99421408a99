"""Closed sets of values of merging; strategies are those on the wire."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MergeStrategy(TextChoices):
    """Whose value is kept where two customers differ; profile 1 is the one that survives."""

    PROFILE1_WINS = "PROFILE1_WINS", _("The survivor's")
    PROFILE2_WINS = "PROFILE2_WINS", _("The other's")
    MERGE_BOTH = "MERGE_BOTH", _("By the rules")
    MOST_RECENT = "MOST_RECENT", _("The latest")
    MOST_COMPLETE = "MOST_COMPLETE", _("The most complete customer's")


class SurvivorshipRule(TextChoices):
    """What decides about one field."""

    WINNER = "winner", _("the survivor's value, if it has one")
    MOST_RECENT = "most_recent", _("what was said last")
    MOST_COMPLETE = "most_complete", _("the most complete customer's value")
    LONGEST = "longest", _("the longest value")
    SOURCE_RANK = "source_rank", _("the most trusted source")


class MergeStatus(TextChoices):
    """Whether a merge holds."""

    ACTIVE = "ACTIVE", _("Merged")
    UNDONE = "UNDONE", _("Taken back")


class MergeOrigin(TextChoices):
    """Who decided."""

    AUTO = "auto", _("Automatic")
    PERSON = "person", _("A person")
    API = "api", _("A program")


class EditKind(TextChoices):
    """What happened to something after the merge."""

    FIELD = "field", _("value changed")
    CHANGED = "changed", _("changed")
    REMOVED = "removed", _("removed")
    ADDED = "added", _("added")


class Answer(TextChoices):
    """What becomes of an edit when a merge is taken back."""

    KEEP = "keep", _("Keep it with the survivor")
    REVERT = "revert", _("Undo it")
    GIVE = "give", _("Give it to the customer who comes out")
