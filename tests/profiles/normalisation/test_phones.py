import pytest

from profiles.normalisation.errors import InvalidPhone
from profiles.normalisation.phone_plans import UnknownRegion
from profiles.normalisation.phones import normalise_phone


@pytest.mark.conforms("R33")
@pytest.mark.conforms("R34")
@pytest.mark.parametrize(
    ("raw", "region", "phone"),
    [
        ("082 123 4567", "ZA", "+27821234567"),
        ("27821234567", "ZA", "+27821234567"),
        ("01712345678", "BD", "+8801712345678"),
        ("0812345678", "TH", "+66812345678"),
        ("0812345678", "th", "+66812345678"),
        ("812345678", "TH", "+66812345678"),
        ("+66 (0)81-234-5678", "ZA", "+66812345678"),
        ("06 12345678", "IT", "+390612345678"),
        ("030/1234567", "DE", "+49301234567"),
        ("tel:+66-81-234-5678", "ZA", "+66812345678"),
        ("1-800-FLOWERS", "US", "+18003569377"),
        ("+66812345678", "", "+66812345678"),
    ],
)
def test_a_number_is_read_as_people_of_the_region_write_it(raw: str, region: str, phone: str) -> None:
    assert normalise_phone(raw, region) == phone


@pytest.mark.parametrize(
    ("raw", "region", "phone"),
    [
        ("0066812345678", "TH", "+66812345678"),
        ("0066 81 234 5678", "ZA", "+66812345678"),
        ("0066 81 234 5678", "US", "+66812345678"),
        ("001 66 81 234 5678", "TH", "+66812345678"),
        ("001 65 9123 4567", "TH", "+6591234567"),
        ("+0066 81 234 5678", "TH", "+66812345678"),
        ("(00) 66 81 234 5678", "TH", "+66812345678"),
        ("০০৮৮০ ১৭১২ ৩৪৫৬৭৮", "TH", "+8801712345678"),
        ("011 66 81 234 5678", "US", "+66812345678"),
        ("0011 66 81 234 5678", "AU", "+66812345678"),
        ("0061 2 9876 5432", "AU", "+61298765432"),
    ],
)
def test_exit_codes_are_read_as_a_plus(raw: str, region: str, phone: str) -> None:
    assert normalise_phone(raw, region) == phone


@pytest.mark.parametrize(
    "raw",
    [
        "๐๘๑-๒๓๔-๕๖๗๘",
        "০৮১২৩৪৫৬৭৮",
        "٠٨١٢٣٤٥٦٧٨",
        "۰۸۱۲۳۴۵۶۷۸",
        "０８１－２３４－５６７８",
        "\uff0b６６８１２３４５６７８",
        "᠐᠘᠑᠒᠓᠔᠕᠖᠗᠘",
    ],
)
def test_the_digits_of_every_script_are_understood(raw: str) -> None:
    assert normalise_phone(raw, "TH") == "+66812345678"


@pytest.mark.parametrize(
    "extension",
    ["x254", " ext. 12", " EXT 7", ", ext 12345", " extension 9", " ต่อ 12", " 内線 3", "/8", " #12"],
)
def test_an_extension_is_dropped(extension: str) -> None:
    assert normalise_phone("02-123-4567" + extension, "TH") == "+6621234567"


@pytest.mark.parametrize(
    ("raw", "region", "code"),
    [
        ("", "TH", "empty"),
        (" \t ", "TH", "empty"),
        ("call me", "TH", "not_a_number"),
        ("12", "TH", "too_short"),
        ("+66", "TH", "not_a_number"),
        ("081234567890123", "TH", "too_long"),
        ("9" * 100_000, "TH", "too_long"),
        (" " * 100_000 + "x", "TH", "too_long"),
        ("+999 123 4567", "TH", "country_code"),
        ("0812345678", "", "no_country"),
        ("285-9902", "US", "no_area_code"),
        ("02-123-4567, 081-234-5678", "TH", "several"),
        ("081-234-5678/089-999-9999", "TH", "several"),
        ("6.68123E+10", "TH", "spreadsheet"),
        ("081234\x005678", "TH", "null_character"),
    ],
)
def test_what_is_not_one_number_is_refused_with_its_reason(raw: str, region: str, code: str) -> None:
    with pytest.raises(InvalidPhone) as refusal:
        normalise_phone(raw, region)

    assert refusal.value.code == code


def test_a_number_that_a_spreadsheet_made_a_float_is_mended() -> None:
    assert normalise_phone("66812345678.0", "TH") == "+66812345678"


def test_a_region_without_phone_numbers_is_no_mistake_of_the_number() -> None:
    with pytest.raises(UnknownRegion, match="TH, BD or ZA"):
        normalise_phone("0812345678", "XX")
