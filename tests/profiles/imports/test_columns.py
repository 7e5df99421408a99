import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiles.imports.columns import (
    IGNORE,
    TARGET_FIELDS,
    ColumnGuess,
    guess_mapping,
    is_target,
    mapping_problems,
)

DATA = Path(__file__).parents[2] / "data"


def targets(header: str, *rows: str) -> list[str]:
    return [guess.target for guess in guess_mapping(header.split(","), [row.split(",") for row in rows])]


def table(path: str) -> list[ColumnGuess]:
    with (DATA / path).open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return guess_mapping(header, rows)


@pytest.mark.conforms("R56")
def test_the_documented_csv_is_understood() -> None:
    header = "email,firstName,lastName,phone,company,companyTaxId,industry"

    assert targets(header) == [
        "email", "first_name", "last_name", "phone", "company_name", "company_tax_id", "industry",
    ]  # fmt: skip


def test_a_google_contacts_export_is_understood() -> None:
    found = {guess.header: guess.target for guess in table("csv_headers/google_contacts_export_header.csv")}

    assert found["First Name"] == "first_name"
    assert found["Last Name"] == "last_name"
    assert found["Organization Name"] == "company_name"
    assert found["Birthday"] == "date_of_birth"
    assert found["Labels"] == "tags"
    assert (found["E-mail 1 - Value"], found["E-mail 2 - Value"]) == ("email", "emails")
    assert (found["E-mail 1 - Label"], found["Phone 1 - Label"]) == (IGNORE, IGNORE)
    assert found["Phone 1 - Value"] == "phone"
    assert found["Phonetic First Name"] == "attributes.phonetic_first_name"


def test_a_hubspot_export_is_understood() -> None:
    found = {guess.header: guess.target for guess in table("csv_headers/hubspot_contacts_export_header.csv")}

    assert found["Record ID"] == "external_id"
    assert (found["Email"], found["Phone Number"]) == ("email", "phone")
    assert found["Lifecycle Stage"] == "lifecycle_stage"
    assert found["Associated Company"] == "company_name"
    assert found["Associated Company IDs"] == "attributes.associated_company_ids"
    assert found["Contact owner"] == "attributes.contact_owner"


@pytest.mark.parametrize("locale", ["th_TH", "bn_BD", "ja_JP", "en_US"])
def test_the_locale_files_are_understood(locale: str) -> None:
    # The ids are the numbers of the rows.
    assert [guess.target for guess in table(f"locales/{locale}_200.csv")] == [
        "attributes.id", "first_name", "last_name", "name", "phone", "email", "address.street",
        "date_of_birth", "company_name",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (
            "er/fake_200.csv",
            {"record_id": "external_id", "surname": "last_name", "dob": "date_of_birth", "email": "email"},
        ),
        (
            "er/febrl3_200.csv",
            {
                "given_name": "first_name",
                "address_1": "address.street",
                "suburb": "address.city",
                "postcode": "address.postal_code",
                "soc_sec_id": "attributes.soc_sec_id",
            },
        ),
        (
            "er/early_childhood_200.csv",
            {"name": "name", "phone": "phone", "zip": "address.postal_code", "fax": "attributes.fax"},
        ),
    ],
)
def test_the_record_linkage_files_are_understood(path: str, expected: dict[str, str]) -> None:
    found = {guess.header: guess.target for guess in table(path)}

    assert expected.items() <= found.items()


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (
            "ชื่อ,นามสกุล,อีเมล,เบอร์โทรศัพท์,วันเกิด,จังหวัด,รหัสไปรษณีย์",
            "first_name last_name email phone date_of_birth address.state address.postal_code",
        ),
        ("ชื่อ,จำนวนพนักงาน,อำเภอ", "name company_size address.city"),
        ("নাম,মোবাইল নম্বর,ইমেইল,জন্ম তারিখ,ঠিকানা", "name phone email date_of_birth address.street"),
        (
            "氏名,メールアドレス,電話番号,生年月日,郵便番号,会社名",
            "name email phone date_of_birth address.postal_code company_name",
        ),
        (
            "Vorname,Nachname,E-Mail,Telefon,Geburtsdatum,Straße,PLZ,Ort",
            "first_name last_name email phone date_of_birth address.street address.postal_code address.city",
        ),
        (
            "Nombre,Apellidos,Correo electrónico,Teléfono,Fecha de nacimiento",
            "first_name last_name email phone date_of_birth",
        ),
        (
            "Prénom,Nom,Courriel,Code postal,Ville",
            "first_name last_name email address.postal_code address.city",
        ),
        (
            "Id,Account.Name,FirstName,LastName,MailingStreet,MailingPostalCode,MobilePhone,Tax_ID__c",
            "external_id company_name first_name last_name address.street "
            "address.postal_code phone company_tax_id",
        ),
        (
            "E-mail Address,E-mail 2 Address,Home Phone,Mobile Phone,Business Fax",
            "email emails phones phone attributes.business_fax",
        ),
        ("Name,Surname,EMAIL ADDRESS,TAGS", "first_name last_name email tags"),
        (
            "member_id,membershipTier,Customer Email,Contact Phone,Company Website",
            "member_id membership_tier email phone website",
        ),
    ],
)
def test_headings_of_many_tongues_and_tools_are_understood(header: str, expected: str) -> None:
    assert targets(header) == expected.split()


