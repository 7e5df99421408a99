"""One search: over everybody, or over the pairs that touch what has changed."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
from django.conf import settings
from django.db import transaction

from cdp.models import Tenant
from unify.finding.indexed import load_touched
from unify.finding.loading import batch_database, load_all
from unify.finding.pairing import fill_pairs
from unify.finding.policy import LARGE
from unify.finding.progress import Progress
from unify.finding.renewing import renewed
from unify.finding.scoring import scored_pairs
from unify.finding.storing import Scored, Stored, store
from unify.matching import MatchModel
from unify.matching.batch import DUCKDB, Limits, score_candidates
from unify.models import MatchModelVersion, MatchSettings


@dataclass(slots=True)
class Search:
    """What a search goes by: who looks with which model, and what it has found."""

    tenant: Tenant
    version: MatchModelVersion
    model: MatchModel
    settings: MatchSettings
    run_id: uuid.UUID | None
    progress: Progress
    counts: dict[str, Any] = field(default_factory=dict)
    # Whose pairs and cases may be different now; None after a search over everybody.
    affected: set[uuid.UUID] | None = field(default_factory=set)

    @property
    def least_score(self) -> float:
        """Return the score from which a pair is kept."""
        return float(self.settings.review_score)

    def everybody(self) -> Stored:
        """Compare everybody and store what is alike."""
        with batch_database() as batch:
            self.progress.step("load")
            records = load_all(batch)
            self.version, self.model = renewed(batch, self.tenant, self.version, records)
            self.counts["whole"], self.affected = True, None
            self._compare(batch, Limits(least_score=self.least_score), records)
            return self._store(batch, None)

    def affects(self, people: Iterable[uuid.UUID]) -> None:
        """Note whose pairs and cases may be different now."""
        if self.affected is not None:
            self.affected.update(people)

    def touched(
        self,
        changed: Sequence[uuid.UUID],
        *,
        records: int,
        kinds: Sequence[str] | None,
        gone: Sequence[uuid.UUID] = (),
    ) -> Stored:
        """Compare the changed customers with whom they share a key, and store what is alike.

        ``kinds`` are those the last search over everybody blocked by; None where it compared all with all.
        Pairs of those who are ``gone`` are withdrawn.
        """
        self.affects((*changed, *gone))
        if not changed:
            return self._write([], touched=[], gone=gone)
        with batch_database() as batch:
            self.progress.step("load")
            if records > LARGE and kinds is not None and settings.MATCHING_ENGINE == DUCKDB:
                cap = self.model.blocking.most_records_per_key
                found = load_touched(batch, changed, kinds=kinds, cap=cap)
                self.progress.step("compare")
                score_candidates(
                    batch, self.model, Limits(least_score=self.least_score), progress=self.progress
                )
                self._count("pairs", found)
            else:
                limits = Limits(
                    changed_ids=[str(one) for one in changed], kinds=kinds, least_score=self.least_score
                )
                self._compare(batch, limits, load_all(batch), changed)
            return self._store(batch, changed, gone)

    def _compare(
        self,
        batch: duckdb.DuckDBPyConnection,
        limits: Limits,
        records: int,
        touched: Sequence[uuid.UUID] | None = None,
    ) -> None:
        self.progress.step("compare")
        compared = fill_pairs(
            batch, self.model, limits, records=records, touched=touched, progress=self.progress
        )
        if settings.MATCHING_ENGINE == DUCKDB:
            self._count("pairs", compared.candidates)
        self.counts |= {"kinds": compared.kinds, "records": records}

    def _store(
        self,
        batch: duckdb.DuckDBPyConnection,
        touched: Sequence[uuid.UUID] | None,
        gone: Sequence[uuid.UUID] = (),
    ) -> Stored:
        self.progress.step("store")
        found = scored_pairs(batch, self.model, least_score=self.least_score)
        return self._write(found, touched=touched, gone=gone)

    def _write(
        self,
        pairs: Iterable[Scored],
        *,
        touched: Sequence[uuid.UUID] | None,
        gone: Sequence[uuid.UUID] = (),
    ) -> Stored:
        with transaction.atomic():
            number = self.version.number
            stored = store(pairs, run_id=self.run_id, model_number=number, touched=touched, gone=gone)
        self._count("candidates", stored.written)
        self._count("withdrawn", stored.withdrawn)
        return stored

    def _count(self, name: str, number: int) -> None:
        self.counts[name] = self.counts.get(name, 0) + number
