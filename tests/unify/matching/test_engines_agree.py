"""Splink on DuckDB and the evaluator in Python read one model file; they must say the same of every pair."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unify.matching.conftest import DATA, TODAY, Prepare, rows_of
from unify.matching.batch import predict
from unify.matching.batch_tables import record_table
from unify.matching.evaluation.columns import map_columns
from unify.matching.evaluation.reading import read_rows
from unify.matching.evaluation.records import records_of
from unify.matching.evaluator import Evaluator, PairScore
from unify.matching.frequencies import with_frequencies
from unify.matching.model import Calibration, MatchModel
from unify.matching.record import ORGANISATION, PersonRecord, extra_column

CLOSE = 1e-6
REGIONS = {"th_TH": "TH", "bn_BD": "BD", "ja_JP": "JP", "en_US": "US"}


def assert_agreement(
    model: MatchModel,
    records: Sequence[PersonRecord],
    *,
    extras: Sequence[str] = (),
    least_weight: float | None = None,
    explained: int = 1,
) -> int:
    """Compare the weight of every pair, and of each `explained`-th also score, conflicts and levels.

    Returns how many pairs were compared.
    """
    predicted = predict(model, record_table(records, extras=extras), least_weight=least_weight)
    evaluator = Evaluator(model)
    columns = {record.id: record.columns() for record in records}
    names = ("id_l", "id_r", "weight")
    for one, other, weight in zip(*(predicted.column(name).to_pylist() for name in names), strict=True):
        assert abs(evaluator.weight(columns[one], columns[other]) - weight) < CLOSE, (one, other)
    for row in predicted.to_pylist()[::explained]:
        assert_explained(evaluator.evaluate_columns(columns[row["id_l"]], columns[row["id_r"]]), row)
    return int(predicted.num_rows)


def assert_explained(found: PairScore, row: dict[str, Any]) -> None:
    assert abs(found.weight - row["weight"]) < CLOSE, row
    assert abs(found.score - row["score"]) < CLOSE, row
    assert abs(found.linkage - row["linkage"]) < CLOSE, row
    assert ",".join(conflict.rule for conflict in found.conflicts) == row["conflicts"]
    for level in found.levels:
        assert abs(level.weight - row[f"weight_{level.comparison}"]) < CLOSE, row
        assert (row[f"gamma_{level.comparison}"] == -1) == level.is_null
        assert (row[f"gamma_{level.comparison}"] == 0) == (level.label == "different")


def labelled(path: Path) -> tuple[list[PersonRecord], dict[str, str]]:
    header, rows = read_rows(path)
    mapping = map_columns(header, rows, label="cluster_id", given={})
    extras = {extra_column(number): column for number, column in enumerate(mapping.extras, 1)}
    return list(records_of(rows, mapping, extras, region="US", today=TODAY)), extras


@pytest.mark.no_cover
@pytest.mark.conforms("R37")
@pytest.mark.parametrize(
    ("file", "least_weight", "pairs"),
    [
        ("fake_1000.csv", -20, 15_000),
        ("early_childhood.csv.gz", None, 100_000),
        ("febrl3.csv.gz", None, 100_000),
        ("febrl20k.csv.gz", -20, 15_000),
    ],
)
def test_both_engines_agree_on_every_pair_of_a_labelled_set(
    file: str, least_weight: float | None, pairs: int
) -> None:
    records, extras = labelled(DATA / "er" / file)
    table = record_table(records, extras=list(extras))
    model = with_frequencies(MatchModel.shipped(len(records), extras=extras), table)

    compared = assert_agreement(model, records, extras=list(extras), least_weight=least_weight, explained=50)

    assert compared > pairs


def people_of(locale: str) -> list[PersonRecord]:
    """A hundred people, and each again with one thing changed."""
    chance = random.Random(locale)
    records = []
    for number, row in enumerate(rows_of(f"locales/{locale}_200.csv")[:100]):
        for copy in range(2):
            values = dict(row)
            if copy:
                field = chance.choice(["first_name", "last_name", "email", "phone", "address"])
                values[field] = misspelt(values[field], chance)
            records.append(
                PersonRecord.prepare(
                    f"{number}-{copy}",
                    region=REGIONS[locale],
                    today=TODAY,
                    first_name=values["first_name"],
                    last_name=values["last_name"],
                    emails=[values["email"]],
                    phones=[values["phone"]],
                    birth_date=values["birth_date"],
                    street=values["address"],
                    company=values["company"],
                )
            )
    return records


def misspelt(text: str, chance: random.Random) -> str:
    place = chance.randrange(len(text)) if text else 0
    return text[:place] + text[place + 1 :]


@pytest.mark.no_cover
@pytest.mark.conforms("R53")
@pytest.mark.parametrize("locale", sorted(REGIONS))
def test_both_engines_agree_on_names_of_every_script(locale: str) -> None:
    records = people_of(locale)
    model = with_frequencies(MatchModel.shipped(len(records)), record_table(records))

    assert assert_agreement(model, records, explained=10) > 15_000


@pytest.mark.parametrize("locale", sorted(REGIONS))
def test_a_person_with_one_thing_changed_is_still_found(locale: str) -> None:
    records = people_of(locale)
    model = with_frequencies(MatchModel.shipped(len(records)), record_table(records))
    found = predict(model, record_table(records), least_score=model.merge_score).to_pylist()
    same = [row for row in found if row["id_l"].split("-")[0] == row["id_r"].split("-")[0]]

    assert len(same) >= 0.97 * len(records) / 2
    assert len(same) >= 0.99 * len(found)


word = st.text(st.sampled_from("abcdeนมশি 山やé.'"), max_size=9)
letters = st.text(st.sampled_from("abcd"), max_size=6)
record_values = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["person", ORGANISATION]),
        "first_name": word | letters,
        "last_name": word | letters,
        "name": word,
        "company": word | st.just("Acme Ltd"),
        "emails": st.lists(
            st.sampled_from(["ann@x.com", "a.nn@gmail.com", "anna@x.com", "info@y.org"]), max_size=2
        ),
        "phones": st.lists(
            st.sampled_from(["0812345678", "0812345679", "+14155552671", "2345678"]), max_size=2
        ),
        "birth_date": st.sampled_from(["", "1990-04-03", "1990-03-04", "1990-04-13", "1971-12-31"]),
        "street": st.sampled_from(["", "12 Main St", "21 Main Road", "12 Mian St", "5 High St Apt 2"]),
        "postal_code": st.sampled_from(["", "10110", "10111", "SW1A 1AA"]),
        "city": st.sampled_from(["", "Bangkok", "Bangkko", "กรุงเทพ"]),
        "tax_id": st.sampled_from(["", "123456789", "123456780", "987654321"]),
        "auth_id": st.sampled_from(["", "u1", "u2"]),
    }
)


@given(one=record_values, other=record_values)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_pair_has_one_score_in_either_order(
    person: Prepare, one: dict[str, object], other: dict[str, object]
) -> None:
    model = MatchModel.shipped(1_000)
    evaluator = Evaluator(model)
    left, right = person("1", **one), person("2", **other)

    assert evaluator.evaluate(left, right) == evaluator.evaluate(right, left)
    forth, back = (evaluator.weight(a.columns(), b.columns()) for a, b in ((left, right), (right, left)))
    assert abs(forth - back) < CLOSE


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(record_values, min_size=6, max_size=25), calibrated=st.booleans())
def test_both_engines_agree_on_whatever_there_is(
    person: Prepare, values: list[dict[str, object]], calibrated: bool
) -> None:
    records = [person(str(number), **value) for number, value in enumerate(values)]
    model = with_frequencies(MatchModel.shipped(len(records)), record_table(records))
    if calibrated:
        fitted = Calibration(slope=0.4, offset=-0.3, conflict=-1.5, verdicts=300)
        model = model.model_copy(update={"calibration": fitted})

    assert assert_agreement(model, records) == len(records) * (len(records) - 1) // 2
