from __future__ import annotations

from pathlib import Path

import pytest

from tests.unify.matching.conftest import Prepare
from unify.matching import batch, candidates
from unify.matching.batch import Limits, pair_batches, predict, predict_on
from unify.matching.batch_tables import connect, load_table, record_table
from unify.matching.blocking import KINDS, blocking_keys
from unify.matching.candidates import affordable_kinds, candidate_pairs
from unify.matching.errors import NotEnoughData
from unify.matching.frequencies import with_frequencies
from unify.matching.model import Blocking, MatchModel
from unify.matching.record import PersonRecord
from unify.matching.training import train


@pytest.fixture
def keyed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small sets go by keys too, as large ones do."""
    monkeypatch.setattr(candidates, "ALL_PAIRS", 0)


def pairs_of(
    records: list[PersonRecord], *, cap: int = 100, changed: list[str] | None = None
) -> set[tuple[str, str]]:
    with connect() as connection:
        load_table(connection, record_table(records))
        candidate_pairs(connection, Blocking(kinds=KINDS, most_records_per_key=cap), changed_ids=changed)
        return set(
            connection.execute(
                "SELECT a.record_id, b.record_id FROM candidates"
                " JOIN records AS a ON a.id = join_key_l JOIN records AS b ON b.id = join_key_r"
            ).fetchall()
        )


def test_keys_are_typed_and_each_stands_once(person: Prepare) -> None:
    keys = blocking_keys(
        person(first_name="Ann", last_name="Ann", emails=["ann.lee@x.com"] * 2, phones=["0812345678"])
    )

    assert "e:ann.lee@x.com" in keys
    assert "p:812345678" in keys
    assert len(keys) == len(set(keys))
    assert keys[0].startswith("e:")


def test_swapped_and_misheard_names_share_a_key(person: Prepare) -> None:
    one = person(first_name="Philip", last_name="Meyer")
    other = person(first_name="Maier", last_name="Phillip")

    assert set(blocking_keys(one)) & set(blocking_keys(other))


@pytest.mark.usefixtures("keyed")
def test_only_records_with_a_common_key_are_compared(person: Prepare) -> None:
    records = [
        person("1", emails=["a@x.com"]),
        person("2", emails=["a@x.com"]),
        person("3", emails=["b@y.com"]),
    ]

    assert pairs_of(records) == {("1", "2")}


@pytest.mark.usefixtures("keyed")
def test_a_key_of_too_many_is_no_key(person: Prepare) -> None:
    crowd = [person(str(number), phones=["026509885"]) for number in range(12)]

    assert len(pairs_of(crowd, cap=12)) == 66
    assert pairs_of(crowd, cap=11) == set()


def test_a_small_set_is_compared_with_itself_whole(person: Prepare) -> None:
    assert len(pairs_of([person(str(number)) for number in range(10)])) == 45


@pytest.mark.usefixtures("keyed")
def test_an_incremental_run_takes_the_pairs_of_changed_records_alone(person: Prepare) -> None:
    records = [person(str(number), emails=["a@x.com"]) for number in range(4)]

    assert pairs_of(records, changed=["2"]) == {("0", "2"), ("1", "2"), ("2", "3")}
    assert pairs_of(records, changed=[]) == set()


def test_a_vague_kind_is_dropped_when_it_costs_too_much(
    person: Prepare, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "_PAIRS_IN_A_SMALL_SET", 10)
    crowd = [person(str(number), last_name="Smith", emails=["a@x.com"]) for number in range(40)]
    with connect() as connection:
        load_table(connection, record_table(crowd))
        kinds = affordable_kinds(connection, Blocking(kinds=KINDS), n_records=40)

    assert "e" in kinds
    assert "l" not in kinds


def test_a_value_of_many_people_loses_its_weight(person: Prepare) -> None:
    people = [
        person(str(number), first_name=first, last_name=last, phones=["026509885"])
        for number, (first, last) in enumerate((f, g) for f in "ABCDE" for g in "LMNOP")
    ]
    own = [
        person(str(100 + number), first_name="Ann", last_name="Lee", phones=["0812345678"])
        for number in range(3)
    ]
    model = with_frequencies(MatchModel.shipped(28), record_table([*people, *own]))

    assert model.term_frequencies["phone"].keys() == {"+6626509885"}


def test_scores_are_stable_while_a_tenant_grows(person: Prepare) -> None:
    pair = [person("1", first_name="Ann", last_name="Lee"), person("2", first_name="Ann", last_name="Lee")]
    model = with_frequencies(MatchModel.shipped(1_000), record_table(pair))
    more = [person(str(number), first_name="Ann", last_name="Lee") for number in range(3, 40)]

    before = predict(model, record_table(pair)).to_pylist()[0]["weight"]
    after = predict(model, record_table([*pair, *more]), changed_ids=["1"]).to_pylist()

    assert {row["weight"] for row in after} == {before}
    assert all("1" in (row["id_l"], row["id_r"]) for row in after)


def test_a_batch_in_parts_says_how_far_it_is_and_gives_what_a_whole_one_gives(
    person: Prepare, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [person(str(n), first_name="Ann", last_name="Lee") for n in range(6)]
    model = MatchModel.shipped(6)
    whole = predict(model, record_table(records)).to_pylist()
    monkeypatch.setattr(batch, "_PAIRS_AT_ONCE", 4)
    seen: list[tuple[int, int]] = []
    with connect() as connection:
        load_table(connection, record_table(records))
        found = predict_on(connection, model, progress=lambda done, total: seen.append((done, total)))
        parts = [row for rows in pair_batches(connection) for row in rows.to_pylist()]

    assert seen == [(4, 15), (8, 15), (12, 15), (15, 15)]
    assert (found.candidates, found.pairs) == (15, 15)
    assert sorted(map(repr, parts)) == sorted(map(repr, whole))


def test_only_pairs_of_the_least_score_are_kept(person: Prepare) -> None:
    same = {"first_name": "Ann", "last_name": "Lee", "emails": ["ann@x.com"]}
    records = [person("1", **same), person("2", **same), person("3", first_name="Bob", last_name="Roe")]
    found = predict(MatchModel.shipped(1_000), record_table(records), least_score=60).to_pylist()

    assert [(row["id_l"], row["id_r"]) for row in found] == [("1", "2")]


@pytest.mark.usefixtures("keyed")
def test_a_run_is_told_which_kinds_of_keys_to_use(person: Prepare) -> None:
    records = [
        person("1", emails=["a@x.com"], phones=["0812345678"]),
        person("2", emails=["a@x.com"]),
        person("3", phones=["0812345678"]),
    ]
    with connect() as connection:
        load_table(connection, record_table(records))
        found = predict_on(connection, MatchModel.shipped(3), Limits(kinds=("p",)))
        pairs = connection.execute("SELECT id_l, id_r FROM pairs").fetchall()

    assert (found.kinds, pairs) == (("p",), [("1", "3")])


def test_nothing_comes_of_nothing(person: Prepare) -> None:
    assert predict(MatchModel.shipped(1), record_table([])).num_rows == 0
    assert predict(MatchModel.shipped(1), record_table([person()])).num_rows == 0


def test_too_few_records_are_no_school() -> None:
    with pytest.raises(NotEnoughData):
        train(record_table([]))


def test_what_does_not_fit_is_written_where_it_is_told_and_goes_with_the_batch(tmp_path: Path) -> None:
    with connect(directory=str(tmp_path)) as connection:
        ((spill,),) = connection.execute("SELECT current_setting('temp_directory')").fetchall()
        assert Path(spill).parent == tmp_path
        assert Path(spill).stat().st_mode & 0o077 == 0, "personal data, for nobody else to read"
    assert not list(tmp_path.iterdir())
