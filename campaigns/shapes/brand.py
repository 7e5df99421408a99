"""How a brand looks and speaks, in the terms of a brand kit: logos, palettes, typography, voice."""

from __future__ import annotations

from typing import Annotated, Self
from urllib.parse import urlsplit

from django.utils.translation import gettext
from pydantic import AfterValidator, Field, model_validator

from campaigns.shapes.base import Shape, Text, Texts, Word, Words

_SHORT_HEX, _LONGEST_ADDRESS = 4, 2000


def _hex(value: str) -> str:
    """Return #rgb and #rrggbb as #RRGGBB."""
    letters = value.strip()
    if not letters.startswith("#"):
        letters = f"#{letters}"
    if len(letters) == _SHORT_HEX:
        letters = "#" + "".join(letter * 2 for letter in letters[1:])
    if len(letters) != len("#RRGGBB") or any(c not in "0123456789abcdefABCDEF" for c in letters[1:]):
        raise ValueError(gettext("Use a colour such as #0066CC."))
    return letters.upper()


def _web_address(value: str) -> str:
    try:
        parts = urlsplit(value.strip())
    except ValueError as error:
        raise ValueError(gettext("Use an address such as https://example.com/logo.svg.")) from error
    # An index holds the addresses of alerts, and counts bytes.
    if len(value.encode()) > _LONGEST_ADDRESS:
        raise ValueError(gettext("This address is too long."))
    if parts.scheme not in {"http", "https"} or not parts.hostname or "\x00" in value:
        raise ValueError(gettext("Use an address such as https://example.com/logo.svg."))
    return value.strip()


Hex = Annotated[str, Field(max_length=20), AfterValidator(_hex)]
WebAddress = Annotated[str, Field(max_length=_LONGEST_ADDRESS), AfterValidator(_web_address)]


class Color(Shape):
    """One colour."""

    name: Word | None = None
    hex: Hex
    usage: Text | None = None


Colors = Annotated[list[Color], Field(max_length=60)]


class Palette(Shape):
    """Colours by their part."""

    primary: Colors = Field(default_factory=list)
    secondary: Colors = Field(default_factory=list)
    accent: Colors = Field(default_factory=list)
    neutral: Colors = Field(default_factory=list)

    def every_hex(self) -> list[str]:
        """Return all colours, each once."""
        colors = (*self.primary, *self.secondary, *self.accent, *self.neutral)
        return list(dict.fromkeys(color.hex for color in colors))


class Size(Shape):
    """Pixels."""

    width: Annotated[int, Field(ge=1, le=100_000)]
    height: Annotated[int, Field(ge=1, le=100_000)] | None = None


class Logo(Shape):
    """One file of the logo."""

    name: Word | None = None
    url: WebAddress | None = None
    variant: Word | None = None
    background: Word | None = None


class LogoSummary(Shape):
    """The logo, in short."""

    primary_logo_url: WebAddress | None = None
    usage_rules: Texts = Field(default_factory=list)


class TypographySummary(Shape):
    """Fonts, in short."""

    primary_font: Word | None = None
    secondary_font: Word | None = None
    type_sizes: Words = Field(default_factory=list)


class HighLevelGuidelines(Shape):
    """A brand on one page."""

    logo: LogoSummary | None = None
    colors: Palette | None = None
    typography: TypographySummary | None = None
    voice: Text | None = None


class LogoGuidelines(Shape):
    """Files, clear space, smallest size, what to do and what not."""

    logos: Annotated[list[Logo], Field(max_length=60)] = Field(default_factory=list)
    clear_space: Text | None = None
    minimum_size: Size | None = None
    usage_rules: Texts = Field(default_factory=list)
    misuse: Texts = Field(default_factory=list)


class Font(Shape):
    """One typeface."""

    family: Word
    weights: Annotated[list[Annotated[int, Field(ge=1, le=1000)]], Field(max_length=20)] = Field(
        default_factory=list
    )
    fallbacks: Words = Field(default_factory=list)
    url: WebAddress | None = None
    usage: Text | None = None


class TypeStep(Shape):
    """One step of the type scale."""

    name: Word
    size: Word
    line_height: Word | None = None
    weight: Annotated[int, Field(ge=1, le=1000)] | None = None
    font: Word | None = None


class TypographyGuidelines(Shape):
    """Typefaces and the scale they are set in."""

    primary_font: Font | None = None
    secondary_font: Font | None = None
    additional_fonts: Annotated[list[Font], Field(max_length=20)] = Field(default_factory=list)
    type_scale: Annotated[list[TypeStep], Field(max_length=40)] = Field(default_factory=list)


class MessagingPillar(Shape):
    """One thing the brand says again and again."""

    title: Word
    description: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: object) -> object:
        return {"title": data} if isinstance(data, str) else data


class VoiceGuidelines(Shape):
    """How the brand speaks: what a message is checked against."""

    brand_voice: Text | None = None
    primary_tone: Words = Field(default_factory=list)
    tones_to_avoid: Words = Field(default_factory=list)
    messaging_pillars: Annotated[list[MessagingPillar], Field(max_length=40)] = Field(default_factory=list)
    banned_words: Words = Field(default_factory=list)
    required_words: Words = Field(default_factory=list)
    max_reading_grade: Annotated[float, Field(ge=1, le=20, allow_inf_nan=False)] | None = None


class FullStyleGuide(Shape):
    """Everything about a brand."""

    logo_guidelines: LogoGuidelines | None = None
    color_palette: Palette | None = None
    typography_guidelines: TypographyGuidelines | None = None
    voice_guidelines: VoiceGuidelines | None = None

    @model_validator(mode="after")
    def _allows_what_it_asks_for(self) -> Self:
        voice = self.voice_guidelines
        banned = {word.lower() for word in voice.banned_words} if voice else set()
        if voice and any(word.lower() in banned for word in voice.required_words):
            raise ValueError(gettext("A word is both banned and required."))
        return self
