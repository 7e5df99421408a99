"""The body of a customer in the words of S1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cdp.errors import Invalid
from cdp.models import Tenant
from profiles.record_parts import Phone
from profiles.records import ProfileRecord


class CustomerRecord(ProfileRecord):
    """A customer whose phone may be called ``phoneNumber``."""

    phone_number: Phone = ""

    @classmethod
    def parse(cls, data: Any, *, tenant: Tenant) -> ProfileRecord:
        if isinstance(data, Mapping) and "phoneNumber" in data:
            if data.get("phone", data["phoneNumber"]) != data["phoneNumber"]:
                message = "phone and phoneNumber are the same field."
                raise Invalid("See errors for each field.", fields={"phoneNumber": [message]})
            others = {name: value for name, value in data.items() if name != "phoneNumber"}
            data = {**others, "phone": data["phoneNumber"]}
        return ProfileRecord.parse(data, tenant=tenant)
