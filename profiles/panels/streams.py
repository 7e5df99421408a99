"""What the mixed timeline is made of: one stream per kind of thing that happens to a customer."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cdp.models import AuditEntry
from cdp.permissions import AUDIT_READ, PROFILE_READ
from cdp.registries import Registry
from profiles.keyset import Order
from profiles.models import CustomerEvent
from profiles.panels import PanelContext, Text
from profiles.panels.history import change_of
from profiles.panels.sentences import sentence
from profiles.panels.trees import Node, tree_of


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened, told."""

    id: uuid.UUID
    at: datetime
    icon: str
    text: Text
    kind: str
    type: str = ""
    source: str = ""
    who: str = ""
    note: str = ""
    link: str = ""
    details: Node = Node("")


@dataclass(frozen=True, slots=True)
class Stream:
    """One kind of thing on the timeline: who may see it, its rows of a customer, and how a row is told.

    ``time`` is the column it is sorted by: an index on customer and time keeps a page's cost the same
    however long the history. A stream without a ``source`` (or ``type``) column leaves the timeline when
    one is asked for. ``without_told`` takes out of the events those that rows of this stream tell as well.
    """

    label: Text
    code: str
    rows: Callable[[PanelContext], QuerySet[Any, Any]]
    tell: Callable[[Any, PanelContext], Moment]
    time: str
    source: str = ""
    type: str = ""
    without_told: Callable[[QuerySet[CustomerEvent]], QuerySet[CustomerEvent]] | None = None

    @property
    def order(self) -> Order:
        """Return the newest first."""
        return Order(self.time)


# Key of a kind -> its stream; apps further up add theirs in ``AppConfig.ready``.
streams: Registry[Stream] = Registry()


def _events(context: PanelContext) -> QuerySet[CustomerEvent]:
    return CustomerEvent.objects.filter(profile_id=context.profile.pk)


def _event(event: CustomerEvent, context: PanelContext) -> Moment:
    told = sentence(event.type, event.payload, currency=context.tenant.currency)
    return Moment(
        id=event.pk,
        at=event.timestamp,
        icon=told.icon,
        text=told.text,
        kind="event",
        type=event.type,
        source=event.source,
        details=tree_of(event.payload),
    )


def _edits(context: PanelContext) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(object_id=context.profile.pk)


def _edit(entry: AuditEntry, context: PanelContext) -> Moment:
    change = change_of(entry)
    fields = tuple(
        Node(
            str(field.label)[:1].upper() + str(field.label)[1:], _before_and_after(field.before, field.after)
        )
        for field in change.fields
    )
    return Moment(
        id=entry.pk,
        at=entry.at,
        icon=change.icon,
        text=change.what,
        kind="edit",
        who=change.who,
        details=Node("", kind="branch", children=fields) if fields else Node(""),
    )


def _before_and_after(before: str, after: str) -> str:
    return f"{before or '–'} → {after or '–'}"


EVENTS = Stream(_("Events"), PROFILE_READ, _events, _event, "timestamp", source="source", type="type")
EDITS = Stream(_("Changes"), AUDIT_READ, _edits, _edit, "at")


def register_streams() -> None:
    """Add the streams of this app; called once, when it is ready."""
    streams.register("event", EVENTS)
    streams.register("edit", EDITS)
