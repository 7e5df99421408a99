"""Removing customers an import has created, unless somebody has worked with them since."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Count, Q
from django.utils.translation import gettext_noop

from cdp.sentences import Sentence
from cdp.tenancy.models import TenantForeignKey
from profiles.imports.choices import RowAction, UndoOutcome
from profiles.imports.models import ImportRow
from profiles.imports.undoing.report import UndoReport
from profiles.imports.undoing.restore import CHANGED_SINCE, GONE
from profiles.models import ContactPoint, Profile, ProfileIdentifier, ProfileTag
from profiles.registries import derived_rows

HAS_MORE = Sentence(gettext_noop("Something else belongs to this customer by now: %(what)s."), ours=("what",))
# What an import itself gives a customer; every change of these raises the customer's version.
_OWN = (ContactPoint, ProfileIdentifier, ProfileTag)


def remove_created(
    rows: Sequence[ImportRow], *, run_id: uuid.UUID, report: UndoReport
) -> dict[int, UndoOutcome]:
    """Delete the customers the rows have created; return what became of each.

    The caller holds the tenant's lock.
    """
    wanted = [row.profile_id for row in rows if row.profile_id]
    profiles = {
        profile.pk: profile
        for profile in Profile.objects.select_for_update()
        .filter(pk__in=wanted)
        .order_by("pk")
        .only("pk", "tenant_id", "version", "merged_into_id", "status")
    }
    expected = _expected_versions(wanted, run_id)
    more = _related(wanted)
    outcomes: dict[int, UndoOutcome] = {}
    doomed = []
    for row in rows:
        assert row.profile_id is not None  # noqa: S101 (a created row has a customer)
        profile = profiles.get(row.profile_id)
        reason = _reason_to_keep(profile, expected, more)
        if reason:
            report.keep(row.row_no, row.profile_id, reason)
        else:
            doomed.append(row.profile_id)
        outcomes[row.row_no] = UndoOutcome.KEPT if reason else UndoOutcome.RESTORED
    _delete(doomed)
    report.removed += len(doomed)
    later = ImportRow.objects.filter(run=run_id, action=RowAction.UPDATE)
    later.filter(profile_id__in=doomed).update(undone=UndoOutcome.RESTORED)
    later.filter(profile_id__in=set(wanted) - set(doomed)).update(undone=UndoOutcome.KEPT)
    return outcomes


def _reason_to_keep(
    profile: Profile | None, expected: dict[uuid.UUID, int], more: dict[uuid.UUID, str]
) -> str:
    if profile is None or not profile.is_open:
        return GONE
    if profile.version != expected.get(profile.pk, 1):
        return CHANGED_SINCE
    return HAS_MORE(what=more[profile.pk]) if profile.pk in more else ""


def _expected_versions(wanted: Sequence[uuid.UUID], run_id: uuid.UUID) -> dict[uuid.UUID, int]:
    """Return the version each customer has if nobody but imports has changed it.

    Each row that changed it counted one; a row of another import that was taken back in full counted twice.
    """
    rows = (
        ImportRow.objects.filter(profile_id__in=wanted, action=RowAction.UPDATE)
        .values("profile_id", "run_id")
        .annotate(changes=Count("row_no"), back=Count("row_no", filter=Q(undone=UndoOutcome.RESTORED)))
    )
    versions: dict[uuid.UUID, int] = defaultdict(lambda: 1)
    for row in rows:
        profile_id = row["profile_id"]
        assert profile_id is not None  # noqa: S101 (one of those asked for)
        if row["run_id"] == run_id:
            versions[profile_id] += row["changes"]
        elif row["back"] == row["changes"]:
            versions[profile_id] += 2 * row["changes"]
    return dict(versions)


def _related(wanted: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return customers that something else points to, with the name of that."""
    found: dict[uuid.UUID, str] = {}
    for relation in Profile._meta.related_objects:
        model, field = relation.related_model, relation.field
        if isinstance(field, TenantForeignKey) and model not in _OWN and not isinstance(model, str):
            if derived_rows.get(model._meta.label):
                continue
            owners = model._default_manager.filter(**{f"{field.name}__in": wanted}).order_by()
            name = str(model._meta.verbose_name)
            found |= dict.fromkeys(owners.values_list(field.attname, flat=True).distinct(), name)
    return found


def _delete(profile_ids: Sequence[uuid.UUID]) -> None:
    for remove in derived_rows:
        remove(profile_ids)
    for model in _OWN:
        # Straight to SQL: the collector would load every row, and look for relations checked already.
        model.objects.filter(profile__in=profile_ids)._raw_delete(using="default")
    Profile.objects.filter(pk__in=profile_ids)._raw_delete(using="default")
