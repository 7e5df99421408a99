"""The endpoints of files: what they take and answer."""

from __future__ import annotations

import uuid
from typing import Annotated, Any, Literal

from pydantic import Field, JsonValue, Strict

from campaigns.api.answers import BrandGuidelineAnswer
from campaigns.choices import AssetKind
from campaigns.exchange import LARGEST_FILE, MOST_ROWS
from cdp.api.operation import operation
from cdp.api.paging import DEEPEST_ROW
from cdp.api.wire import AsNumber, Incoming, Outgoing
from cdp.permissions import CAMPAIGN_READ, CAMPAIGN_WRITE

Format = Literal["json", "csv"]
MOST_PAGES = DEEPEST_ROW // MOST_ROWS


class ExportQuery(Incoming):
    """Which assets, and as what."""

    kind: AssetKind
    format: Format = "json"
    page: Annotated[int, Strict(), Field(ge=1, le=MOST_PAGES), AsNumber] = 1


class FileBody(Incoming):
    """A file of assets of one kind, as exporting answers it; ``nextPage`` says nothing here."""

    kind: AssetKind
    format: Format = "json"
    content: Annotated[str, Field(min_length=1, max_length=LARGEST_FILE)]
    next_page: int | None = None


class FileAnswer(Outgoing):
    """A file of assets, and the page that goes on; null when this is the last."""

    format: Format
    content: str
    next_page: int | None


class TakenAnswer(Outgoing):
    """What was made, in the order of the file."""

    ids: list[uuid.UUID]


class KitBody(Incoming):
    """A brand kit as a design tool exports it."""

    kit: dict[str, JsonValue]


class KitAnswer(Outgoing):
    """A brand guideline as a brand kit."""

    kit: dict[str, JsonValue]


_read: dict[str, Any] = {"tag": "campaigns", "code": CAMPAIGN_READ}
export_assets = operation("Export assets", **_read, query=ExportQuery, answer=FileAnswer)
import_assets = operation(
    "Import assets",
    tag="campaigns",
    code=CAMPAIGN_WRITE,
    status=201,
    body=FileBody,
    answer=TakenAnswer,
    problems={409: "A unique value is taken."},
)
export_kit = operation(
    "Get a brand guideline as a brand kit", tag="brand guidelines", code=CAMPAIGN_READ, answer=KitAnswer
)
import_kit = operation(
    "Make a brand guideline of a brand kit",
    tag="brand guidelines",
    code=CAMPAIGN_WRITE,
    status=201,
    body=KitBody,
    answer=BrandGuidelineAnswer,
    headers={"ETag": "The version, for If-Match.", "Location": "The address of what was made."},
)