def test_the_better_of_two_columns_wins_and_the_other_becomes_an_attribute() -> None:
    guesses = guess_mapping(["Business City", "Home City", "City"])

    assert [guess.target for guess in guesses] == [
        "attributes.business_city", "attributes.home_city", "address.city",
    ]  # fmt: skip
    assert "City" in guesses[0].reason


def test_a_second_address_or_number_is_kept_as_a_further_one() -> None:
    assert targets("Work Email,Email,Phone,Mobile") == ["emails", "email", "phone", "phones"]


def test_values_that_contradict_their_heading_are_believed() -> None:
    (guess,) = guess_mapping(["Email"], [["yes"], ["no"], ["yes"]])

    assert guess.target == "attributes.email"
    assert "values" in guess.reason


@pytest.mark.parametrize(
    "heading", ["Email opt-in", "Email Marketing Status", "Phone type", "Last email sent", "Email Verified"]
)
def test_a_heading_about_an_address_is_not_the_address(heading: str) -> None:
    assert targets(heading)[0].startswith("attributes.")


def test_values_tell_what_a_nameless_column_is() -> None:
    rows = [["a@example.com", "081 234 5678", "1990-12-31", "https://a.com", "male", "blue"]] * 3
    guesses = guess_mapping([f"Column {number}" for number in range(1, 7)], rows)

    assert [guess.target for guess in guesses] == [
        "email", "phone", "date_of_birth", "website", "gender", "attributes.column_6",
    ]  # fmt: skip
    assert "100% of the first values" in guesses[0].reason


def test_an_unknown_heading_over_addresses_is_an_address_and_over_dates_is_not_a_birthday() -> None:
    assert targets("Kontakt,Signed", "a@example.com,2024-01-01") == ["email", "attributes.signed"]


def test_attribute_keys_are_distinct_and_valid() -> None:
    found = targets("Foo,foo,FOO,!!!,ลำดับที่," + "x" * 100)

    assert found[:3] == ["attributes.foo", "attributes.foo_2", "attributes.foo_3"]
    assert found[3:5] == ["attributes.column_4", "attributes.ลำดับที่"]
    assert all(is_target(target) for target in found)


@given(
    st.lists(st.text(max_size=30), max_size=12),
    st.lists(st.lists(st.text(max_size=12), max_size=14), max_size=4),
)
def test_any_header_gets_one_valid_target_per_column(header: list[str], rows: list[list[str]]) -> None:
    guesses = guess_mapping(header, rows)

    assert [guess.index for guess in guesses] == list(range(len(header)))
    assert all(is_target(guess.target) and 0 < guess.confidence <= 1 and guess.reason for guess in guesses)
    single = [
        guess.target
        for guess in guesses
        if guess.target not in TARGET_FIELDS or not TARGET_FIELDS[guess.target].is_multiple
    ]
    assert not single or max(Counter(single).values()) == 1


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        (["email", "email"], "one column only"),
        (["email", "colour"], "column 2"),
        (["email", "attributes."], "column 2"),
        (["email", "attributes.a.b"], "column 2"),
        (["industry"], "who the customer is"),
    ],
)
def test_a_mapping_that_cannot_work_is_explained(chosen: list[str], words: str) -> None:
    assert any(words in problem for problem in mapping_problems(chosen))


def test_a_mapping_that_works_has_no_problems() -> None:
    assert (
        mapping_problems(["email", "emails", "emails", "tags", IGNORE, IGNORE, "attributes.shoe_size"]) == []
    )
