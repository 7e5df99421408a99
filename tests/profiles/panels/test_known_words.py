"""What sources send again and again is read in the reader's language."""

from __future__ import annotations

import pytest
from django.utils import translation

from profiles.panels.known_words import KEYS, USES, use_in_words
from profiles.panels.sentences import type_label
from profiles.panels.trees import readable, tree_of


@pytest.mark.parametrize("language", ["th", "bn"])
def test_no_common_key_or_use_stays_english(language: str) -> None:
    with translation.override(language):
        english = [key for key, word in {**KEYS, **USES}.items() if str(word).isascii()]

    assert english == []


def test_the_tree_of_a_payload_is_told_in_thai() -> None:
    with translation.override("th"):
        labels = [
            node.label for node in tree_of({"productName": "Wok", "order_id": 7, "shoeSize": 41}).children
        ]

    assert labels == ["ชื่อสินค้า", "เลขที่คำสั่งซื้อ", "Shoe size"]


def test_keys_are_spelled_as_before_in_english() -> None:
    assert [readable(key) for key in ("deviceType", "order_id", "lastOrderTotal")] == [
        "Device type",
        "Order id",
        "Last order total",
    ]


@pytest.mark.parametrize(
    ("use", "language", "word"),
    [
        ("HOME", "en", "Home"),
        ("MOBILE", "th", "มือถือ"),
        ("work", "bn", "কর্মস্থল"),
        ("บ้านพักตากอากาศ", "th", "บ้านพักตากอากาศ"),
    ],
)
def test_uses_of_addresses_are_told_in_words(use: str, language: str, word: str) -> None:
    with translation.override(language):
        assert use_in_words(use) == word


def test_kinds_of_events_are_offered_in_the_language_of_the_page() -> None:
    assert type_label("page_view") == "Page view"
    with translation.override("th"):
        assert type_label("page_view") == "ดูหน้าเว็บ"
        assert type_label("fleet_maintenance") == "Fleet maintenance"
