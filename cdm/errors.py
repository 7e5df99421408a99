"""What can go wrong in the agent's working day."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cdp.errors import Conflict, Invalid, NotFound

SEE = "See errors for each field."


class RowNotFound(NotFound):
    """There is no such row in this tenant."""

    def __init__(self, what: str) -> None:
        super().__init__(f"There is no such {what}.")


class NumberTaken(Conflict):
    """Another quotation or invoice has this number."""

    slug = "number-taken"

    def __init__(self, what: str) -> None:
        message = f"There is already {what} of this number."
        super().__init__(message, fields={"number": [message]})


class InvoiceIsVoid(Conflict):
    """An invoice that counts for nothing is to be paid."""

    slug = "invoice-is-void"

    def __init__(self) -> None:
        super().__init__(_("This invoice is void: open it again before it is paid."))


class StillThere(Conflict):
    """What is to be brought back was not removed."""

    slug = "still-there"

    def __init__(self) -> None:
        super().__init__(_("This is still there: there is nothing to bring back."))


class AmbiguousCustomer(Conflict):
    """Several customers are known by one id."""

    slug = "ambiguous-customer"
    title = "Several customers have this id"

    def __init__(self) -> None:
        super().__init__(_("Several customers are known by this id: use the customer's own id instead."))


def unknown(field: str, message: str) -> Invalid:
    """Return the error that a field names something that is not there, as the message says."""
    return Invalid(SEE, fields={field: [message]})
