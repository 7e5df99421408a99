import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unify.matching.conftest import rows_of
from unify.matching.keys.transliteration import ascii_key

ALLOWED = set(string.ascii_lowercase + string.digits + " ")


@pytest.mark.conforms("R53")
@pytest.mark.parametrize(
    ("raw", "key"),
    [
        ("José Núñez", "jose nunez"),
        ("Łukasz Ngọc Straße Ærø", "lukasz ngoc strasse aero"),
        ("O'Brien-D’Angelo", "obrien dangelo"),
        ("ＡＮＮ  Lee", "ann lee"),
        ("สมชาย", "smchay"),
        ("วิชัย", "wichay"),
        ("สิทธิ์", "sith"),
        ("প্রিয়াঙ্কা মিত্র", "priyangka mitra"),
        ("আব্দুল করিম", "abdul karim"),
        ("राम शर्मा", "ram sharma"),
        ("やまだ たろう", "yamada taro"),
        ("ヤマダ タロウ", "yamada taro"),
        ("ﾔﾏﾀﾞ", "yamada"),
        ("しゃちょう がっこう きょうこ", "shacho gako kyoko"),
        ("Иванов Сергей", "ivanov sergey"),
        ("Αλέξης", "alexis"),
        ("محمد أحمد", "mhmd ahmd"),
        ("김철수", "gimceolsu"),
        ("১২৩ ๔๕๖ ७८९", "123 456 789"),
    ],
)
def test_every_script_becomes_ascii_by_sound(raw: str, key: str) -> None:
    assert ascii_key(raw) == key


def test_kana_of_both_kinds_and_widths_meet() -> None:
    assert ascii_key("すずき いちろう") == ascii_key("スズキ イチロウ") == ascii_key("ｽｽﾞｷ ｲﾁﾛｳ")


def test_ideographs_stay_apart_and_equal() -> None:
    assert ascii_key("山田 太郎") == ascii_key("山田　太郎")
    assert len({ascii_key(name) for name in ("山田", "山本", "田山", "本田")}) == 4


@pytest.mark.parametrize("locale", ["th_TH", "bn_BD", "ja_JP"])
def test_different_names_of_a_country_rarely_share_a_key(locale: str) -> None:
    names = {row["last_name"] for row in rows_of(f"locales/{locale}_200.csv")}

    assert len({ascii_key(name) for name in names}) >= 0.98 * len(names)


@given(st.text(max_size=60))
def test_a_key_holds_nothing_but_lower_case_ascii(text: str) -> None:
    key = ascii_key(text)

    assert set(key) <= ALLOWED
    assert key == " ".join(key.split())
    assert ascii_key(key) == key
