import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unify.matching.conftest import TODAY, Prepare
from unify.matching.evaluator import evaluate
from unify.matching.keys.addresses import address_keys
from unify.matching.keys.companies import organisation_key
from unify.matching.keys.contacts import birth_date_key, email_key, id_key, mailbox_key, phone_key
from unify.matching.keys.names import is_nickname, name_forms, person_key, split_name
from unify.matching.model import MatchModel
from unify.matching.record import ORGANISATION


@pytest.mark.conforms("R53")
@pytest.mark.parametrize(
    ("raw", "key"),
    [
        ("นายสมชาย", "smchay"),
        ("นางสาววิไล", "wilai"),
        ("ด.ช.วิชัย", "wichay"),
        ("คุณ สมชาย", "smchay"),
        ("คุณสมชาย", "smchay"),
        ("คุณากร", "khunakr"),
        ("คุณวุฒิ", "khunwuthi"),
        ("นส. วิไล", "wilai"),
        ("เด็กหญิงฟ้าใส", "fasai"),
        ("พ.ต.ท.สมชาย", "smchay"),
        ("ว่าที่ร้อยตรี สมชาย", "smchay"),
        ("ม.ล.ปิ่น", "pin"),
        ("นภา", "npha"),
        ("মো: আব্দুল করিম", "abdul karim"),
        ("মোছা. ফাতেমা", "phatema"),
        ("মিসেস ফাতেমা", "phatema"),
        ("Mosa. Fatema", "fatema"),
        ("মোঃ আব্দুল করিম", "abdul karim"),
        ("Md. Abdul Karim", "abdul karim"),
        ("Mst. Fatema", "fatema"),
        ("Md", "md"),
        ("Dr. José Núñez, PhD", "jose nunez"),
        ("Ann Lee Jr.", "ann lee"),
        ("Jack Ma", "jack ma"),
        ("やまだ 様", "yamada"),
        ("Mr", "mr"),
        ("", ""),
    ],
)
def test_titles_and_honorifics_are_no_part_of_a_name(raw: str, key: str) -> None:
    assert person_key(raw) == key


def test_a_whole_name_is_split_where_its_people_split_it() -> None:
    assert split_name("ann lee") == ("ann", "lee")
    assert split_name("jan van der merwe") == ("jan", "van der merwe")
    assert split_name("ann") == ("ann", "")
    assert split_name("yamada taro", family_first=True) == ("taro", "yamada")


@pytest.mark.parametrize(
    ("raw", "expected"), [("เล็ก", True), ("คุณเล็ก", True), ("สมชาย", False), ("Bob", False)]
)
def test_thai_nicknames_are_known(raw: str, expected: bool) -> None:
    assert is_nickname(raw) is expected


def test_a_nickname_of_no_name_in_particular_neither_agrees_nor_differs(person: Prepare) -> None:
    known = {"last_name": "ศรีสวัสดิ์", "emails": ["som@shop.th"]}
    one, other = person("1", first_name="สมชาย", **known), person("2", first_name="เล็ก", **known)
    first, *_ = evaluate(MatchModel.shipped(10_000), one, other).levels

    assert first.is_null
    assert not evaluate(MatchModel.shipped(10_000), one, other).conflicts


def test_a_reading_meets_kana_and_the_kanji_stay_a_second_form(person: Prepare) -> None:
    with_reading = person(
        "1", first_name="太郎", last_name="山田", first_reading="タロウ", last_reading="ヤマダ"
    )
    kana, kanji = (
        person("2", first_name="たろう", last_name="やまだ"),
        person("3", first_name="太郎", last_name="山田"),
    )
    model = MatchModel.shipped(10_000)

    by_kana, by_kanji = (evaluate(model, with_reading, other).levels for other in (kana, kanji))

    assert [level.label for level in by_kana[:2]] == ["the same", "the same"]
    assert [level.label for level in by_kanji[:2]] == ["spelled alike or a short form", "partly alike"]


