"""The page that explains matching, with an example the tenant's own model has scored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cdp.models import Tenant
from cdp.permissions import UNIFY_MERGE
from cdp.views.pages import PageRequest, needs, render_page
from unify.finding.current import current_model, settings_of
from unify.matching import MatchModel, PersonRecord, evaluate
from unify.operations.explain import held_at
from unify.views.comparing.reasons import said_by
from unify.views.waterfall import Waterfall, waterfall
from unify.words import conflict_words

FEW, MANY = 1_000, 20_000


@dataclass(frozen=True, slots=True)
class Example:
    """Two made-up records side by side, their score, and how it came about."""

    title: str
    rows: list[tuple[str, str, str]]
    score: float
    fall: Waterfall
    conflicts: list[str]


_LEFT = {
    "first_name": "Somchai",
    "last_name": "Jaidee",
    "emails": ("somchai.j@example.com",),
    "phones": ("081 234 5678",),
    "birth_date": date(1985, 3, 14),
    "city": "Bangkok",
}
_RIGHT = _LEFT | {"first_name": "Somchay", "emails": ("sjaidee@example.org",), "city": "Krung Thep"}
_SPOUSE = _LEFT | {"first_name": "Malee", "emails": ("malee@example.com",), "birth_date": date(1988, 7, 2)}


@require_safe
@needs(UNIFY_MERGE)
def how(request: PageRequest) -> HttpResponse:
    """Explain matching to somebody without statistics."""
    tenant = request.membership.tenant
    version, model = current_model(tenant)
    is_small = version.records < FEW
    if is_small:
        # Among a handful of people chance hardly speaks: weights would look like nothing.
        model = MatchModel.shipped(MANY)
    context = {
        "part": "how",
        "settings": settings_of(tenant),
        "many": MANY if is_small else 0,
        "examples": [
            _example(_("One customer, written twice"), model, tenant, _RIGHT),
            _example(_("Two people of one household"), model, tenant, _SPOUSE),
        ],
    }
    return render_page(request, "unify/how.html", context, title=_("How matching works"))


def _example(title: str, model: MatchModel, tenant: Tenant, other: dict[str, object]) -> Example:
    found = evaluate(model, _record(tenant, _LEFT), _record(tenant, other))
    return Example(
        title=title,
        rows=_rows(other),
        score=found.score,
        fall=waterfall(found.prior, said_by(found.levels), held_at=held_at(found, found.score)),
        conflicts=[str(conflict_words(conflict.rule)) for conflict in found.conflicts],
    )


def _record(tenant: Tenant, said: dict[str, object]) -> PersonRecord:
    return PersonRecord.prepare("example", region=tenant.region, today=timezone.localdate(), **said)  # type: ignore[arg-type]


def _rows(other: dict[str, object]) -> list[tuple[str, str, str]]:
    labels = {
        "first_name": _("First name"),
        "last_name": _("Last name"),
        "emails": _("E-mail"),
        "phones": _("Phone"),
        "birth_date": _("Date of birth"),
        "city": _("City"),
    }
    return [(label, _plain(_LEFT[name]), _plain(other[name])) for name, label in labels.items()]


def _plain(value: object) -> str:
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    return ", ".join(value) if isinstance(value, tuple) else str(value)
