"""What the columns of duplicates are called on pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cdp.tenancy.labels import name_columns
from unify.models import (
    Candidate,
    MatchModelVersion,
    MatchRecord,
    MatchRun,
    Merge,
    MergedRows,
    MergeGroup,
    ReviewCase,
    Verdict,
)


def add_labels() -> None:
    """Name what models leave unnamed."""
    for pair in (Candidate, Verdict):
        name_columns(pair, low=_("one customer"), high=_("other customer"))
    name_columns(
        Verdict, has_conflict=_("conflict"), weight=_("match weight"), model_number=_("model version")
    )
    name_columns(
        ReviewCase, claimed_by=_("taken by"), claimed_until=_("taken until"), skipped_by=_("skipped by")
    )
    name_columns(ReviewCase, merge_group=_("decision to merge"))
    name_columns(Merge, candidate_ids=_("possible duplicates"))
    name_columns(MatchModelVersion, published_by=_("taken into use by"))
    name_columns(MatchRun, attempts=_("attempts"), done=_("steps done"), total=_("steps in all"))
    name_columns(MergeGroup, winner=_("customer kept"), position=_("place in the decision"))
    name_columns(MergedRows, relation=_("kind of row"))
    name_columns(MatchRecord, profile_version=_("version of the customer"), fingerprint=_("fingerprint"))
