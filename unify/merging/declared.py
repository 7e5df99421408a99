"""What a merge does with the relations to customers that do not simply move."""

from __future__ import annotations

from unify.registries import Editable, Stays, relation_rules

_OF_A_RECORD = Stays("says something of this one record, whatever it was merged with")
_MADE_AGAIN = Stays("made again from the survivor")

RULES: dict[str, Stays | Editable] = {
    "profiles.ContactPoint.profile": Editable("value"),
    "profiles.ProfileIdentifier.profile": Editable("external_id"),
    "profiles.ProfileTag.profile": Editable("tag_id"),
    "profiles.SegmentMembership.profile": Editable("segment_id"),
    "profiles.Profile.merged_into": Stays("who was merged earlier keeps leading where it led"),
    "unify.Merge.loser": _OF_A_RECORD,
    "unify.Merge.winner": _OF_A_RECORD,
    "unify.MergeGroup.winner": _OF_A_RECORD,
    "unify.Candidate.low": _OF_A_RECORD,
    "unify.Candidate.high": _OF_A_RECORD,
    "unify.Verdict.low": _OF_A_RECORD,
    "unify.Verdict.high": _OF_A_RECORD,
    "unify.MatchKey.profile": _MADE_AGAIN,
    "unify.MatchRecord.profile": _MADE_AGAIN,
}


def declare() -> None:
    """Register the rules of the relations known here; apps further up register their own."""
    for key, rule in RULES.items():
        relation_rules.register(key, rule)
