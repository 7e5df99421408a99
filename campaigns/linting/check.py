"""Each rule of a brand guideline, held against a message."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from campaigns.linting.message import Message
from campaigns.linting.reading import reading_grade
from campaigns.models import BrandGuideline
from campaigns.shapes import FullStyleGuide, HighLevelGuidelines
from campaigns.shapes.brand import VoiceGuidelines

# Black and white belong to every brand: paper and ink.
ALWAYS_ALLOWED = {"#000000", "#FFFFFF"}
GENERIC_FONTS = {
    "serif",
    "sans-serif",
    "monospace",
    "cursive",
    "fantasy",
    "system-ui",
    "inherit",
    "initial",
    "unset",
    "ui-sans-serif",
    "ui-serif",
    "ui-monospace",
    "ui-rounded",
    "math",
    "emoji",
    "revert",
    "revert-layer",
}
# Thai, Lao, Burmese, Khmer, Chinese and Japanese have no spaces between words, and Korean hangs its
# particles onto them: there a word is found anywhere.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\ua9e0-\ua9ff\uaa60-\uaa7f"
    "\u1100-\u11ff\u3005-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
).match


@dataclass(frozen=True)
class Finding:
    """One thing a message does against its brand; ``rule`` leads to where the guideline says so."""

    rule: str
    message: str
    excerpt: str = ""


@dataclass(frozen=True)
class Report:
    """What was found, and how hard the text is to read (None: not measured)."""

    findings: list[Finding]
    reading_grade: float | None

    @property
    def is_on_brand(self) -> bool:
        """Tell whether nothing was found."""
        return not self.findings


@dataclass(frozen=True)
class _Brand:
    short: HighLevelGuidelines
    full: FullStyleGuide

    @property
    def voice(self) -> VoiceGuidelines:
        return self.full.voice_guidelines or VoiceGuidelines()


def lint(guideline: BrandGuideline, message: Message) -> Report:
    """Check a message against a guideline; what the guideline does not say is not checked."""
    brand = _Brand(
        HighLevelGuidelines.model_validate(guideline.high_level_guidelines),
        FullStyleGuide.model_validate(guideline.full_style_guide),
    )
    findings = [finding for rule in RULES for finding in rule(brand, message)]
    return Report(findings, reading_grade(message.words_shown()))


def _colors(brand: _Brand, message: Message) -> Iterator[Finding]:
    full, short = brand.full.color_palette, brand.short.colors
    allowed = {*(full.every_hex() if full else ()), *(short.every_hex() if short else ())}
    if not allowed:
        return
    rule = "fullStyleGuide.colorPalette" if full else "highLevelGuidelines.colors"
    for color in message.colors_used():
        if color not in allowed | ALWAYS_ALLOWED:
            yield Finding(rule, gettext("%(color)s is not a colour of this brand.") % {"color": color}, color)


def _fonts(brand: _Brand, message: Message) -> Iterator[Finding]:
    full, short = brand.full.typography_guidelines, brand.short.typography
    families: list[str | None] = []
    if full:
        for font in (full.primary_font, full.secondary_font, *full.additional_fonts):
            families += [font.family, *font.fallbacks] if font else []
    if short:
        families += [short.primary_font, short.secondary_font]
    allowed = {family.lower() for family in families if family}
    rule = "fullStyleGuide.typographyGuidelines" if full else "highLevelGuidelines.typography"
    for font_name in message.fonts_used() if allowed else ():
        if font_name.lower() not in allowed | GENERIC_FONTS:
            yield Finding(
                rule, gettext("%(font)s is not a font of this brand.") % {"font": font_name}, font_name
            )


def _banned(brand: _Brand, message: Message) -> Iterator[Finding]:
    text = message.words_shown()
    for word in brand.voice.banned_words:
        if match := _occurrence(word, text):
            yield Finding(
                "fullStyleGuide.voiceGuidelines.bannedWords",
                gettext("“%(word)s” is a word this brand does not use.") % {"word": word},
                text[max(match.start() - 30, 0) : match.end() + 30].strip(),
            )


def _required(brand: _Brand, message: Message) -> Iterator[Finding]:
    text = message.words_shown()
    for word in brand.voice.required_words:
        if not _occurrence(word, text):
            yield Finding(
                "fullStyleGuide.voiceGuidelines.requiredWords",
                gettext("“%(word)s” is missing.") % {"word": word},
            )


def _tones(brand: _Brand, message: Message) -> Iterator[Finding]:
    voice = brand.voice
    wanted = {tone.lower() for tone in voice.primary_tone}
    avoided = {tone.lower() for tone in voice.tones_to_avoid}
    for tone in message.tones:
        if tone.lower() in avoided:
            rule = "fullStyleGuide.voiceGuidelines.tonesToAvoid"
            yield Finding(rule, gettext("This brand is never %(tone)s.") % {"tone": tone}, tone)
        elif wanted and tone.lower() not in wanted:
            rule = "fullStyleGuide.voiceGuidelines.primaryTone"
            yield Finding(rule, gettext("%(tone)s is not a tone of this brand.") % {"tone": tone}, tone)


def _reading(brand: _Brand, message: Message) -> Iterator[Finding]:
    limit, grade = brand.voice.max_reading_grade, reading_grade(message.words_shown())
    if limit is not None and grade is not None and grade > limit:
        yield Finding(
            "fullStyleGuide.voiceGuidelines.maxReadingGrade",
            gettext("This needs %(grade)s years of school to read, and the brand's limit is %(limit)s.")
            % {"grade": grade, "limit": f"{limit:g}"},
        )


def _occurrence(word: str, text: str) -> re.Match[str] | None:
    known = unicodedata.normalize("NFC", word)
    for match in re.finditer(re.escape(known), text, re.IGNORECASE):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if not (_is_one_word(before, known[:1]) or _is_one_word(known[-1:], after)):
            return match
    return None


def _is_one_word(left: str, right: str) -> bool:
    """Tell whether two letters side by side belong to one word."""
    return all(letter and _is_in_word(letter) and not _UNSPACED(letter) for letter in (left, right))


def _is_in_word(letter: str) -> bool:
    # Marks too: the vowels of Indic scripts are no letters.
    return letter == "_" or unicodedata.category(letter)[0] in "LMN"


RULES: tuple[Callable[[_Brand, Message], Iterator[Finding]], ...] = (
    _colors,
    _fonts,
    _banned,
    _required,
    _tones,
    _reading,
)
