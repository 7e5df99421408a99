"""What can stand in the way of a decision."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext

from cdp.errors import Conflict, Forbidden, Invalid, NotFound


class CaseNotFound(NotFound):
    """No such case in this tenant."""

    slug = "case-not-found"

    def __init__(self) -> None:
        super().__init__(gettext("There is no such case."))


class CandidateNotFound(NotFound):
    """No such pair in this tenant."""

    slug = "candidate-not-found"

    def __init__(self) -> None:
        super().__init__(gettext("There is no such pair."))


class CaseHeld(Conflict):
    """Somebody else is looking at the case, or at one of its records."""

    slug = "case-held"
    title = "Somebody else is looking at this"

    def __init__(self) -> None:
        super().__init__(
            gettext("Somebody else is looking at these records. They are free again in ten minutes.")
        )


class QueueBusy(Conflict):
    """Cases wait, and something has all of them locked for a moment."""

    slug = "queue-busy"
    title = "The queue is being put in order"

    def __init__(self) -> None:
        super().__init__(
            gettext(
                "A search for duplicates is putting the waiting cases in order at this moment: "
                "try again in a few seconds."
            )
        )


class CaseClosed(Conflict):
    """The case has been decided, or is no longer needed."""

    slug = "case-closed"
    title = "This case is closed"

    def __init__(self, state: str) -> None:
        super().__init__(gettext("This case is closed already: %(state)s.") % {"state": state.lower()})


class CaseOpen(Conflict):
    """There is no decision to take back."""

    slug = "case-open"
    title = "This case has not been decided"

    def __init__(self) -> None:
        super().__init__(gettext("This case has not been decided, so there is nothing to take back."))


class CaseChanged(Conflict):
    """Records were changed after they were shown to whoever decides."""

    slug = "case-changed"
    title = "Something has changed since you looked"

    def __init__(self, changed: Mapping[uuid.UUID, Sequence[str]]) -> None:
        self.changed = changed
        self.members = {
            "changed": [
                {"profileId": str(profile_id), "fields": list(fields)}
                for profile_id, fields in changed.items()
            ]
        }
        super().__init__(
            gettext("Some of these records have been changed since. Look at them again, then decide.")
        )


class OwnDecision(Conflict):
    """The second person is the first."""

    slug = "own-decision"
    title = "Somebody else has to confirm this"

    def __init__(self) -> None:
        super().__init__(gettext("You have decided this already. It takes a second person to confirm it."))


class PeopleOnly(Forbidden):
    """A program wants to decide what takes two people."""

    slug = "people-only"

    def __init__(self) -> None:
        super().__init__(gettext("This merge is risky and takes two people: a program cannot decide it."))


class NeedsSecondPerson(Conflict):
    """A risky merge was asked for outside of the queue."""

    slug = "needs-second-person"
    title = "This merge takes a second person"

    def __init__(self, case_id: uuid.UUID | None) -> None:
        self.members = {"caseId": str(case_id) if case_id else None}
        super().__init__(gettext("This merge is risky and takes two people: decide it in the review queue."))


class NotInCase(Invalid):
    """A record was named that is none of the case's."""

    def __init__(self, field: str) -> None:
        message = gettext("This is none of the records of the case.")
        super().__init__(gettext("See errors for each field."), fields={field: [message]})


class NotAllAlike(Conflict):
    """Nobody looks at a case that is accepted with many others: all of its records have to be alike."""

    slug = "not-all-alike"
    title = "Not all of these are alike"

    def __init__(self) -> None:
        super().__init__(
            gettext(
                "Two of these records are not alike, or something contradicts, or they are too many to merge "
                "without looking: decide the case by itself."
            )
        )


class ScoreTooLow(Invalid):
    """Many cases were to be accepted below the tenant's own bound."""

    def __init__(self, bound: int) -> None:
        message = gettext("Many at once are accepted from %(bound)s on.") % {"bound": bound}
        super().__init__(message, fields={"leastScore": [message]})


class BulkAtWork(Conflict):
    """Many cases are being accepted already."""

    slug = "bulk-at-work"
    title = "This is being done already"

    def __init__(self) -> None:
        super().__init__(gettext("Many cases are being accepted already: wait until that is done."))


class BulkNotFound(NotFound):
    """No such order in this tenant."""

    slug = "bulk-not-found"

    def __init__(self) -> None:
        super().__init__(gettext("There is no such bulk decision."))
