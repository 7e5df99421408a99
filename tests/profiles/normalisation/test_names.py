import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiles.normalisation.errors import InvalidText
from profiles.normalisation.names import clean_text, display_name


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  John   Smith ", "John Smith"),
        ("John\r\n\tSmith", "John Smith"),
        ("Jose\u0301", "José"),
        ("สมชาย\u00a0ใจดี", "สมชาย ใจดี"),
        ("สํานวน", "สำนวน"),
        ("Jo\x07hn\x7f", "John"),
        ("\u202eJohn\u202c\u200b", "John"),
        ("山田\u3000太郎", "山田 太郎"),
        ("ক্\u200dষ", "ক্\u200dষ"),
        ("", ""),
    ],
)
def test_text_is_cleaned_without_changing_what_it_says(raw: str, text: str) -> None:
    assert clean_text(raw) == text


@pytest.mark.parametrize(
    ("raw", "code"), [("a\0b", "null_character"), ("ก\0", "null_character"), ("a\ud800", "broken_character")]
)
def test_text_that_the_database_cannot_hold_is_refused(raw: str, code: str) -> None:
    with pytest.raises(InvalidText) as refusal:
        clean_text(raw)

    assert refusal.value.code == code


def test_text_over_the_limit_is_refused_and_at_the_limit_is_not() -> None:
    assert clean_text("ก" * 255) == "ก" * 255
    with pytest.raises(InvalidText, match="255"):
        clean_text("ก" * 256)


@given(st.text(st.characters(), max_size=40))
def test_cleaning_again_changes_nothing(text: str) -> None:
    try:
        clean = clean_text(text)
    except InvalidText:
        return
    assert clean_text(clean) == clean
    clean.encode()
    assert "\0" not in clean


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ("John", "Smith", "John Smith"),
        ("สมชาย", "ใจดี", "สมชาย ใจดี"),
        ("太郎", "山田", "山田太郎"),
        ("길동", "홍", "홍길동"),
        ("さくら", "佐々木", "佐々木さくら"),
        ("John", "山田", "John 山田"),
        ("", "山田", "山田"),
        ("John", "", "John"),
    ],
)
def test_a_person_is_named_in_the_order_of_the_script(first: str, last: str, name: str) -> None:
    assert display_name(first, last, "Acme", "a@example.com", "+66812345678") == name


def test_a_company_is_shown_under_its_own_name() -> None:
    assert display_name("John", "Smith", "Acme", is_company=True) == "Acme"


def test_a_person_without_a_name_is_shown_by_what_is_their_own_first() -> None:
    assert display_name(company="Acme", email="a@example.com", phone="+66812345678") == "a@example.com"
    assert display_name(company="Acme", phone="+66812345678") == "+66812345678"
    assert display_name(company="Acme") == "Acme"
    assert display_name() == ""
