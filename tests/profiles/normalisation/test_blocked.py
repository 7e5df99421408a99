import pytest

from profiles.normalisation.blocked import BlockedValues, is_placeholder

DEFAULT = BlockedValues()


@pytest.mark.conforms("B47")
@pytest.mark.parametrize(
    "email",
    [
        "test@shop.com",
        "NoReply@shop.com",
        "a@a.com",
        "xxx@xxx.com",
        "null",
        "",
        "me@nowhere.invalid",
        "a@b.com",
    ],
)
def test_placeholder_addresses_identify_nobody(email: str) -> None:
    assert DEFAULT.is_blocked_email(email)


@pytest.mark.parametrize(
    "email", ["jane@shop.com", "smith@smith.com", "contest@shop.com", "test@example.com", "info@shop.com"]
)
def test_real_and_documented_addresses_identify_somebody(email: str) -> None:
    assert not DEFAULT.is_blocked_email(email)


@pytest.mark.conforms("B47")
@pytest.mark.parametrize(
    "phone",
    [
        "0000000000",
        "1111111111",
        "1234567890",
        "+66000000000",
        "+661111111111",
        "+11234567890",
        "+1 555-555-5555",
        "",
    ],
)
def test_placeholder_numbers_identify_nobody(phone: str) -> None:
    assert DEFAULT.is_blocked_phone(phone)


@pytest.mark.parametrize("phone", ["+66123456789", "+66812345678", "0812345678", "+27821234567"])
def test_real_numbers_identify_somebody(phone: str) -> None:
    assert not DEFAULT.is_blocked_phone(phone)


@pytest.mark.conforms("B47")
@pytest.mark.parametrize(
    "value", ["null", " N/A ", "-", "0", "0000", "-1", "undefined", "[object Object]", "111111", "", "ไม่มี"]
)
def test_placeholder_ids_identify_nobody(value: str) -> None:
    assert DEFAULT.is_blocked_external_id(value)


@pytest.mark.parametrize("value", ["ERP001", "1", "11", "10", "rec-1496-org", "nullable"])
def test_real_ids_identify_somebody(value: str) -> None:
    assert not DEFAULT.is_blocked_external_id(value)


def test_a_tenant_adds_values_and_domains_of_its_own() -> None:
    policy = DEFAULT.extended(
        emails=[" Reception@Hotel.com ", "@marketplace.com", ""],
        phones=["02-123-4567"],
        external_ids=["WALK-IN"],
    )

    assert policy.is_blocked_email("reception@hotel.com")
    assert policy.is_blocked_email("anybody@marketplace.com")
    assert policy.is_blocked_phone("021234567")
    assert policy.is_blocked_external_id("walk-in")
    assert policy.is_blocked_email("test@shop.com")
    assert not DEFAULT.is_blocked_email("reception@hotel.com")


@pytest.mark.parametrize(
    ("cell", "expected"), [("N/A", True), ("  ", True), ("なし", True), ("Jane", False), ("x", False)]
)
def test_a_cell_that_says_there_is_nothing_is_recognised(cell: str, expected: bool) -> None:
    assert is_placeholder(cell) is expected
