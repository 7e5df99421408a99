"""Customer records in the order in which they came in, for as many as are asked for."""

# ruff: noqa: PLR2004 (how often something happens to made-up people is its own name)

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from profiles.demo.people import Person, Population
from profiles.demo.record import Record
from profiles.demo.regions import region as region_of
from profiles.demo.variations import Copyist
from profiles.demo.writing import Pen

SPAN = timedelta(days=3 * 365)
COPIED_SHARE = 0.11  # of people are entered a second time, every seventh of them a third time
LONGEST_WAIT = 50_000  # records between two of one person; bounds what is remembered


@dataclass(frozen=True)
class Start:
    """The first free numbers of a tenant, and the last member number of every year."""

    record: int = 1
    person: int = 1
    household: int = 1
    members: Mapping[int, int] = field(default_factory=dict)


FIRST = Start()


class Stream:
    """An endless-looking, repeatable stream of records: the same arguments give the same records."""

    def __init__(
        self,
        count: int,
        *,
        region: str,
        seed: int,
        until: datetime,
        start: Start = FIRST,
    ) -> None:
        self.count = count
        self.until = until
        rng = Random(f"{seed} {region} {start.person}")  # noqa: S311 (people who do not exist)
        self._rng = rng
        facts = region_of(region)
        midnight = (until - SPAN).replace(hour=0, minute=0, second=0, microsecond=0)
        self._start = midnight - timedelta(hours=facts.utc_hours)
        self.population = Population(
            facts, rng, today=until.date(), first_person=start.person, first_household=start.household
        )
        self._pen = Pen(self.population, until=until, members=dict(start.members), first_serial=start.record)
        self._copyist = Copyist(self._pen)
        self._waiting: list[tuple[int, int, Person, Record | None]] = []
        self._ties = 0

    def __iter__(self) -> Iterator[Record]:
        """Yield the records, oldest first."""
        coming: list[Person] = []
        for place in range(self.count):
            at = self._moment(place)
            if self._waiting and self._waiting[0][0] <= place:
                _, _, person, first = heapq.heappop(self._waiting)
            else:
                if not coming:
                    coming = self.population.draw()
                person, first = coming.pop(), None
                if coming and self._rng.random() < 0.5:
                    self._wait(place, coming.pop(), None)
            if first is not None:
                yield self._copyist.copy(person, first, at)
                continue
            record = self._pen.write(person, at)
            yield record
            if self._rng.random() < COPIED_SHARE:
                self._wait(place, person, record)
                if self._rng.random() < 1 / 7:
                    self._wait(place, person, record)

    def _wait(self, place: int, person: Person, first: Record | None) -> None:
        """Let a person come (again) some records later, soon rather than late."""
        longest = min(LONGEST_WAIT, self.count // 4)
        self._ties += 1
        due = place + 1 + int(self._rng.random() ** 2 * longest)
        heapq.heappush(self._waiting, (due, self._ties, person, first))

    def _moment(self, place: int) -> datetime:
        """Return when record ``place`` came in: more each month, and by day rather than by night."""
        share = (place + self._rng.random()) / self.count
        days = SPAN.days * share**0.7
        day, hours = int(days), (days % 1) * 24
        local = 7 * hours / 1.5 if hours < 1.5 else 7 + (hours - 1.5) * 16.9 / 22.5
        return min(self._start + timedelta(days=day, hours=local), self.until)
