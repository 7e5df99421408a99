"""One record of a source, validated and normalised."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from profiles.identity import IdentifierHint
from profiles.records import TagRef

Point = tuple[str, str, str]  # value, type, source


class Problem(NamedTuple):
    """What is wrong with one value; ``field`` is the target's code, ``column`` what the file calls it.

    The message is English; whoever shows it says ``translated`` of it.
    """

    field: str
    column: str
    message: str

    def to_json(self) -> dict[str, str]:
        return self._asdict()


@dataclass(slots=True)
class Refused:
    """A record that cannot be imported."""

    row_no: int
    problems: list[Problem]
    line_no: int = 0  # where the record starts in its file


@dataclass(slots=True)
class Incoming:
    """What a source says about one customer; empty values are left out, as they say nothing.

    ``values`` maps plain columns of Profile; ``email`` and ``phone`` are the primary ones and not among them.
    """

    row_no: int
    profile_id: uuid.UUID | None = None  # the customer's own, from a file that was exported here
    values: dict[str, Any] = field(default_factory=dict)
    trees: dict[str, dict[str, Any]] = field(default_factory=dict)  # address, attributes, metadata
    email: str = ""
    phone: str = ""
    # Shared empty tuples: a million records need few lists.
    emails: Sequence[Point] = ()
    phones: Sequence[Point] = ()
    exact_ids: Sequence[tuple[str, str | int]] = ()  # column, value
    identifiers: Sequence[IdentifierHint] = ()
    tags: Sequence[TagRef] = ()
    notes: tuple[str, ...] = ()
    key: int = 0
    hash: int = 0
    line_no: int = 0  # where the record starts in its file

    @property
    def is_somebody(self) -> bool:
        """Tell whether anything says who this is."""
        return self.profile_id is not None or self.is_described

    @property
    def is_described(self) -> bool:
        """Tell whether anything but an id given here says who this is: enough for a new customer."""
        if self.email or self.phone or self.identifiers or self.exact_ids:
            return True
        return any(name in self.values for name in ("name", "first_name", "last_name", "company_name"))

    def note(self, text: str) -> None:
        """Add a remark, in English, for the person who looks at the outcome."""
        if text not in self.notes:
            self.notes = (*self.notes, text)

    def seal(self, source: str, content: str) -> None:
        """Compute who the record is about and what it says, each as a number.

        ``source`` names the source and kind of record; ``content`` is everything the record says.
        """
        self.hash = _hash(f"{source}\x1f{content}")
        if self.profile_id is not None:
            self.key = _hash(f"{source}\x1fprofile\x1f{self.profile_id}")
        elif self.identifiers:
            first = self.identifiers[0]
            self.key = _hash(
                f"{source}\x1fid\x1f{first.source}\x1f{first.source_type}\x1f{first.external_id}"
            )
        elif self.email or self.phone:
            self.key = _hash(f"{source}\x1f{self.email or self.phone}")
        else:
            self.key = self.hash


def _hash(text: str) -> int:
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
