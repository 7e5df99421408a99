from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiles.normalisation.dates import date_order, parse_birth_date
from profiles.normalisation.errors import InvalidDate

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("raw", "region", "born_on"),
    [
        ("1990-12-31", "TH", date(1990, 12, 31)),
        ("19901231", "TH", date(1990, 12, 31)),
        ("1990/1/2", "ZA", date(1990, 1, 2)),
        ("1990-01-12T00:00:00.000Z", "ZA", date(1990, 1, 12)),
        ("1/12/1990 12:00:00 AM", "US", date(1990, 1, 12)),
        ("03/04/1990", "US", date(1990, 3, 4)),
        ("03/04/1990", "TH", date(1990, 4, 3)),
        ("12/31/1990", "TH", date(1990, 12, 31)),
        ("12.01.1990", "DE", date(1990, 1, 12)),
        ("01/02/33", "ZA", date(1933, 2, 1)),
        ("01/02/20", "ZA", date(2020, 2, 1)),
        ("31/12/2533", "TH", date(1990, 12, 31)),
        ("2567-02-29", "TH", date(2024, 2, 29)),
        ("๓๑/๑๒/๒๕๓๓", "TH", date(1990, 12, 31)),
        ("31 ธ.ค. 2533", "TH", date(1990, 12, 31)),
        ("31 ธันวาคม พ.ศ. 2533", "TH", date(1990, 12, 31)),
        ("วันที่ 31 ธันวาคม พุทธศักราช 2533", "TH", date(1990, 12, 31)),
        ("วันจันทร์ที่ 31 ธันวาคม 2533", "TH", date(1990, 12, 31)),
        ("১২ জানুয়ারি ১৯৯০", "BD", date(1990, 1, 12)),
        ("1990年1月2日", "JP", date(1990, 1, 2)),
        ("昭和50年3月1日", "JP", date(1975, 3, 1)),
        ("令和元年5月1日", "JP", date(2019, 5, 1)),
        ("12. Januar 1990", "DE", date(1990, 1, 12)),
        ("12 de enero de 1990", "ES", date(1990, 1, 12)),
        ("1er janvier 1990", "FR", date(1990, 1, 1)),
        ("Jan 12, 1990", "US", date(1990, 1, 12)),
        ("12-Jan-1990", "ZA", date(1990, 1, 12)),
        ("Monday, 12 January 1990", "ZA", date(1990, 1, 12)),
    ],
)
def test_a_birthday_is_read_as_people_of_the_region_write_it(raw: str, region: str, born_on: date) -> None:
    assert parse_birth_date(raw, region, today=TODAY) == born_on


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("", "empty"),
        ("soon", "not_a_date"),
        ("1990", "not_a_date"),
        ("--01-12", "not_a_date"),
        ("32874", "not_a_date"),
        ("1" * 100_000, "not_a_date"),
        ("\0", "not_a_date"),
        ("30/02/1990", "impossible"),
        ("29/02/2544", "impossible"),
        ("0000-00-00", "impossible"),
        ("99/99/1990", "impossible"),
        ("12 Frob 1990", "month"),
        ("01/02/33", "short_year"),
        ("2026-11-21", "future"),
        ("21/11/2569", "future"),
        ("1895-12-31", "too_old"),
    ],
)
def test_an_impossible_birthday_is_refused_with_its_reason(raw: str, code: str) -> None:
    with pytest.raises(InvalidDate) as refusal:
        parse_birth_date(raw, "TH", today=TODAY)

    assert refusal.value.code == code


def test_somebody_born_today_is_accepted() -> None:
    assert parse_birth_date("2026-11-20", "TH", today=TODAY) == TODAY


@pytest.mark.parametrize(
    ("serial", "born_on"),
    [
        ("1", date(1900, 1, 1)),
        ("59", date(1900, 2, 28)),
        ("61", date(1900, 3, 1)),
        ("32874.5", date(1990, 1, 1)),
    ],
)
def test_a_serial_number_is_a_date_in_a_workbook_only(serial: str, born_on: date) -> None:
    assert parse_birth_date(serial, "TH", today=TODAY, excel_serials=True) == born_on
    with pytest.raises(InvalidDate):
        parse_birth_date(serial, "TH", today=TODAY)


def test_dates_of_a_workbook_are_taken_as_they_are() -> None:
    assert parse_birth_date(datetime(1990, 1, 2, 3, 4), "TH", today=TODAY) == date(1990, 1, 2)  # noqa: DTZ001
    assert parse_birth_date(date(1990, 1, 2), "TH", today=TODAY) == date(1990, 1, 2)


def test_a_column_tells_its_own_order() -> None:
    assert date_order(["01/02/1990", "13/02/1990"]) is False
    assert date_order(["01/02/1990", "02/13/1990"]) is True
    assert date_order(["01/02/1990", "1990-01-13", "", "x"]) is None
    assert parse_birth_date("01/02/1990", "TH", today=TODAY, is_month_first=True) == date(1990, 1, 2)


@given(st.dates(date(1897, 1, 1), TODAY), st.sampled_from(["TH", "US", "ZA"]))
def test_every_day_survives_being_written_down(day: date, region: str) -> None:
    written = [
        day.isoformat(),
        day.strftime("%Y%m%d"),
        f"{day:%d} {day:%B} {day:%Y}",
        f"{day:%B} {day:%d}, {day:%Y}",
    ]
    written += [f"{day.day}/{day.month}/{day.year + 543}" if region == "TH" else day.isoformat()]

    assert {parse_birth_date(text, region, today=TODAY) for text in written} == {day}


@given(st.text(max_size=30) | st.text("0123456789/-. พ", max_size=14))
def test_any_text_is_a_plausible_day_or_refused(text: str) -> None:
    try:
        born_on = parse_birth_date(text, "TH", today=TODAY, excel_serials=True)
    except InvalidDate:
        return
    assert date(1896, 1, 1) <= born_on <= TODAY
