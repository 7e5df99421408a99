"""Hints of who somebody is, in a query or a body."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Field, Strict, StringConstraints, ValidationInfo

from cdp.api.wire import AsNumber, Incoming, QueryFlag
from profiles.identity import EXACT_IDS, Hints, external_hints
from profiles.normalisation.emails import normalise_email
from profiles.normalisation.phones import normalise_phone
from profiles.record_parts import EachSourceOnce, SourceName
from profiles.records import LARGEST_BIGINT


def _phone(value: str, info: ValidationInfo) -> str:
    return normalise_phone(value, str((info.context or {}).get("region", "")))


Reference = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)]
Email = Annotated[str, Field(min_length=1, max_length=1000), AfterValidator(normalise_email)]
Phone = Annotated[str, Field(min_length=1, max_length=250), AfterValidator(_phone)]


class HintsBody(Incoming):
    """What is known of somebody. With ``create`` an unknown person becomes a customer."""

    auth_user_id: Reference | None = None
    email: Email | None = None
    phone_number: Phone | None = None
    phone: Phone | None = None
    scl_member_id: Annotated[int, Strict(), Field(ge=1, le=LARGEST_BIGINT), AsNumber] | None = None
    teetime_player_id: Reference | None = None
    messaging_contact_id: Reference | None = None
    member_id: Reference | None = None
    external_ids: Annotated[dict[SourceName, Reference], Field(max_length=20), EachSourceOnce] = {}
    source: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] = ""
    create: QueryFlag = True

    @property
    def hints(self) -> Hints:
        """Return the hints in the form resolution takes."""
        ids: dict[str, Any] = {name: getattr(self, column) for name, column in EXACT_IDS.items()}
        return Hints(
            email=self.email or "",
            phone=self.phone_number or self.phone or "",
            ids={name: value for name, value in ids.items() if value is not None},
            identifiers=external_hints(self.external_ids),
            source=self.source,
        )
