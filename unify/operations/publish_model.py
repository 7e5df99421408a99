"""Taking a version of the model into use."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from cdp import audit
from cdp.actors import Actor
from cdp.models import Tenant
from cdp.sentences import Sentence
from profiles.locking import lock_values
from unify.choices import ModelState
from unify.finding.current import (
    completed,
    current_model,
    load,
    next_number,
    untrained_levels,
    version_numbered,
)
from unify.finding.errors import ModelNotDraft, UntrainedModel
from unify.models import MatchModelVersion

COMPLETED = Sentence(
    gettext_noop("Version %(number)s, with shipped weights where nothing was learned (findings: %(levels)s).")
)


@transaction.atomic
def publish_model(*, tenant: Tenant, by: Actor, number: int, complete: bool = False) -> MatchModelVersion:
    """Use a draft from now on; the next run looks at everybody with it.

    A draft with a level nothing was learned about is refused (UntrainedModel), unless ``complete`` asks for
    the shipped weights in its place. Raises ModelNotFound, ModelNotDraft.
    """
    lock_values(tenant.pk, ["match_models"])
    version = version_numbered(number)
    if version.state != ModelState.DRAFT:
        raise ModelNotDraft
    before, _ = current_model(tenant)
    if levels := untrained_levels(load(version)):
        if not complete:
            raise UntrainedModel(levels)
        version = _completed(version, levels, by)
    MatchModelVersion.objects.filter(state=ModelState.PUBLISHED).update(state=ModelState.RETIRED)
    version.state = ModelState.PUBLISHED
    version.published_at, version.published_by, version.updated_by = timezone.now(), str(by), str(by)
    version.save(update_fields=["state", "published_at", "published_by", "updated_by", "updated_at"])
    changes = {"number": [before.number, version.number]}
    audit.record(verb="match_model.publish", obj=version, by=by, changes=changes)
    return version


def _completed(version: MatchModelVersion, levels: list[str], by: Actor) -> MatchModelVersion:
    """Return a further version with the shipped weights where nothing was learned."""
    model, _ = completed(version)
    number = next_number()
    return MatchModelVersion.objects.create(
        number=number,
        state=ModelState.DRAFT,
        origin=version.origin,
        model=model.model_copy(update={"version": number}).model_dump(mode="json"),
        records=version.records,
        report={**version.report, "untrained": [], "shipped_levels": levels},
        note=COMPLETED(number=version.number, levels=len(levels)),
        created_by=str(by),
        updated_by=str(by),
    )
