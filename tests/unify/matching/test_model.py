import json

import pytest
from pydantic import ValidationError

from tests.unify.matching.conftest import Prepare
from unify.matching.blocking import KINDS
from unify.matching.errors import UntrainedLevel
from unify.matching.evaluator import evaluate
from unify.matching.model import Comparison, Level, MatchModel


def without_m(model: MatchModel) -> MatchModel:
    first, *rest = model.comparisons
    null, exact, *levels = first.comparison_levels
    exact = exact.model_copy(update={"m_probability": None})
    first = first.model_copy(update={"comparison_levels": (null, exact, *levels)})
    return model.model_copy(update={"comparisons": (first, *rest)})


def test_a_model_survives_its_file() -> None:
    model = MatchModel.shipped(10_000, term_frequencies={"last_name": {"smith": 0.01}})

    assert MatchModel.model_validate_json(model.model_dump_json()) == model


def test_a_model_without_an_m_is_not_published() -> None:
    model = without_m(MatchModel.shipped(10_000))

    with pytest.raises(UntrainedLevel, match="first_name: the same"):
        model.validate_trained()
    MatchModel.shipped(10_000).validate_trained()


def test_a_level_nothing_was_learned_for_can_keep_what_was_shipped() -> None:
    shipped = MatchModel.shipped(10_000)

    assert without_m(shipped).completed_from(shipped) == shipped


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("output_column_name", "name; DROP TABLE records"),
        ("output_column_name", "Name"),
        ("comparison_levels", [{"sql_condition": "read_text(a_l) = a_r", "label_for_charts": "x"}]),
        ("comparison_levels", [{"sql_condition": "ELSE", "label_for_charts": "x", "m_probability": 2}]),
        ("comparison_levels", [{"sql_condition": "ELSE", "label_for_charts": "x", "u_probability": 0}]),
        (
            "comparison_levels",
            [{"sql_condition": "ELSE", "label_for_charts": "x", "tf_adjustment_column": "a b"}],
        ),
    ],
)
def test_a_hostile_model_file_is_refused(field: str, value: object) -> None:
    model = json.loads(MatchModel.shipped(10).model_dump_json())
    model["comparisons"][0][field] = value

    with pytest.raises((ValidationError, ValueError)):
        MatchModel.model_validate(model)


def test_a_rare_name_says_more_than_a_common_one(person: Prepare) -> None:
    model = MatchModel.shipped(1_000_000, term_frequencies={"last_name": {"smith": 0.01}})

    def weight(name: str) -> float:
        return evaluate(model, person("1", last_name=name), person("2", last_name=name)).weight

    assert weight("Zabriskie") - weight("Smith") > 6


def test_a_swap_of_first_and_last_name_counts_once(person: Prepare) -> None:
    model = MatchModel.shipped(10_000)
    straight, swapped = (
        person("1", first_name="Anna", last_name="Smith"),
        person("2", first_name="Smith", last_name="Anna"),
    )
    levels = {level.comparison: level for level in evaluate(model, straight, swapped).levels}

    assert levels["first_name"].is_null
    assert levels["last_name"].label == "first and last name swapped"
    assert 10 < levels["last_name"].weight < 16


def test_the_same_street_counts_the_town_once(person: Prepare) -> None:
    place = {"street": "12 Main St", "postal_code": "10110", "city": "Bangkok"}
    levels = evaluate(MatchModel.shipped(10_000), person("1", **place), person("2", **place)).levels

    assert [level.comparison for level in levels if not level.is_null] == ["street"]


def test_every_kind_of_key_is_in_the_shipped_model() -> None:
    assert MatchModel.shipped(10).blocking.kinds == KINDS


def test_levels_of_equal_weight_are_still_told_apart() -> None:
    level = Level(
        sql_condition="first_name_l = first_name_r",
        label_for_charts="x",
        m_probability=0.5,
        u_probability=0.5,
    )
    other = Level(sql_condition="ELSE", label_for_charts="different", m_probability=0.5, u_probability=0.5)
    same = Comparison(
        output_column_name="first_name", comparison_description="", comparison_levels=(level, other)
    )
    model = MatchModel.shipped(10).model_copy(update={"comparisons": (same,)})

    assert model.splink_settings()["comparisons"][0]["output_column_name"] == "first_name"
