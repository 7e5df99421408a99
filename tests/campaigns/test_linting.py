"""A message against its brand."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import translation

from campaigns.linting import Message, Report, lint
from campaigns.linting.reading import reading_grade, syllables_of
from campaigns.models import BrandGuideline
from campaigns.shapes import FullStyleGuide
from cdp.ids import uuid7

GUIDE = {
    "colorPalette": {"primary": [{"hex": "#06c"}], "accent": [{"hex": "#FF6600"}]},
    "typographyGuidelines": {"primaryFont": {"family": "Inter", "fallbacks": ["Arial"]}},
    "voiceGuidelines": {
        "primaryTone": ["friendly"],
        "tonesToAvoid": ["sarcastic"],
        "bannedWords": ["cheap", "ลดราคา"],
        "requiredWords": ["Acme"],
        "maxReadingGrade": 8,
    },
}


def check(guide: dict[str, Any] | None = None, **said: Any) -> Report:
    full = FullStyleGuide.model_validate(GUIDE if guide is None else guide).as_json()
    brand = BrandGuideline(tenant_id=uuid7(), brand_name="Acme", full_style_guide=full)
    return lint(brand, Message.model_validate(said))


def rules(report: Report) -> list[str]:
    return [finding.rule.rpartition(".")[2] for finding in report.findings]


@pytest.mark.conforms("B136")
def test_a_message_that_keeps_to_the_brand_has_no_findings() -> None:
    report = check(
        html='<p style="color: #0066CC; font-family: Inter, sans-serif">Acme has a day out for you.</p>'
        '<a href="#fade">Order #123456</a>',
        colors=["#000"],
        tones=["Friendly"],
    )
    assert report.findings == []
    assert report.is_on_brand


@pytest.mark.conforms("B136")
@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ({"html": "<p style='color:#123456'>Acme</p>"}, "colorPalette"),
        ({"html": "<style>p {color: rgb(1, 2, 3)}</style>Acme"}, "colorPalette"),
        ({"text": "Acme", "colors": ["#ABC"]}, "colorPalette"),
        ({"html": "<p style='font-family: \"Comic Sans MS\", Arial'>Acme</p>"}, "typographyGuidelines"),
        ({"html": "<font face='Papyrus'>Acme</font>"}, "typographyGuidelines"),
        ({"text": "Acme is CHEAP!"}, "bannedWords"),
        ({"text": "Acme วันนี้ลดราคาทุกอย่าง"}, "bannedWords"),
        ({"html": "<b>ch</b>eap Acme"}, "bannedWords"),
        ({"text": "A message"}, "requiredWords"),
        ({"html": "<script>Acme</script>"}, "requiredWords"),
        ({"text": "Acme", "tones": ["Sarcastic"]}, "tonesToAvoid"),
        ({"text": "Acme", "tones": ["formal"]}, "primaryTone"),
        (
            {
                "text": "Acme facilitates comprehensive organisational transformation initiatives "
                "incorporating multidimensional considerations regarding accountability."
            },
            "maxReadingGrade",
        ),
    ],
)
def test_each_finding_names_the_rule_it_breaks(said: dict[str, Any], rule: str) -> None:
    assert rules(check(**said)) == [rule]


@pytest.mark.parametrize(
    ("html", "colors"),
    [
        ("<p style='color: Tomato'>", ["#FF6347"]),
        ("<font color='red'>", ["#FF0000"]),
        ("<font color='0066cc'>", ["#0066CC"]),
        ("<td bgcolor=gold>", ["#FFD700"]),
        ("<p style='color:hsl(210, 100%, 40%)'>", ["#0066CC"]),
        ("<p style='color:hsl(0.5turn 100% 50% / 50%)'>", ["#00FFFF"]),
        ("<p style='color:rgb(100% 0% 0%)'>", ["#FF0000"]),
        ("<p style='color:rgba(0, 102, 204, .5)'>", ["#0066CC"]),
        ("<p style='color:#06cf; border: 1px solid #ff6600cc'>", ["#0066CC", "#FF6600"]),
        ("<p style='color:#0000;background:transparent'>", []),
        ("<style>#face a:not(#beef) {margin: 0} .red {font-family: Tan} /* color: red */</style>", []),
        ("<style>p{background:url(red.png#fff) no-repeat}</style>", []),
        ("<style>@media (min-width: 1px) {p:hover {color: red}}</style>", ["#FF0000"]),
        ("<p style='transition: color 1s; color: var(--red)'>", []),
    ],
)
def test_colours_are_read_however_they_are_written(html: str, colors: list[str]) -> None:
    assert Message(html=html).colors_used() == colors


@pytest.mark.parametrize(
    ("css", "fonts"),
    [
        ("font: italic small-caps 700 12px/1.5 'Comic Sans MS', serif", ["Comic Sans MS", "serif"]),
        ("font: large Papyrus", ["Papyrus"]),
        ("font: 1.2em / 2 Inter !important", ["Inter"]),
        ("font: caption", []),
        ("font-family: 'Inter' !important", ["Inter"]),
        ('font-family: "Gill, Sans" , Arial', ["Gill, Sans", "Arial"]),
        ("font-family: var(--font)", []),
    ],
)
def test_fonts_are_read_however_they_are_written(css: str, fonts: list[str]) -> None:
    assert Message(html=f"<style>p {{{css}}}</style>").fonts_used() == fonts


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<head><title>T</title><body>Hello", "Hello"),
        ("<head><meta charset=utf-8><p>Hello", "Hello"),
        ("<head><style>p {}</style>Hello", "Hello"),
        ("<head><title>T</title></head>Hello", "Hello"),
    ],
)
def test_a_head_ends_where_the_message_begins(html: str, shown: str) -> None:
    assert Message(html=html).words_shown().strip() == shown


@pytest.mark.parametrize(
    ("word", "text", "is_found"),
    [
        ("Öl", "Köln", False),
        ("Öl", "Das ÖL!", True),
        ("Öl", "Das O\u0308l", True),
        ("কম", "কমা", False),
        ("কম", "দাম কম।", True),
        ("ลดราคา", "วันนี้ลดราคาทุกอย่าง", True),
        ("cheap", "ราคาcheapมาก", True),
        ("便宜", "今天很便宜的", True),
        ("100%", "100% off", True),
    ],
)
def test_a_word_has_edges_where_its_script_has(word: str, text: str, is_found: bool) -> None:
    report = check({"voiceGuidelines": {"bannedWords": [word]}}, text=text)
    assert rules(report) == (["bannedWords"] if is_found else [])


def test_a_word_inside_another_is_another_word() -> None:
    assert rules(check(text="Acme cheapens nothing")) == []


def test_what_the_guideline_does_not_say_is_not_checked() -> None:
    assert check({}, text="cheap", colors=["#123456"], fonts=["Papyrus"], tones=["rude"]).findings == []


def test_the_grade_is_flesch_kincaids_and_for_english_alone() -> None:
    # 9 words, 1 sentence, 11 syllables: 0.39 * 9 + 11.8 * 11 / 9 - 15.59
    assert reading_grade("The cat sat on the mat with another cat.") == pytest.approx(2.3, abs=0.05)
    assert reading_grade("สวัสดีครับ วันนี้ เรามี ข่าวดี ที่ ดี มาก") is None
    assert reading_grade("Too short") is None
    assert [syllables_of(word) for word in ("table", "make", "free", "a", "rhythm")] == [2, 1, 1, 1, 1]


@pytest.mark.conforms("B136")
def test_findings_are_told_in_the_language_of_the_reader() -> None:
    with translation.override("th"):
        report = check(colors=["#123456"], fonts=["Papyrus"], tones=["sarcastic", "stern"], text="cheap")
    assert len(report.findings) == 6
    for finding in report.findings:
        assert re.search("[ก-๛]", finding.message), finding.message