def test_a_short_form_stands_for_its_names() -> None:
    assert "robert" in name_forms("bob")
    assert set(name_forms("liz")) & set(name_forms("betty")) == {"elizabeth"}
    assert name_forms("smchay") == ("smchay",)
    assert name_forms("") == ()


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        ("บริษัท ถนอมกุลบุตร จำกัด", "thnomkulbutr"),
        ("บมจ.นาคพันธุ์", "nakhphan"),
        ("บริษัท ถนอมกุลบุตร จำกัด (มหาชน)", "thnomkulbutr"),
        ("บจก. ถนอมกุลบุตร", "thnomkulbutr"),
        ("บจ.ถนอมกุลบุตร", "thnomkulbutr"),
        ("หจก.ถนอมกุลบุตร", "thnomkulbutr"),
        ("ห้างหุ้นส่วนจำกัด ถนอมกุลบุตร", "thnomkulbutr"),
        ("Thanom Public Company Limited", "thanom"),
        ("M/S Rahman Traders", "rahman traders"),
        ("মেসার্স রহমান ট্রেডার্স লি.", "rahaman tredarsa"),
        ("カブシキガイシャ イトウ", "ito"),
        ("Ito Kabushiki Kaisha", "ito"),
        ("Foo & Bar (Pty) Ltd.", "foo bar"),
        ("Müller GmbH & Co. KG", "muller"),
        ("Acme Co., Ltd.", "acme"),
        ("S.A.B. Miller P.L.C.", "sab miller"),
        ("হাবিব ব্যাংক লিমিটেড", "habib byank"),
        ("The Company", "the company"),
    ],
)
def test_a_legal_form_is_no_part_of_a_company(raw: str, key: str) -> None:
    assert organisation_key(raw) == key


def test_a_japanese_company_is_the_same_with_its_form_on_either_side() -> None:
    assert organisation_key("株式会社 伊藤ガス") == organisation_key("伊藤ガス（株）") != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("707 E. 37th St.", "707 East 37th Street"),
        ("12 Main Road Apt 4", "12 main rd"),
        ("84 ถนนถาวร", "84 ถ.ถาวร"),
        ("3630 S. Wells Rm. 105", "3630 S Wells Ave"),
    ],
)
def test_one_street_written_in_two_ways_has_one_key(one: str, other: str) -> None:
    assert address_keys(street=one).street == address_keys(street=other).street != ""


def test_a_house_number_given_apart_counts_as_if_written_in_the_street() -> None:
    apart, written = address_keys(street="Main Street", house="12"), address_keys(street="12 Main St")

    assert apart == written
    assert (apart.house, apart.street_name) == ("12", "main")


def test_near_mailboxes_have_one_key() -> None:
    assert mailbox_key("j.o.e+news@googlemail.com") == mailbox_key("joe@gmail.com")
    assert mailbox_key("j.o.e@shop.com") != mailbox_key("joe@shop.com")
    assert mailbox_key("joe+a@shop.com") == mailbox_key("joe+b@shop.com")
    assert mailbox_key("j.oe@protonmail.com") == mailbox_key("joe@pm.me")


def test_a_contact_that_identifies_nobody_is_no_key() -> None:
    assert email_key("noreply@shop.com") == email_key("nothing") == ""
    assert phone_key("000 000 0000", "TH") == phone_key("-", "TH") == phone_key("12", "TH") == ""
    assert id_key("n/a") == id_key("0000000") == ""


def test_a_phone_is_international_where_it_can_be_and_digits_otherwise() -> None:
    assert phone_key("081 234 5678", "TH") == phone_key("0066 81 234 5678", "TH") == "+66812345678"
    assert phone_key("386-5286", "US") == "3865286"


def test_a_birth_date_is_read_in_the_order_of_its_column() -> None:
    assert birth_date_key("03/04/1990", "TH", today=TODAY) == "19900403"
    assert birth_date_key("03/04/1990", "TH", today=TODAY, is_month_first=True) == "19900304"
    assert birth_date_key("2533-04-03", "TH", today=TODAY) == "19900403"
    assert birth_date_key("nobody knows", "TH", today=TODAY) == ""


def test_an_organisation_has_no_names_of_a_person(person: Prepare) -> None:
    record = person(kind=ORGANISATION, name="Acme Co., Ltd.", phones=["02 650 9885"])

    assert (record.organisation, record.first_name, record.last_name) == ("acme", None, None)


@given(values=st.lists(st.text(max_size=30), min_size=6, max_size=6))
def test_whatever_a_record_holds_its_keys_are_ascii(person: Prepare, values: list[str]) -> None:
    first, last, name, email, phone, street = values
    record = person(
        first_name=first, last_name=last, name=name, emails=[email, f"{email}@x.com"], phones=[phone],
        street=street, tax_id=phone, birth_date=last, company=name, city=street, postal_code=phone,
    )  # fmt: skip

    for value in record.columns().values():
        assert value is None or "".join(value).isascii()
        assert value not in ("", ())
