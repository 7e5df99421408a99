"""One person, written in two scripts, with and without what people are addressed by."""

from __future__ import annotations

import pytest

from cdp.models import Tenant
from tests.factories.profiles import ProfileFactory
from tests.unify.finding.people import run, strangers
from unify.models import Candidate, MatchSettings
from unify.operations.find_alike import find_alike

PEOPLE = [
    (("นายสมชาย", "ใจดี"), ("Somchai", "Jaidee")),
    (("คุณ ศิริพร", "ทองชัย"), ("Siriporn", "Thongchai")),
    (("মোঃ রহিম", "উদ্দিন"), ("Rahim", "Uddin")),
    (("ডা. নাসরিন", "আক্তার"), ("Nasrin", "Akter")),
]


@pytest.mark.conforms("R53")
@pytest.mark.parametrize(("own", "latin"), PEOPLE)
def test_a_name_in_its_own_script_is_found_by_its_latin_spelling(
    acme: Tenant, own: tuple[str, str], latin: tuple[str, str]
) -> None:
    strangers()
    MatchSettings.objects.create(merges_by_itself=False)
    people = [
        ProfileFactory(
            first_name=first,
            last_name=last,
            name=f"{first} {last}",
            date_of_birth="1985-03-12",
            email=mail,
            # One digit apart; left to the factory, the number of earlier tests decided how far.
            phone=phone,
        )
        for (first, last), mail, phone in (
            (own, "a@one.example", "+66810000008"),
            (latin, "b@two.example", "+66810000009"),
        )
    ]
    run(acme)
    pair = Candidate.objects.get(low=min(one.pk for one in people), high=max(one.pk for one in people))
    (alike,) = find_alike(tenant=acme, profile_id=people[0].pk, least_score=60)
    assert alike.profile == people[1]
    assert abs(alike.score - pair.score) < 1e-6
    weights = {level.comparison: level.weight for level in alike.levels}
    assert weights["first_name"] > 0
    assert weights["last_name"] > 0
