"""How names, phones and moments are written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from cdp.templatetags.pages import moment
from profiles.display import HUES, hue_of, initials, language_in_words, written_phone

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Somchai Jaidee", "SJ"),
        ("anna-marie van der merwe", "AM"),
        ("Prince", "P"),
        ("Élodie Çelik", "ÉÇ"),
        ("E\u0301lodie", "É"),
        ("สมชาย ใจดี", "ส"),
        ("เมธา วงศ์ไทย", "ม"),
        ("শ্রাবণী চক্রবর্তী", "শ"),
        ("মোহাম্মদ করিম", "মো"),
        ("佐藤 花子", "佐"),
        ("김 민준", "김"),
        ("Олена Коваленко", "ОК"),
        ("(Pty) 99 Ltd", "PL"),
        ("007 !!! 🙂", ""),
        ("", ""),
        ("คุณ สมชาย ใจดี", "ส"),
        ("คุณากร ใจดี", "ค"),
        ("น.ส. มาลี", "ม"),
        ("Dr. Somchai Jaidee", "SJ"),
        ("Mr Smith", "S"),
        ("คุณ", "ค"),
        ("Miss", "M"),
    ],
)
def test_initials_respect_the_script(name: str, expected: str) -> None:
    assert initials(name) == expected


@given(st.text(max_size=60))
def test_any_name_gives_short_initials_and_a_colour(name: str) -> None:
    assert len(initials(name)) <= 60
    assert 0 <= hue_of(name) < HUES


@pytest.mark.parametrize(
    ("number", "region", "expected"),
    [
        ("+66812345678", "TH", "081 234 5678"),
        ("+66812345678", "ZA", "+66 81 234 5678"),
        ("+27821234567", "ZA", "082 123 4567"),
        ("not a number", "TH", "not a number"),
        ("", "TH", ""),
    ],
)
def test_phones_are_written_as_people_in_the_region_do(number: str, region: str, expected: str) -> None:
    assert written_phone(number, region) == expected


@time_machine.travel(NOW, tick=False)
def test_moments_are_relative_for_two_weeks() -> None:
    assert moment(NOW - timedelta(minutes=3)).replace("\xa0", " ") == "3 minutes ago"
    assert moment(NOW - timedelta(days=2, hours=5)).replace("\xa0", " ") == "2 days ago"
    assert moment(NOW - timedelta(days=11)) == "11 days ago"
    assert moment(NOW - timedelta(days=60)) == "9 Jan 2026"
    assert moment(NOW + timedelta(days=3)) == "13 Mar 2026"
    assert moment(None) == ""


@pytest.mark.parametrize(("language", "words"), [("th", "3 วันที่แล้ว"), ("bn", "3 দিন আগে")])
def test_moments_are_told_in_the_language_of_the_page(language: str, words: str) -> None:
    with translation.override(language):
        assert moment(timezone.now() - timedelta(days=3, hours=1)) == words


@pytest.mark.parametrize(
    ("code", "reader", "words"),
    [
        ("bn", "en", "Bengali"),
        ("th", "th", "ไทย"),
        ("pt-BR", "en", "Brazilian Portuguese"),
        ("", "en", ""),
        ("the old one", "en", "the old one"),
    ],
)
def test_a_language_is_called_by_its_name(code: str, reader: str, words: str) -> None:
    with translation.override(reader):
        assert language_in_words(code) == words
