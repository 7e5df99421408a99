"""What callers say besides the assets themselves."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, JsonValue, Strict

from campaigns.choices import AssetKind, PermissionLevel
from cdp.api.paging import PageQuery
from cdp.api.wire import AsNumber, Incoming

LARGEST_VERSION = 2**31 - 1
Version = Annotated[int, Strict(), Field(ge=1, le=LARGEST_VERSION)]
AskedVersion = Annotated[int, Strict(), Field(ge=1, le=LARGEST_VERSION), AsNumber]


class IdsBody(Incoming):
    """Which assets are meant."""

    ids: Annotated[list[uuid.UUID], Field(min_length=1, max_length=200)]


class RestoreBody(Incoming):
    """Which version to bring back."""

    version: Version


class DifferenceQuery(Incoming):
    """Which two versions to compare."""

    first: AskedVersion
    second: AskedVersion


class GrantBody(Incoming):
    """Whom to let do what."""

    user_id: uuid.UUID
    permission_level: PermissionLevel


class RevokeBody(Incoming):
    """Whose grant to take back."""

    user_id: uuid.UUID


class TemplateUseBody(Incoming):
    """What the new asset says otherwise than the template."""

    changes: Annotated[Mapping[str, JsonValue], Field(max_length=50)] = Field(default_factory=dict)


class TemplateQuery(PageQuery):
    """Which templates."""

    kind: AssetKind | None = None


class OverlapQuery(Incoming):
    """The other target profile."""

    other_target_id: uuid.UUID


class TargetSegmentBody(Incoming):
    """What to call the segment; the target's name by default."""

    name: Annotated[str, Field(max_length=100)] = ""
