"""The admin of customers and what belongs to them."""

from profiles.admin import (
    contact_point,
    event,
    export_run,
    identifier,
    import_run,
    profile,
    segment,
    tag,
    tally,
)

__all__ = [
    "contact_point",
    "event",
    "export_run",
    "identifier",
    "import_run",
    "profile",
    "segment",
    "tag",
    "tally",
]
