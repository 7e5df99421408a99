"""When word of a budget goes out, and to whom."""

from __future__ import annotations

import re
from typing import Annotated, Self

from django.utils.translation import gettext
from pydantic import AfterValidator, Field, model_validator

from campaigns.shapes.base import Amount, Shape
from campaigns.shapes.brand import WebAddress

_ADDRESS = re.compile(
    r"[^@\s\x00-\x1f,;<>]{1,64}@[^@\s\x00-\x1f,;<>]{1,189}\.[^@\s\x00-\x1f,;<>.]{2,63}"
).fullmatch


def _mail_address(value: str) -> str:
    if not _ADDRESS(value.strip()):
        raise ValueError(gettext("Use an e-mail address."))
    return value.strip().lower()


MailAddress = Annotated[str, Field(max_length=254), AfterValidator(_mail_address)]


class BudgetAlert(Shape):
    """One threshold: once the percentage spent reaches it, each address is told once a period."""

    threshold: Annotated[Amount, Field(gt=0, le=999, max_digits=5, decimal_places=2)]
    emails: Annotated[list[MailAddress], Field(max_length=20)] = Field(default_factory=list)
    webhook_url: WebAddress | None = None
    is_enabled: bool = True

    @model_validator(mode="after")
    def _has_somewhere_to_go(self) -> Self:
        if not self.emails and self.webhook_url is None:
            raise ValueError(gettext("Give an e-mail address or a webhook."))
        return self
