"""What the address of the list asks for."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.utils import timezone

from cdp.models import Membership
from profiles.choices import LifecycleStage, ProfileStatus, ProfileType
from profiles.exports.lists import Listed
from profiles.keyset import Order
from profiles.listing import kept, list_filters, sort_choices
from profiles.models import Profile, ProfileIdentifier
from profiles.querysets import ProfileQuerySet
from profiles.statistics import RECENT_DAYS

RECENT = "30d"
LONGEST_SEARCH = 200
LONGEST_SOURCE = 40
DEFAULT_SORT = "-created"
SORTS: dict[str, Order] = {
    "name": Order("name", descending=False, parse=str),
    "-name": Order("name", descending=True, parse=str),
    "created": Order("created_at", descending=False),
    "-created": Order("created_at", descending=True),
    "activity": Order("last_activity_at", descending=False, nullable=True),
    "-activity": Order("last_activity_at", descending=True, nullable=True),
}
VISIBLE = (ProfileStatus.ACTIVE.value, ProfileStatus.INACTIVE.value)


@dataclass(frozen=True, slots=True)
class ListQuery:
    """Search, filters and order of the list; values nobody could have chosen are left out."""

    q: str = ""
    type: str = ""
    status: str = ""
    stage: str = ""
    tag: str = ""
    segment: str = ""
    source: str = ""
    created: str = ""
    more: tuple[tuple[str, str], ...] = ()
    sort: str = DEFAULT_SORT
    after: str = ""
    before: str = ""

    @classmethod
    def parse(cls, params: QueryDict) -> ListQuery:
        """Read an address; unknown and impossible values count as not given."""
        sort = params.get("sort", "")
        return cls(
            q=_clean(params.get("q", ""))[:LONGEST_SEARCH],
            type=_one_of(params.get("type", ""), ProfileType.values),
            status=_one_of(params.get("status", ""), VISIBLE),
            stage=_one_of(params.get("stage", ""), LifecycleStage.values),
            tag=_id(params.get("tag", "")),
            segment=_id(params.get("segment", "")),
            source=_clean(params.get("source", ""))[:LONGEST_SOURCE],
            created=_one_of(params.get("created", ""), [RECENT]),
            more=_more(params),
            sort=sort if sort in SORTS or sort in sort_choices() else DEFAULT_SORT,
            after=params.get("after", ""),
            before=params.get("before", ""),
        )

    @property
    def order(self) -> Order:
        """Return the order the list is in."""
        return SORTS[self.sort] if self.sort in SORTS else sort_choices()[self.sort][0]

    @property
    def filters(self) -> dict[str, str]:
        """Return the search and the filters that are set."""
        names = ("q", "type", "status", "stage", "tag", "segment", "source", "created")
        return {name: value for name in names if (value := getattr(self, name))} | dict(self.more)

    @property
    def is_filtered(self) -> bool:
        """Tell whether some customers are left out."""
        return bool(self.filters)

    @property
    def is_tallied(self) -> bool:
        """Tell whether the tallies alone know how many there are."""
        return not {"q", "tag", "segment", "source", *dict(self.more)} & self.filters.keys()

    def address(self, **changes: Any) -> str:
        """Return the query string of the same list with some values changed, on its first page."""
        added = {name: value for name, value in changes.items() if list_filters.get(name)}
        own = {name: value for name, value in changes.items() if name not in added}
        more = {name: value for name, value in {**dict(self.more), **added}.items() if value}
        changed = replace(self, **{"after": "", "before": "", "more": tuple(more.items()), **own})
        kept: Mapping[str, str] = changed.filters | {
            "sort": changed.sort if changed.sort != DEFAULT_SORT else "",
            "after": changed.after,
            "before": changed.before,
        }
        return urlencode({name: value for name, value in kept.items() if value})

    def apply(self, customers: ProfileQuerySet) -> ProfileQuerySet:
        """Keep the customers asked for."""
        plain = {"type": self.type, "status": self.status, "lifecycle_stage": self.stage}
        found = customers.visible().filter(**{name: value for name, value in plain.items() if value})
        if self.created:
            found = found.filter(created_at__gte=recent_since())
        if self.tag:
            found = found.with_tag(uuid.UUID(self.tag))
        if self.segment:
            found = found.in_segment(uuid.UUID(self.segment))
        if self.source:
            found = found.filter(_from_source(self.source))
        found = kept(found, dict(self.more))
        if self.sort not in SORTS:
            found = found.annotate(**sort_choices()[self.sort][1])
        return found.matching(self.q) if self.q else found


def recent_since() -> datetime:
    """Return when the last 30 days began: the tallies count by UTC days, and the list must agree."""
    first = timezone.now().astimezone(UTC).date() - timedelta(days=RECENT_DAYS - 1)
    return datetime.combine(first, time(), tzinfo=UTC)


def _more(params: QueryDict) -> tuple[tuple[str, str], ...]:
    """Return the added filters that are set."""
    asked = {name: found.clean(_clean(params.get(name, ""))) for name, found in list_filters.items()}
    return tuple((name, value) for name, value in asked.items() if value)


def _from_source(source: str) -> Q:
    ids = ProfileIdentifier.objects.filter(profile=OuterRef("pk"), source=source)
    return Q(primary_source=source) | Q(Exists(ids))


def _one_of(value: str, allowed: Any) -> str:
    return value if value in allowed else ""


def _id(value: str) -> str:
    try:
        return str(uuid.UUID(value))
    except ValueError:
        return ""


def _clean(value: str) -> str:
    # A null byte or half a surrogate pair is nothing PostgreSQL could look for.
    plain = value.replace("\x00", "").encode("utf-8", "ignore").decode()
    return " ".join(plain.split())


def read_list(query: QueryDict, membership: Membership) -> Listed:
    """Return the list an export asks for, in its order."""
    asked = ListQuery.parse(query)
    return Listed(asked.apply(Profile.objects.all()), asked.order)
