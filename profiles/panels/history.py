"""Who changed what."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.db import models
from django.db.models import QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleLessThan
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cdp.adminsite.verbs import verb_in_words
from cdp.models import AuditEntry, Membership
from cdp.permissions import IMPORT_RUN, PROFILE_WRITE
from profiles.imports.choices import RowAction, UndoOutcome
from profiles.imports.history import ImportChange, import_changes
from profiles.keyset import Order, Position, first_page, page_after
from profiles.last_edit import last_edit
from profiles.models import Profile
from profiles.panels import PanelContext, Text
from profiles.panels.field_changes import COLLEAGUES, CUSTOMERS, FieldChange, field_change, is_told

PAGE_SIZE = 20
MOST_FIELDS_SHOWN = 6
NEWEST_FIRST = Order("at")

VERBS: dict[str, tuple[str, Text]] = {
    "profile.create": ("person_add", _("Created the customer")),
    "profile.update": ("edit", _("Changed the customer")),
    "profile.deactivate": ("person_off", _("Deactivated the customer")),
    "profile.reactivate": ("person_check", _("Reactivated the customer")),
    "profile.tag": ("sell", _("Put on tags")),
    "profile.untag": ("label_off", _("Took off tags")),
    "profile.segment": ("group_add", _("Put into segments")),
    "profile.unsegment": ("group_remove", _("Took out of segments")),
    "profile.add_contact_point": ("add_call", _("Added a way to reach the customer")),
    "profile.remove_contact_point": ("phone_disabled", _("Removed a way to reach the customer")),
    "profile.make_primary": ("star", _("Chose the primary address")),
    "profile.add_identifier": ("fingerprint", _("Added an id")),
    "profile.remove_identifier": ("fingerprint_off", _("Removed an id")),
    "profile.link": ("link", _("Linked an id")),
    "profile.resolve": ("join", _("Recognised the customer")),
    "profile.import": ("upload_file", _("Imported the customer")),
    "profile.assign": ("support_agent", _("Gave the customer to an agent")),
    "profile.merge": ("join", _("Merged")),
    "profile.unmerge": ("call_split", _("Took a merge back")),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One act of somebody."""

    id: uuid.UUID
    at: datetime
    who: str
    icon: str
    what: Text
    fields: tuple[FieldChange, ...]
    link: str = ""
    note: Text = ""

    @property
    def is_long(self) -> bool:
        """Tell whether the fields are folded away at first."""
        return len(self.fields) > MOST_FIELDS_SHOWN


@dataclass(frozen=True, slots=True)
class History:
    """One page of changes."""

    changes: tuple[Change, ...]
    older: str
    is_first: bool
    undoable: uuid.UUID | None = None


def history(context: PanelContext) -> History:
    """Return the page of audit entries the parameters ask for, those of whoever was merged into it too."""
    merged = [uuid.UUID(str(one)) for one in context.profile.merged_from]
    position = NEWEST_FIRST.read(context.params.get("before", ""))
    entries = entries_of([context.profile.pk, *merged], position)
    page = (
        first_page(entries, NEWEST_FIRST, PAGE_SIZE)
        if position is None
        else page_after(entries, NEWEST_FIRST, position, PAGE_SIZE)
    )
    names = _names(page.rows, merged)
    changes = [change_of(entry, names, of=context.profile.pk) for entry in page.rows]
    newest = position.value if position else None
    oldest = page.rows[-1].at if page.next else None
    changes += [
        _imported(change, context)
        for change in import_changes([context.profile.pk, *merged])
        if (newest is None or change.at < newest) and (oldest is None or change.at >= oldest)
    ]
    may_undo = position is None and context.may(PROFILE_WRITE) and context.profile.is_open
    last = last_edit(context.profile) if may_undo else None
    return History(
        changes=tuple(sorted(changes, key=lambda change: change.at, reverse=True)),
        older=urlencode({"before": page.next}) if page.next else "",
        is_first=position is None,
        undoable=last.pk if last else None,
    )


