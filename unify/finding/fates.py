"""What a run would do with the pairs of a batch: merge them, put them before people, or nothing."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Sequence

import duckdb
import pyarrow as pa

from cdp.models import Tenant
from profiles.models import Profile
from unify.deciding.people_first import left_to_people
from unify.deciding.risk import is_risky
from unify.finding.cases import Waiting, components
from unify.finding.family import Pair, family_pairs, people_of
from unify.finding.kindred import kindred_of
from unify.finding.merging import Judge
from unify.finding.policy import FAMILY_SCORE
from unify.finding.progress import Progress
from unify.finding.verdicts import held_apart
from unify.matching import MatchModel
from unify.models import MatchSettings
from unify.records.making import Maker

# Scores as they would be stored, and without the pairs people have said are not the same.
_JUDGED = f"""
CREATE OR REPLACE TABLE judged AS
SELECT least(p.id_l, p.id_r) AS low, greatest(p.id_l, p.id_r) AS high, p.weight,
       CASE WHEN f.low IS NULL THEN p.score ELSE least(p.score, {FAMILY_SCORE}) END AS score,
       p.conflicts = '' AND f.low IS NULL AND t.low IS NULL AS is_free
  FROM pairs AS p
  LEFT JOIN family AS f ON f.low = least(p.id_l, p.id_r) AND f.high = greatest(p.id_l, p.id_r)
  LEFT JOIN peoples AS t ON t.low = least(p.id_l, p.id_r) AND t.high = greatest(p.id_l, p.id_r)
  ANTI JOIN apart AS a ON a.low = least(p.id_l, p.id_r) AND a.high = greatest(p.id_l, p.id_r)
"""  # noqa: S608 - a number of ours
_PEOPLE = "SELECT id_l FROM pairs UNION SELECT id_r FROM pairs"
_SURE = "SELECT low, high, weight FROM judged WHERE is_free AND score >= ? ORDER BY low, high"
_FATES = """
CREATE OR REPLACE TABLE fates AS
SELECT j.low, j.high, j.score, CASE WHEN l.cluster = h.cluster THEN 'merge' ELSE 'queue' END AS fate
  FROM judged AS j
  LEFT JOIN clustered AS l ON l.id = j.low
  LEFT JOIN clustered AS h ON h.id = j.high
 WHERE j.score >= ?
"""


def find_fates(
    batch: duckdb.DuckDBPyConnection,
    tenant: Tenant,
    model: MatchModel,
    rules: MatchSettings,
    progress: Progress,
) -> None:
    """Fill the table `fates` (low, high, score, fate) with the first round of a run over the table `pairs`.

    A survivor is not compared again, as it is not there yet. Pairs that are not in the table would be left
    alone.
    """
    people = [uuid.UUID(person) for (person,) in batch.execute(_PEOPLE).fetchall()]
    family, apart, peoples = family_pairs(people), held_apart(), left_to_people()
    for name, pairs in (("family", family), ("apart", apart), ("peoples", peoples)):
        batch.register(name, _table(pairs))
    batch.execute(_JUDGED)
    clusters: list[Sequence[str]] = []
    if rules.merges_by_itself:
        sure = list(_sure(batch, rules))
        kindred = kindred_of(Maker(tenant), people_of((pair.low, pair.high) for pair in sure))
        judge = Judge(model, rules, apart=family | apart | peoples, kindred=kindred)
        clusters = list(_clusters(judge, rules, sure, progress))
    batch.register("clustered", _members(clusters))
    batch.execute(_FATES, [rules.review_score])
    for name in ("family", "apart", "peoples", "clustered"):
        batch.unregister(name)


def _sure(batch: duckdb.DuckDBPyConnection, rules: MatchSettings) -> Iterator[Waiting]:
    """Return the pairs that are sure by themselves; not being stored, they have no id of their own."""
    for low, high, weight in batch.execute(_SURE, [rules.merge_score]).fetchall():
        one, other = uuid.UUID(low), uuid.UUID(high)
        yield Waiting(id=one, low=one, high=other, weight=weight, case=None)


def _clusters(
    judge: Judge, rules: MatchSettings, sure: Sequence[Waiting], progress: Progress
) -> Iterator[Sequence[str]]:
    found = list(components(sure))
    for number, pairs in enumerate(found, 1):
        scores = {(pair.low, pair.high): float(rules.merge_score) for pair in pairs}
        for members in judge.clusters(pairs, scores):
            if len(members) > 1 and not _takes_two(members, rules):
                yield members
        progress(number, len(found))


def _takes_two(members: Sequence[str], rules: MatchSettings) -> bool:
    """Tell whether the tenant wants two people for merging these."""
    if not rules.needs_second_person:
        return False
    profiles = Profile.objects.filter(pk__in=members).defer("search_text")
    return is_risky(list(profiles), has_conflict=False, settings=rules)


def _table(pairs: Collection[Pair]) -> pa.Table:
    lows, highs = [str(low) for low, _ in pairs], [str(high) for _, high in pairs]
    return pa.table({"low": pa.array(lows, pa.string()), "high": pa.array(highs, pa.string())})


def _members(clusters: Sequence[Sequence[str]]) -> pa.Table:
    rows = [(one, number) for number, members in enumerate(clusters) for one in members]
    ids, numbers = [one for one, _ in rows], [number for _, number in rows]
    return pa.table({"id": pa.array(ids, pa.string()), "cluster": pa.array(numbers, pa.int64())})
