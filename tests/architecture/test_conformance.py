"""docs/conformance.md tells the truth: every row is there once, and what it calls done has a test."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "conformance.md"
TESTS = ROOT / "tests"
STATES = {"planned", "partly", "done"}
HEADER = ["id", "requirement", "where", "test", "state"]
LAST = 182
# Numbers of rows that go beyond what was asked for: they carry a B instead of an R.
BEYOND = {
    *(29, *range(45, 53), 63, 64, 71, 72, 73, 79, 80, 97, 106, 115, 121, 122, 136, 141, 142, 148),
    *(151, 152, 159, 165, 166, 167, 171, 173, 180, 181, 182),
}
INSERTED = {"R62a", "R131a"}
EXPECTED = {f"{'B' if n in BEYOND else 'R'}{n}" for n in range(1, LAST + 1)} | INSERTED


class Row(NamedTuple):
    """One requirement; ``tests`` are the files it names, relative to tests/."""

    id: str
    requirement: str
    where: str
    tests: tuple[str, ...]
    state: str


def rows_of(text: str) -> Iterator[Row]:
    """Read the tables of the page; raises ValueError for a row of another shape."""
    for line in text.splitlines():
        if not line.startswith("|") or set(line) <= set("|- "):
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells == HEADER:
            continue
        if len(cells) != len(HEADER) or not re.fullmatch(r"[RB]\d+a?", cells[0]):
            raise ValueError(f"this is no row of the table: {line}")
        yield Row(cells[0], cells[1], cells[2], tuple(re.findall(r"[\w/]+\.py", cells[3])), cells[4])


def marked(source: str) -> set[str]:
    """Return the ids that ``pytest.mark.conforms(…)`` names in a file, as decorator or in pytestmark."""
    return {
        str(argument.value) if isinstance(argument, ast.Constant) else ast.unparse(argument)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("mark.conforms")
        for argument in node.args
    }


def markers() -> dict[str, set[str]]:
    """Return {file relative to tests/: the ids its tests name}."""
    found = {path: marked(path.read_text(encoding="utf-8")) for path in sorted(TESTS.rglob("*.py"))}
    return {path.relative_to(TESTS).as_posix(): ids for path, ids in found.items() if ids}


def unproved(rows: Iterable[Row], files: Mapping[str, set[str]]) -> list[str]:
    """Return a sentence for every done row that names no test, or one that does not name the row."""
    complaints = []
    for row in rows:
        if row.state != "done":
            continue
        holders = [path for path, ids in files.items() if row.id in ids]
        missing = set(row.tests) - set(holders)
        if not holders:
            complaints.append(f'{row.id} is done, but no test is marked conforms("{row.id}")')
        elif not row.tests:
            complaints.append(f"{row.id} is done, but names none of {', '.join(holders)}")
        elif missing:
            complaints.append(f"{row.id} names {', '.join(sorted(missing))}, which has no test marked so")
    return complaints


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """The rows of the page."""
    return list(rows_of(PAGE.read_text(encoding="utf-8")))


def test_every_requirement_has_exactly_one_row(rows: list[Row]) -> None:
    counts = Counter(row.id for row in rows)
    assert {id_: times for id_, times in counts.items() if times > 1} == {}
    assert sorted(EXPECTED - set(counts)) == []
    assert sorted(set(counts) - EXPECTED) == []


def test_every_row_says_what_where_and_how_far(rows: list[Row]) -> None:
    assert [row.id for row in rows if row.state not in STATES] == []
    assert [row.id for row in rows if len(row.requirement) < 10 or not row.where] == []


def test_every_done_row_names_a_test_that_names_the_row(rows: list[Row]) -> None:
    assert unproved(rows, markers()) == []


def test_every_marker_names_a_row(rows: list[Row]) -> None:
    known = {row.id for row in rows}
    assert {path: ids - known for path, ids in markers().items() if ids - known} == {}


def test_a_done_row_without_a_test_would_be_noticed() -> None:
    done = Row("R1", "A profile has an id", "profiles", ("profiles/test_a.py",), "done")
    assert unproved([done], {"profiles/test_a.py": {"R1"}}) == []
    assert unproved([done], {}) == ['R1 is done, but no test is marked conforms("R1")']
    assert unproved([done], {"profiles/test_b.py": {"R1"}}) != []
    assert unproved([done._replace(tests=())], {"profiles/test_a.py": {"R1"}}) != []
    assert unproved([done._replace(state="partly")], {}) == []


def test_markers_are_found_on_functions_classes_and_modules() -> None:
    source = "\n".join(
        [
            "import pytest",
            'pytestmark = [pytest.mark.slow, pytest.mark.conforms("R2")]',
            '@pytest.mark.conforms("R3", "R4")',
            "class TestThis:",
            '    @pytest.mark.conforms("B29")',
            "    def test_that(self): pass",
        ]
    )
    assert marked(source) == {"R2", "R3", "R4", "B29"}


def test_a_broken_row_is_refused() -> None:
    with pytest.raises(ValueError, match="no row"):
        list(rows_of("| R1 | only | three |"))