def entries_of(people: Sequence[uuid.UUID], position: Position | None) -> QuerySet[AuditEntry]:
    """Return the audit entries of these customers, or at least those of the page behind ``position``.

    The index holds one customer's in their order, and no several customers' together: of each as many are
    taken as a page may show.
    """
    parts = [AuditEntry.objects.filter(subject_id=one) for one in people]
    if len(parts) == 1:
        return parts[0]
    if position is not None:
        behind = TupleLessThan(Tuple("at", "pk"), (position.value, position.id))
        parts = [part.filter(behind) for part in parts]
    first, *more = [part.order_by("-at", "-pk").values("pk")[: PAGE_SIZE + 1] for part in parts]
    return AuditEntry.objects.filter(pk__in=first.union(*more, all=True))


def change_of(
    entry: AuditEntry, names: Mapping[str, str] | None = None, *, of: uuid.UUID | None = None
) -> Change:
    """Return one audit entry in words; ``names`` are those of the ids it tells of.

    In the history ``of`` a customer, what was done to somebody merged into it since says so.
    """
    icon, what = VERBS.get(entry.verb, ("history", verb_in_words(entry.verb)))
    model = _model(entry.object_type)
    fields = tuple(
        field_change(name, _named(name, pair, names or {}), model)
        for name, pair in entry.changes.items()
        if is_told(name, model)
    )
    note = "" if model is Profile else capfirst(str(model._meta.verbose_name))
    if of is not None and entry.subject_id != of:
        name = (names or {}).get(str(entry.subject_id), "")
        note = " · ".join(filter(None, [note, gettext("of %(name)s, merged since") % {"name": name}]))
    return Change(entry.pk, entry.at, entry.actor_label, icon, what, fields, note=note)


def _model(object_type: str) -> type[models.Model]:
    """Return what an entry is about; a customer, where that kind of object is no longer known."""
    try:
        return apps.get_model(object_type)
    except (LookupError, ValueError):
        return Profile


def _names(entries: Iterable[AuditEntry], also: Iterable[uuid.UUID] = ()) -> dict[str, str]:
    """Return the names of the colleagues and customers the entries tell of, and ``also`` these, by id."""
    changes = [change for entry in entries for change in entry.changes.items()]
    told = [(name, value) for name, pair in changes for value in _ids(pair)]
    members = {value for name, value in told if name in COLLEAGUES}
    others = {value for name, value in told if name in CUSTOMERS} | {str(one) for one in also}
    colleagues = Membership.objects.filter(pk__in=members).select_related("user")
    customers = Profile.objects.filter(pk__in=others).only("name", "email", "phone", "status")
    return {
        **{str(one.pk): one.user.name or one.user.email for one in colleagues},
        **{str(one.pk): one.shown_name for one in customers},
    }


def _ids(value: Any) -> Iterable[str]:
    if isinstance(value, list):
        return [found for part in value for found in _ids(part)]
    try:
        return [str(uuid.UUID(value))] if isinstance(value, str) else []
    except ValueError:
        return []


def _named(field: str, value: Any, names: Mapping[str, str]) -> Any:
    """Return a change with names in the place of ids."""
    if field not in COLLEAGUES and field not in CUSTOMERS:
        return value
    if isinstance(value, list):
        return [_named(field, part, names) for part in value]
    return names.get(value, value) if isinstance(value, str) else value


def _imported(change: ImportChange, context: PanelContext) -> Change:
    return Change(
        id=change.run_id,
        at=change.at,
        who=change.by,
        icon="upload_file",
        what=imported_in_words(change),
        fields=tuple(field_change(name, pair, Profile) for name, pair in change.changes.items()),
        link=reverse("import", args=[change.run_id]) if context.may(IMPORT_RUN) else "",
        note=undone_in_words(change),
    )


def imported_in_words(change: ImportChange) -> str:
    """Return which row of which file did it."""
    is_new = change.action == RowAction.CREATE
    words = {"file": change.file_name, "row": change.row_no}
    sentence = _("Added by row %(row)d of %(file)s") if is_new else _("Changed by row %(row)d of %(file)s")
    return str(sentence % words)


def undone_in_words(change: ImportChange) -> str:
    """Return what became of it when the import was taken back, if it was."""
    return str(UndoOutcome(change.undone).label) if change.undone else ""
