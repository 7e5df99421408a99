"""What the verbs of the audit trail are called in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

# By the whole verb where the object changes the words, else by its last part.
WORDS: dict[str, str | Promise] = {
    "create": _("Created"),
    "update": _("Changed"),
    "delete": _("Deleted"),
    "restore": _("Restored"),
    "restore_version": _("Went back to an earlier version"),
    "export": _("Exported"),
    "tag": _("Tagged"),
    "untag": _("Took a tag off"),
    "segment": _("Put into a segment"),
    "unsegment": _("Took out of a segment"),
    "merge": _("Merged"),
    "merged_into": _("Was merged into another"),
    "unmerge": _("Took a merge back"),
    "come_out": _("Came out of a merge"),
    "link": _("Linked with what a source knows"),
    "resolve": _("Created by a look-up"),
    "deactivate": _("Deactivated"),
    "reactivate": _("Reactivated"),
    "make_primary": _("Made an address the primary one"),
    "add_contact_point": _("Added an address"),
    "remove_contact_point": _("Removed an address"),
    "add_identifier": _("Added an id"),
    "remove_identifier": _("Removed an id"),
    "change_role": _("Changed the role"),
    "member.invite": _("Invited"),
    "member.join": _("Accepted the invitation"),
    "member.decline": _("Declined the invitation"),
    "member.withdraw": _("Withdrew the invitation"),
    "member.deactivate": _("Shut out"),
    "member.reactivate": _("Let in again"),
    "api_key.issue": _("Made a key"),
    "api_key.revoke": _("Revoked a key"),
    "import.start": _("Uploaded a file"),
    "import.confirm": _("Started an import"),
    "import.run": _("Ran an import"),
    "import.pause": _("Paused an import"),
    "import.resume": _("Went on with an import"),
    "import.cancel": _("Cancelled an import"),
    "import.discard": _("Discarded a draft"),
    "import.undo": _("Began to take an import back"),
    "import.undone": _("Took an import back"),
    "export.order": _("Ordered an export"),
    "export.run": _("Wrote an export"),
    "export.cancel": _("Cancelled an export"),
    "export.download": _("Downloaded an export"),
    "export.expire": _("Deleted an export’s file as planned"),
    "case.decide": _("Decided on duplicates"),
    "case.propose": _("Proposed a decision on duplicates"),
    "case.disagree": _("Disagreed about duplicates"),
    "case.undo": _("Took a decision back"),
    "match_run.start": _("Started a search for duplicates"),
    "match_run.end": _("Ended a search for duplicates"),
    "match_settings.change": _("Changed the matching settings"),
    "match_model.publish": _("Published a matching model"),
    "match_model.calibrate": _("Calibrated a matching model"),
    "budget.spend": _("Recorded spend"),
    "budget.threshold_reached": _("Reached a threshold of a budget"),
    "bulk.accept": _("Accepted many duplicates at once"),
    "bulk.stop": _("Stopped accepting duplicates"),
    "asset.measure": _("Recorded figures"),
    "asset.share": _("Shared"),
    "asset.unshare": _("Took a share back"),
    "campaign.use": _("Took into a campaign"),
    "campaign.end_use": _("Took out of a campaign"),
    "target_profile.follow": _("Bound to a segment"),
    "target_profile.unfollow": _("Freed from its segment"),
    "target_profile.refresh_segment": _("Renewed the members of a segment"),
    "budget.end": _("Ended"),
    "budget.roll_over": _("Began a new period"),
}


def verb_in_words(verb: str) -> str:
    """Return "Changed the role" for "member.change_role"; what has no words is written out."""
    last = verb.rpartition(".")[2]
    words = WORDS.get(verb) or WORDS.get(last)
    return str(words) if words else str(capfirst(last.replace("_", " ")))
