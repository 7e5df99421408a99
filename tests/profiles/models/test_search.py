"""Finding customers by what people type."""

from __future__ import annotations

import pytest

from cdp.models import Tenant
from profiles.models import ContactPoint, Profile
from tests.factories.profiles import ProfileFactory


@pytest.mark.parametrize(
    "text",
    ["somchai", "SOMCHAI", "chai jai", "jaidee somchai", "so ja", "somchai@", "+668123", "mem-2026", "acme"],
)
def test_parts_of_words_in_any_order_and_case_find_a_customer(acme: Tenant, text: str) -> None:
    wanted = ProfileFactory(
        first_name="Somchai",
        last_name="Jaidee",
        email="somchai@example.com",
        phone="+66812345678",
        member_id="MEM-2026-0001",
        company_name="Acme",
    )
    ProfileFactory(first_name="Mali", email="mali@example.org", phone="+66899999999")
    assert list(Profile.objects.matching(text)) == [wanted]


@pytest.mark.parametrize("text", ["สมชาย", "ใจ", "ใจดี สม", "林", "ক্ষ"])
def test_every_script_is_searched(acme: Tenant, text: str) -> None:
    ProfileFactory(name="สมชาย ใจดี", first_name="สมชาย", last_name="ใจดี")
    ProfileFactory(name="林涼平", first_name="涼平", last_name="林")
    ProfileFactory(name="ক্ষমা দাস", first_name="ক্ষমা", last_name="দাস")
    ProfileFactory(name="Nobody", first_name="No", last_name="Body")
    assert Profile.objects.matching(text).count() == 1


def test_an_additional_address_finds_its_owner_whole(acme: Tenant) -> None:
    wanted = ProfileFactory()
    ContactPoint.objects.create(profile=wanted, kind="email", value="second@example.com")
    assert list(Profile.objects.matching("second@example.com")) == [wanted]


@pytest.mark.parametrize("text", ["%", "_", "\\", "100%", "a_b"])
def test_wildcards_are_letters_like_others(acme: Tenant, text: str) -> None:
    ProfileFactory(name="Plain")
    assert not Profile.objects.matching(text).exists()


@pytest.mark.parametrize(
    "text",
    [
        "0812345678",
        "081 234 5678",
        "081-234",
        "+66 81 234 5678",
        "0066812345678",
        "๐๘๑๒๓๔๕๖๗๘",
        "(081) 234.5678",
    ],
)
def test_a_phone_is_found_however_it_is_written(acme: Tenant, text: str) -> None:
    wanted = ProfileFactory(phone="+66812345678")
    ProfileFactory(phone="+66899999999")
    assert list(Profile.objects.matching(text)) == [wanted]


def test_a_very_long_word_finds_who_contains_it_and_not_who_has_its_pieces_only(acme: Tenant) -> None:
    word = "somchai.jaidee42@mail64.example.com"
    ProfileFactory(name="whole", email=word)
    ProfileFactory(name="inside", email=f"x{word}.th")
    ProfileFactory(name="pieces", email="som.cha_x.jai-dee4@mai.l64.exa.mpl.com")
    ProfileFactory(name="other", email="somchai.jaidee43@mail64.example.com")
    found = Profile.objects.matching(word.upper())
    assert {profile.name for profile in found} == {"whole", "inside"}
    assert "%som%cha%jai%dee%mai%l64%exa%mpl%com%" in str(found.query)


def test_a_long_word_of_any_script_and_with_wildcards_is_found(acme: Tenant) -> None:
    word = "ก%รุงเทพ_มหานคร-อมรรัตนโกสินทร์-มหินทรายุธยา"
    ProfileFactory(name=f"บริษัท{word}จำกัด")
    ProfileFactory(name=word.replace("%", "x"))
    assert [profile.name for profile in Profile.objects.matching(word)] == [f"บริษัท{word}จำกัด"]
