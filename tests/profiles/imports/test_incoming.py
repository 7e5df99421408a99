"""Rows into records."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from profiles.imports.incoming.blocking import Blocking
from profiles.imports.incoming.cells import text_cleaner
from profiles.normalisation.blocked import BlockedValues
from profiles.normalisation.errors import InvalidText
from profiles.normalisation.names import clean_text

DIGITS = st.one_of(
    st.from_regex(r"\+66[0-9]{5,12}", fullmatch=True),
    st.from_regex(r"\+[1-9][01]{4,13}", fullmatch=True),
    st.from_regex(r"\+66[0]{0,4}1{1,9}", fullmatch=True),
)


@given(phone=DIGITS, blocked=st.lists(st.from_regex(r"[0-9]{3,11}", fullmatch=True), max_size=3))
@example(phone="+66000000001", blocked=[])
@example(phone="+661234567890", blocked=[])
def test_the_quick_look_at_phones_tells_the_same_as_the_policy(phone: str, blocked: list[str]) -> None:
    policy = BlockedValues().extended(phones=blocked)
    assert Blocking(policy).is_blocked_phone(phone) == policy.is_blocked_phone(phone)


@given(raw=st.text(max_size=12), length=st.integers(1, 10))
@example(raw="  two  words ", length=10)
def test_the_quick_way_of_cleaning_text_gives_the_same(raw: str, length: int) -> None:
    def result(clean: object) -> str:
        try:
            return str(clean(raw))  # type: ignore[operator]
        except InvalidText as error:
            return error.code

    assert result(text_cleaner(length)) == result(lambda raw: clean_text(raw, max_length=length))
