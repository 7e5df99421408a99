"""Learning, trying and using a version of the model."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cdp.errors import DomainError
from cdp.permissions import SETTINGS_WRITE
from cdp.views.pages import PageRequest, actor_of, needs
from unify.finding.errors import UntrainedModel
from unify.level_words import levels_in_words
from unify.models import MatchModelVersion
from unify.operations.calibrate_model import calibrate_model
from unify.operations.dry_run_model import dry_run_model
from unify.operations.publish_model import publish_model
from unify.operations.train_model import train_model


@require_POST
@needs(SETTINGS_WRITE)
def train(request: PageRequest) -> HttpResponse:
    """Have a worker learn a draft from the customers."""
    text = _("Learning has started. The new version appears here as a draft; nothing uses it until you do.")
    _try(request, lambda: train_model(**_common(request)), text)
    return HttpResponseRedirect(reverse("match-model"))


@require_POST
@needs(SETTINGS_WRITE)
def calibrate(request: PageRequest) -> HttpResponse:
    """Make a draft whose scores follow people's decisions."""
    made = _try(
        request, lambda: calibrate_model(**_common(request)), _("A draft is made. Try it, then use it.")
    )
    return _to(made.pk) if made else HttpResponseRedirect(reverse("match-model"))


@require_POST
@needs(SETTINGS_WRITE)
def dry_run(request: PageRequest, version_id: uuid.UUID) -> HttpResponse:
    """Have a worker count what would be different with a version."""
    number = _find(version_id).number
    text = _("The trial has started. Nothing is merged or changed by it.")
    _try(request, lambda: dry_run_model(**_common(request), number=number), text)
    return _to(version_id)


@require_POST
@needs(SETTINGS_WRITE)
def publish(request: PageRequest, version_id: uuid.UUID) -> HttpResponse:
    """Use a draft from now on."""
    number, complete = _find(version_id).number, "complete" in request.POST
    try:
        publish_model(**_common(request), number=number, complete=complete)
    except UntrainedModel as error:
        messages.error(request, f"{error.detail} ({levels_in_words(error.levels)})")
        return HttpResponseRedirect(reverse("match-version", args=[version_id]) + "?complete=1")
    except DomainError as error:
        messages.error(request, error.detail)
        return _to(version_id)
    messages.success(request, _("This version is in use now. The next search looks at everybody with it."))
    return HttpResponseRedirect(reverse("match-model"))


def _find(version_id: uuid.UUID) -> MatchModelVersion:
    found = MatchModelVersion.objects.defer("model", "report").filter(pk=version_id).first()
    if found is None:
        raise Http404(_("There is no such version."))
    return found


def _common(request: PageRequest) -> dict[str, Any]:
    return {"tenant": request.membership.tenant, "by": actor_of(request)}


def _try(request: PageRequest, verb: Callable[[], Any], done: str) -> Any:
    try:
        made = verb()
    except DomainError as error:
        messages.error(request, error.detail)
        return None
    messages.success(request, done)
    return made


def _to(version_id: uuid.UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("match-version", args=[version_id]))
