"""Who does something: every verb takes one as ``by``."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from cdp.choices import ActorKind


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, an API key, or the system itself (``label`` then names the job)."""

    kind: ActorKind
    id: uuid.UUID | None
    label: str

    def __str__(self) -> str:
        """Return the reference kept in ``created_by`` and ``updated_by``."""
        return f"{self.kind}:{self.id or self.label}"

    @classmethod
    def system(cls, label: str) -> Actor:
        """Return the system acting as the job called ``label``."""
        return cls(ActorKind.SYSTEM, None, label[:60])
