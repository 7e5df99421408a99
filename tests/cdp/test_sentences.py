"""Sentences kept in English are found again, and said in the reader's language."""

from __future__ import annotations

from django.utils.translation import override

from cdp.sentences import translated
from profiles.imports.columns.guessing import BY_VALUES, SECOND
from profiles.imports.incoming.cells import TOO_LONG
from profiles.imports.incoming.table import LEFT_OUT
from profiles.imports.matching.notes import HELD


def test_values_and_names_of_the_tenant_stay_as_they_are() -> None:
    with override("th"):
        assert translated(SECOND(column="Phone", field="E-mail")) == "คอลัมน์ “Phone” ตรงกับอีเมลมากกว่า"
        assert translated(BY_VALUES(share="90%", field="Phone")) == "90% ของค่าแรก ๆ ดูเหมือนโทรศัพท์"


def test_a_sentence_inside_another_is_translated_too() -> None:
    kept = LEFT_OUT(column="Email", problem=TOO_LONG(most="4,000"))
    assert kept == "Email was left out: Shorten the text to at most 4,000 characters."
    with override("th"):
        said = translated(kept)
    assert "4,000" in said
    assert "Email" in said
    assert "Shorten" not in said
    assert "left out" not in said


def test_the_more_particular_sentence_wins() -> None:
    with override("bn"):
        assert "customer" not in translated(HELD(column="member_id", customer="0190"))


def test_what_is_no_text_of_ours_stays() -> None:
    with override("th"):
        assert translated("Mali & sons: 100 %") == "Mali & sons: 100 %"
        assert translated("") == ""
    with override("en"):
        assert translated("The database refused this row.") == "The database refused this row."
