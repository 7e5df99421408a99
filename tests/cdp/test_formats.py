"""Days and times look the same on every page of a language."""

from __future__ import annotations

import gettext as gettext_module
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django import conf
from django.conf import settings
from django.template import Context, Template
from django.utils import timezone, translation
from django.utils.formats import date_format

from cdp.moments import day_in_words

AT = datetime(2026, 11, 5, 14, 7, tzinfo=UTC)
ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
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


@pytest.mark.parametrize("language", ["th", "bn"])
def test_months_have_their_own_names(language: str) -> None:
    """A text of ours that is spelled like a month must not take its place: "May" did."""
    with translation.override(language):
        months = [date_format(date(2026, month, 1), "F") for month in range(1, 13)]
    django = gettext_module.translation("django", Path(conf.__file__).parent / "locale", [language])

    assert months == [django.gettext(str(name)) for name in ENGLISH_MONTHS]


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("2026-11-05", "5 พ.ย. 2026"),
        ("2026-11-05T07:07:00+00:00", "5 พ.ย. 2026, 07:07"),
        ("2026-13-45", "2026-13-45"),
        ("2026-11-05 is a day", "2026-11-05 is a day"),
        ("--05-15", "--05-15"),
    ],
)
def test_days_that_are_kept_as_text_are_told_the_same_way(kept: str, shown: str) -> None:
    with translation.override("th"), timezone.override("UTC"):
        assert day_in_words(kept) == shown


def test_no_template_writes_days_for_people_by_a_format_of_its_own() -> None:
    own = [
        f"{path.relative_to(settings.BASE_DIR)}: {line.strip()[:120]}"
        for path in sorted(Path(settings.BASE_DIR / "templates").rglob("*.*"))
        for line in path.read_text().splitlines()
        for found in re.finditer(r"""\|(date|time):(["'])(?!c['"]|[A-Z_]+_FORMAT['"])""", line)
        if not _FOR_MACHINES.search(line[: found.start()])
    ]

    assert own == []
