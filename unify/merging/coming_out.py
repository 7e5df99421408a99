"""The customers of a merge that is taken back: locked, computed again, written."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max

from cdp.models import Tenant
from profiles.choices import ContactKind
from profiles.locking import lock_values
from profiles.models import ContactPoint, CustomerEvent, Profile
from unify.merging.locking import Moved, identifying_values, lock_rows
from unify.merging.replaying import Replay
from unify.merging.tree import Tree, load_tree
from unify.merging.values import put_values, values_of, with_changes
from unify.models import MergeGroup


def lock_tree(tenant: Tenant, merge_id: uuid.UUID) -> Tree:
    """Lock the loser and everybody above it; raises Moved when they changed before that."""
    seen = load_tree(merge_id)
    customers = [*seen.nodes, seen.loser.pk]
    lock_values(tenant.pk, identifying_values(customers) | _values_to_return(seen))
    locked = lock_rows(customers)
    tree = load_tree(merge_id)
    if tree.nodes != seen.nodes or tree.loser.merged_into_id != tree.merge.winner_id:
        raise Moved
    for level in tree.levels:
        level.profile = locked[level.profile.pk]
    tree.loser = locked[tree.loser.pk]
    return tree


def _values_to_return(tree: Tree) -> set[str]:
    """Return the addresses and ids that rows which are put back will hold."""
    group = tree.levels[0].affected[0]
    images = [image for rows in tree.rows.values() for image in rows.images if rows.merge_id == tree.merge.pk]
    images += [image for known in group.images.values() for image in known]
    values = {str(image["value"]) for image in images if "value" in image}
    return values | {f"{i['source']}:{i['external_id']}" for i in images if "external_id" in i}


def write_survivors(tree: Tree, played: Replay, now: datetime) -> None:
    """Write everybody on the way up as computed; those merged themselves keep their time of change."""
    for height in reversed(range(len(tree.levels))):
        profile, state = tree.levels[height].profile, played.states[height]
        merged_away_at = profile.merged_at
        changed = state.put_into(profile)
        profile.updated_at, profile.updated_by = now, state.updated_by
        if profile.merged_into_id is not None:
            # Its row says when it was merged away; what it said before stands with that merge.
            carrier = tree.carriers[height]
            carrier.loser_before = {
                **carrier.loser_before,
                "status": state.status,
                "merged_at": _iso(state.merged_at),
                "said": state.said,
            }
            carrier.save(update_fields=["loser_before"])
            profile.merged_at, profile.updated_at = merged_away_at, state.updated_at
        else:
            profile.status = state.status
        profile.version += 1
        _update(profile, [*changed, "status", "merged_at", "version", "updated_at", "updated_by"])


def reopen(tree: Tree, given: Mapping[str, Any], now: datetime) -> None:
    """Make the loser a customer again, with the values it was given."""
    loser, before = tree.loser, tree.merge.loser_before
    loser.status, loser.merged_into = before["status"], None
    loser.merged_at = datetime.fromisoformat(before["merged_at"]) if before["merged_at"] else None
    loser.version += 1
    loser.updated_at = now
    changed = put_values(loser, with_changes(values_of(loser), given)) if given else []
    _update(loser, [*changed, "status", "merged_into", "merged_at", "version", "updated_at"])


def take_standing_of(loser: Profile, played: Replay) -> None:
    """Deactivate the loser, or make it active, as the survivor was after the merge."""
    if played.standing is not None:
        now = played.standing[1]
        loser.status, loser.deleted_at = now.status, now.deleted_at
        _update(loser, ["status", "deleted_at"])


def hand_on_activity(tree: Tree, events: Collection[uuid.UUID]) -> None:
    """Let the loser's last activity tell of the events it was given."""
    latest = CustomerEvent.objects.filter(pk__in=events).aggregate(at=Max("timestamp"))["at"]
    loser = tree.loser
    if latest is not None and (loser.last_activity_at is None or loser.last_activity_at < latest):
        loser.last_activity_at = latest
        _update(loser, ["last_activity_at"])


def keep_primary_addresses(tree: Tree) -> None:
    """Give both customers the contact point of their primary e-mail and phone where answers parted them."""
    for profile in (tree.survivor, tree.loser):
        for kind in ContactKind.values:
            if value := getattr(profile, kind):
                ContactPoint.objects.get_or_create(
                    profile=profile, kind=kind, value=value, defaults={"source": profile.primary_source}
                )


def rewrite_groups(tree: Tree, played: Replay) -> None:
    """Let the other decisions know what they have been made about since."""
    for rewritten in played.rewritten:
        group = rewritten.group
        group.before, group.after = rewritten.before.to_json(), rewritten.after.to_json()
    MergeGroup.objects.bulk_update(
        [rewritten.group for rewritten in played.rewritten],
        ["before", "after", "images", "targets"],
        batch_size=100,
    )


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _update(profile: Profile, columns: list[str]) -> None:
    values = {name: getattr(profile, name) for name in dict.fromkeys(columns)}
    Profile.objects.filter(pk=profile.pk).update(**values)
