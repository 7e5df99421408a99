"""People whose account was closed because their last company left the platform, and who are wanted again."""

from __future__ import annotations

from cdp.models import User


def is_shut_out(user: User) -> bool:
    """Tell whether the platform's own people closed the account of a member of some company.

    A company that leaves takes its memberships along: then nothing is left of a person but invitations.
    """
    return not user.is_active and user.memberships.filter(joined_at__isnull=False).exists()


def let_back_in(user: User) -> None:
    """Open the account again, unless it was closed by the platform's own people; saves the user."""
    if not user.is_active and not is_shut_out(user):
        user.is_active = True
        user.save(update_fields=["is_active", "updated_at"])
