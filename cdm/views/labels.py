"""What the fields of these pages are called, for complaints about what is typed into them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cdp.views.words import add_labels

# By name in the records; the words are those above the fields.
LABELS = {
    "name": _("Name"),
    "relationship": _("Relationship"),
    "gender": _("Gender"),
    "date_of_birth": _("Date of birth"),
    "partial_birth_date": _("Date of birth"),
    "anniversary_date": _("Anniversary"),
    "partial_anniversary": _("Anniversary"),
    "phone": _("Phone"),
    "email": _("E-mail"),
    "profession": _("Profession"),
    "interaction_type": _("Type"),
    "interaction_direction": _("Direction"),
    "outcome": _("Outcome"),
    "duration_seconds": _("Length in minutes"),
    "subject": _("Subject"),
    "description": _("Notes"),
    "follow_up_at": _("Follow up on"),
    "title": _("What about"),
    "amount": _("Amount"),
    "expected_on": _("Expected"),
    "stage": _("Stage"),
    "notes": _("Notes"),
    "kind": _("Kind"),
    "due_at": _("Due"),
    "owner_id": _("Agent"),
    "reason": _("Why"),
    "note": _("Note"),
}


def add_to_labels() -> None:
    """Put them where complaints look for them; called once, when the app is ready."""
    add_labels(LABELS)
