"""The model and the settings a tenant's records are compared by."""

from __future__ import annotations

import threading
import uuid
from collections import OrderedDict

from django.db import IntegrityError, transaction
from django.utils import timezone

from cdp.models import Tenant
from profiles.statistics import statistics
from unify.choices import ModelOrigin, ModelState
from unify.finding.errors import ModelNotFound
from unify.matching import MatchModel, UntrainedLevel
from unify.models import MatchModelVersion, MatchSettings

_KEPT = 16
# A version's file never changes, so that a process reads it once.
_loaded: OrderedDict[uuid.UUID, MatchModel] = OrderedDict()
_lock = threading.Lock()
_LIGHT = ("model", "report")


def settings_of(tenant: Tenant) -> MatchSettings:
    """Return the tenant's rules; the usual ones where nobody has changed any."""
    return MatchSettings.objects.get_or_create()[0]


def current_model(tenant: Tenant) -> tuple[MatchModelVersion, MatchModel]:
    """Return the version in use and its model; a tenant's first is the shipped one for its size.

    The version's own ``model`` and ``report`` are fetched only when asked for.
    """
    version = _published() or _first(tenant)
    return version, load(version)


def load(version: MatchModelVersion) -> MatchModel:
    """Return a version's model, the same object each time in a process: the evaluator compiles it once."""
    with _lock:
        found = _loaded.get(version.pk)
        if found is not None:
            _loaded.move_to_end(version.pk)
            return found
    model = version.load()
    with _lock:
        model = _loaded.setdefault(version.pk, model)
        while len(_loaded) > _KEPT:
            _loaded.popitem(last=False)
    return model


def version_numbered(number: int) -> MatchModelVersion:
    """Return a version; raises ModelNotFound."""
    try:
        return MatchModelVersion.objects.get(number=number)
    except MatchModelVersion.DoesNotExist as error:
        raise ModelNotFound from error


def untrained_levels(model: MatchModel) -> list[str]:
    """Return the levels without m or u, as "field: level"."""
    try:
        model.validate_trained()
    except UntrainedLevel as error:
        return error.levels
    return []


def completed(version: MatchModelVersion) -> tuple[MatchModel, list[str]]:
    """Return a version's model, shipped weights where nothing was learned, and which levels those are."""
    model = load(version)
    levels = untrained_levels(model)
    return (model.completed_from(MatchModel.shipped(version.records)) if levels else model), levels


def next_number() -> int:
    """Return the number of the next version; two at once are told apart by the constraint."""
    latest = MatchModelVersion.objects.order_by("-number").values_list("number", flat=True).first()
    return (latest or 0) + 1


def customers() -> int:
    """Return how many customers are compared."""
    return statistics().active


def _published() -> MatchModelVersion | None:
    return MatchModelVersion.objects.defer(*_LIGHT).filter(state=ModelState.PUBLISHED).first()


def _first(tenant: Tenant) -> MatchModelVersion:
    records = customers()
    try:
        with transaction.atomic():
            return MatchModelVersion.objects.create(
                number=next_number(),
                state=ModelState.PUBLISHED,
                origin=ModelOrigin.SHIPPED,
                model=MatchModel.shipped(records).model_dump(mode="json"),
                records=records,
                published_at=timezone.now(),
                published_by="system:unify",
            )
    except IntegrityError:
        version = _published()
        if version is None:
            raise
        return version
