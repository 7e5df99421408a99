"""Days and times look the same on every page of a language."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation

AT = datetime(2026, 11, 5, 14, 7, tzinfo=UTC)
# What machines read may be written out: attributes of elements, addresses, and values of inputs.
_FOR_MACHINES = re.compile(r"""(datetime|value|max|min)="[^"]*$|\?\w+=\{\{[^}]*$|\{% firstof [^%]*$""")


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [
        ("en", "5 Nov 2026", "5 Nov 2026, 14:07"),
        ("th", "5 พ.ย. 2026", "5 พ.ย. 2026, 14:07"),
        ("bn", "5 নভেম্বর 2026", "5 নভেম্বর 2026, 14:07"),
    ],
)
def test_a_language_writes_days_in_one_way(language: str, day: str, moment: str) -> None:
    text = "{{ at|date:'DATE_FORMAT' }}|{{ at|date:'SHORT_DATE_FORMAT' }}|{{ day }}|{{ at }}"
    with translation.override(language):
        shown = Template(text).render(Context({"at": AT, "day": AT.date()}))

    assert shown == f"{day}|{day}|{day}|{moment}"


def test_no_template_writes_days_for_people_by_a_format_of_its_own() -> None:
    own = [
        f"{path.relative_to(settings.BASE_DIR)}: {line.strip()[:120]}"
        for path in sorted(Path(settings.BASE_DIR / "templates").rglob("*.*"))
        for line in path.read_text().splitlines()
        for found in re.finditer(r"""\|(date|time):(["'])(?!c['"]|[A-Z_]+_FORMAT['"])""", line)
        if not _FOR_MACHINES.search(line[: found.start()])
    ]

    assert own == []
