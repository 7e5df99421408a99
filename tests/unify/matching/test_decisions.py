"""What keeps a score down, what calibrates it, and how it is shown from 0 to 100."""

from __future__ import annotations

import random

import pytest

from tests.unify.matching.conftest import Prepare
from unify.matching.calibration import Verdict, calibrate, calibrated_weight
from unify.matching.errors import NotEnoughData
from unify.matching.evaluator import PairScore, evaluate
from unify.matching.model import MatchModel
from unify.matching.record import ORGANISATION
from unify.matching.scoring import probability, score

MAP = ((-30.0, 0), (0.0, 60), (14.0, 90), (34.0, 100))
HOME = {"street": "12 Sukhumvit Rd", "postal_code": "10110", "city": "Bangkok"}
PERSON = {"first_name": "Nattapong", "last_name": "Srisawat", "phones": ["0812345678"], **HOME}


def rules(found: PairScore) -> list[str]:
    return [conflict.rule for conflict in found.conflicts]


@pytest.mark.parametrize(
    ("weight", "expected"), [(-99, 0), (-15, 30), (0, 60), (7, 75), (14, 90), (24, 95), (34, 100), (99, 100)]
)
def test_a_weight_becomes_a_score_by_straight_lines(weight: float, expected: float) -> None:
    assert score(weight, MAP) == pytest.approx(expected)


def test_a_weight_is_the_logarithm_of_the_odds() -> None:
    assert probability(0) == 0.5
    assert probability(1) == pytest.approx(2 / 3)
    assert probability(-5_000) == pytest.approx(0)
    assert probability(5_000) == 1


@pytest.mark.conforms("B48")
def test_two_of_a_household_are_for_a_person_to_look_at(person: Prepare) -> None:
    model = MatchModel.shipped(100_000)
    found = evaluate(model, person("1", **PERSON), person("2", **{**PERSON, "first_name": "Kamonwan"}))

    assert found.weight > 14
    assert rules(found) == ["first_name"]
    assert found.score == 75


@pytest.mark.conforms("B48")
def test_spouses_who_share_even_their_mail_are_told_apart_by_their_birthdays(person: Prepare) -> None:
    shared = {**PERSON, "emails": ["home@family.th"]}
    one = person("1", **shared, birth_date="1970-04-01")
    other = person("2", **{**shared, "first_name": "Kamonwan"}, birth_date="1985-09-23")
    found = evaluate(MatchModel.shipped(100_000), one, other)

    assert "first_name" in rules(found)
    assert found.score == 75


def test_a_new_first_name_with_the_same_birthday_and_mail_is_no_conflict(person: Prepare) -> None:
    known = {**PERSON, "emails": ["nat@shop.th"], "birth_date": "1985-09-23"}
    one, other = person("1", **known), person("2", **{**known, "first_name": "Kamonwan"})

    assert rules(evaluate(MatchModel.shipped(100_000), one, other)) == []


@pytest.mark.conforms("B48")
@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"first_name": "Kamonwan"}, "twins"),
        ({"birth_date": "1958-02-11"}, "birth_date"),
        ({"first_name": "Srisawat", "last_name": "Kamonwan"}, "swapped_names"),
    ],
)
def test_relatives_with_nearly_everything_in_common_are_for_a_person_to_look_at(
    person: Prepare, change: dict[str, str], rule: str
) -> None:
    known = {**PERSON, "birth_date": "1985-09-23"}
    found = evaluate(MatchModel.shipped(100_000), person("1", **known), person("2", **{**known, **change}))

    assert found.weight > 14
    assert rule in rules(found)
    assert found.score == 75


def test_a_date_of_birth_may_be_wrong_where_name_mail_and_phone_agree(person: Prepare) -> None:
    known = {**PERSON, "emails": ["nat@shop.th"]}
    one = person("1", **known, birth_date="1985-09-23")
    other = person("2", **known, birth_date="1970-02-11")

    assert rules(evaluate(MatchModel.shipped(100_000), one, other)) == []


def test_a_name_and_a_town_are_too_little_to_merge_by(person: Prepare) -> None:
    known = {"first_name": "Zebedee", "last_name": "Quackenbush", "city": "Bangkok", "postal_code": "10110"}
    found = evaluate(MatchModel.shipped(1_000), person("1", **known), person("2", **known))

    assert found.weight > 14
    assert rules(found) == ["name_alone"]


@pytest.mark.conforms("B47")
def test_two_tax_ids_never_merge_by_themselves(person: Prepare) -> None:
    one, other = person("1", **PERSON, tax_id="1100700123456"), person("2", **PERSON, tax_id="3509901234567")
    found = evaluate(MatchModel.shipped(100_000), one, other)

    assert rules(found) == ["tax_id"]
    assert found.score == 75


@pytest.mark.conforms("B47")
def test_two_accounts_of_the_shop_are_two_people(person: Prepare) -> None:
    one, other = person("1", **PERSON, auth_id="u1"), person("2", **PERSON, auth_id="u2")
    found = evaluate(MatchModel.shipped(100_000), one, other)

    assert rules(found) == ["auth_id"]
    assert found.score < MatchModel.shipped(1).review_score


def test_two_branches_of_one_company_are_for_a_person_to_look_at(person: Prepare) -> None:
    company = {"kind": ORGANISATION, "name": "Siam Coffee Roasters Co., Ltd.", "phones": ["026509885"]}
    one = person("1", **company, street="12 Sukhumvit Rd")
    other = person("2", **company, street="99 Silom Rd")
    found = evaluate(MatchModel.shipped(100_000), one, other)

    assert rules(found) == ["branch"]
    assert found.score == 75


def verdicts(count: int, *, slope: float, offset: float) -> list[Verdict]:
    chance = random.Random(7)
    weights = [chance.uniform(-10, 30) for _ in range(count)]
    return [
        Verdict(weight, False, chance.random() < probability(slope * weight + offset)) for weight in weights
    ]


def test_verdicts_teach_how_much_a_weight_is_worth() -> None:
    fitted = calibrate(verdicts(4_000, slope=0.5, offset=-2.0))

    assert calibrated_weight(4, has_conflict=False, calibration=fitted) == pytest.approx(0, abs=0.6)
    assert calibrated_weight(14, has_conflict=False, calibration=fitted) == pytest.approx(5, abs=1.2)


def test_a_conflict_lowers_the_odds_by_what_people_made_of_it() -> None:
    plain = verdicts(1_000, slope=1, offset=0)
    chance = random.Random(8)
    doubtful = [
        Verdict(w, True, chance.random() < probability(w - 6))
        for w in (chance.uniform(-5, 20) for _ in range(1_000))
    ]
    fitted = calibrate([*plain, *doubtful])

    with_conflict = calibrated_weight(10, has_conflict=True, calibration=fitted)
    assert calibrated_weight(10, has_conflict=False, calibration=fitted) - with_conflict > 3


def test_perfectly_separated_verdicts_still_have_an_answer() -> None:
    clear = [Verdict(weight, False, weight > 0) for weight in range(-150, 150)]

    assert 0 < calibrate(clear).slope < 100


@pytest.mark.parametrize(
    "given",
    [
        verdicts(150, slope=1, offset=0),
        [Verdict(20, False, True)] * 300,
        [Verdict(weight, False, weight < 0) for weight in range(-150, 150)],
    ],
)
def test_too_few_or_contradictory_verdicts_are_refused(given: list[Verdict]) -> None:
    with pytest.raises(NotEnoughData):
        calibrate(given)
