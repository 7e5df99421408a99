"""The list of all that waits."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from cdp.permissions import UNIFY_MERGE
from cdp.views.pages import PageRequest, actor_of, needs, render_page
from profiles.keyset import Order, first_page, page_after
from profiles.models import Profile
from unify.choices import CandidateState, CaseState
from unify.deciding.cases import WAITING
from unify.models import Candidate, ReviewCase
from unify.views.review.day import day_of
from unify.views.review.people import names_of

PAGE_SIZE = 25
NAMES_SHOWN = 4
ORDER = Order("best_score", parse=float)
SCORES = (("90", "90+"), ("75", "75–89"), ("60", "60–74"), ("0", "< 60"))
STATES = (
    ("conflict", gettext_lazy("Something contradicts")),
    ("plain", gettext_lazy("Nothing contradicts")),
    ("risky", gettext_lazy("Risky")),
    ("second", gettext_lazy("Needs a second person")),
)
HOLDERS = (
    ("me", gettext_lazy("Me")),
    ("others", gettext_lazy("Somebody else")),
    ("nobody", gettext_lazy("Nobody")),
)


@dataclass(frozen=True, slots=True)
class Filters:
    """Score, kind and holder; what nobody could have chosen counts as not chosen."""

    score: str = ""
    kind: str = ""
    held: str = ""

    @classmethod
    def parse(cls, params: QueryDict) -> Filters:
        """Read an address."""
        return cls(
            _one_of(params.get("score", ""), SCORES),
            _one_of(params.get("kind", ""), STATES),
            _one_of(params.get("held", ""), HOLDERS),
        )

    @property
    def is_set(self) -> bool:
        """Tell whether anything is filtered."""
        return bool(self.score or self.kind or self.held)

    def condition(self, me: str) -> Q:
        """Return the cases that are asked for."""
        held_now = Q(claimed_until__gt=timezone.now())
        kinds = {
            "conflict": Q(has_conflict=True),
            "plain": Q(has_conflict=False),
            "risky": Q(is_risky=True),
            "second": Q(state=CaseState.SECOND),
        }
        holders = {
            "me": held_now & Q(claimed_by=me),
            "others": held_now & ~Q(claimed_by=me),
            "nobody": Q(claimed_until=None) | ~held_now,
        }
        return _score(self.score) & kinds.get(self.kind, Q()) & holders.get(self.held, Q())

    def address(self, after: str = "") -> str:
        """Return the address of these filters."""
        asked = {"score": self.score, "kind": self.kind, "held": self.held, "after": after}
        known = {name: value for name, value in asked.items() if value}
        return f"{reverse('review-queue')}?{urlencode(known)}" if known else reverse("review-queue")


@dataclass(frozen=True, slots=True)
class Row:
    """One case of the list."""

    case: ReviewCase
    names: Sequence[str]
    more: int
    holder: str
    is_mine: bool


@require_safe
@needs(UNIFY_MERGE)
def queue(request: PageRequest) -> HttpResponse:
    """List the waiting cases, the surest first."""
    filters, me = Filters.parse(request.GET), str(actor_of(request))
    found = ReviewCase.objects.filter(filters.condition(me), state__in=WAITING)
    position = ORDER.read(request.GET.get("after", ""))
    page = page_after(found, ORDER, position, PAGE_SIZE) if position else first_page(found, ORDER, PAGE_SIZE)
    context = {
        "part": "queue",
        "rows": rows_of(page.rows, me),
        "day": day_of(request.membership.tenant, actor_of(request)),
        "filters": filters,
        "menus": [
            ("score", _("Score"), SCORES, filters.score),
            ("kind", _("Kind"), STATES, filters.kind),
            ("held", _("Looked at by"), HOLDERS, filters.held),
        ],
        "start": reverse("review-queue"),
        "first": filters.address() if position else "",
        "next": filters.address(page.next) if page.next else "",
    }
    return render_page(request, "unify/review/queue.html", context, title=_("Possible duplicates"))


def rows_of(cases: Sequence[ReviewCase], me: str) -> list[Row]:
    """Return cases as lists show them, in a constant number of queries."""
    names = _names(cases)
    live = {case.pk for case in cases if case.claimed_until and case.claimed_until > timezone.now()}
    holders = names_of([case.claimed_by for case in cases if case.pk in live])
    return [
        Row(
            case=case,
            names=names[case.pk][:NAMES_SHOWN],
            more=max(len(names[case.pk]) - NAMES_SHOWN, 0),
            holder=holders.get(case.claimed_by, "") if case.pk in live else "",
            is_mine=case.pk in live and case.claimed_by == me,
        )
        for case in cases
    ]


def _names(cases: Iterable[ReviewCase]) -> dict[uuid.UUID, list[str]]:
    """Return the names in each case, in three queries for all of them."""
    ids = [case.pk for case in cases]
    pairs = Candidate.objects.filter(case__in=ids, state=CandidateState.PENDING)
    members: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for case_id, low, high in pairs.values_list("case_id", "low_id", "high_id"):
        members[case_id] |= {low, high}
    everybody = {one for found in members.values() for one in found}
    rows = Profile.objects.filter(pk__in=everybody).only("name", "email", "phone", "status")
    shown = {row.pk: row.shown_name for row in rows}
    return {case_id: [shown[one] for one in sorted(members[case_id]) if one in shown] for case_id in ids}


def _score(text: str) -> Q:
    bounds = {"90": (90, 101), "75": (75, 90), "60": (60, 75), "0": (-1, 60)}
    if text not in bounds:
        return Q()
    least, below = bounds[text]
    return Q(best_score__gte=least, best_score__lt=below)


def _one_of(text: str, choices: Sequence[tuple[str, object]]) -> str:
    return text if text in {value for value, _label in choices} else ""
