"""A brand guideline laid out as a style sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.models import BrandGuideline
from campaigns.shapes import FullStyleGuide, HighLevelGuidelines
from campaigns.shapes.brand import Color, Font, Palette

PARTS = (
    ("primary", _("Main")),
    ("secondary", _("Second")),
    ("accent", _("Accent")),
    ("neutral", _("Neutral")),
)
MOST_DOTS = 6
WHITE, BLACK = "#FFFFFF", "#000000"


@dataclass(frozen=True)
class Swatch:
    """One colour, which of black and white reads better on it, and how well (WCAG contrast ratio)."""

    color: Color
    on_it: str
    contrast: float


def sheet_of(brand: BrandGuideline) -> dict[str, Any]:
    """Return what the style sheet shows; what the full guide leaves out is taken from the short one."""
    full = FullStyleGuide.model_validate(brand.full_style_guide)
    short = HighLevelGuidelines.model_validate(brand.high_level_guidelines)
    palette = full.color_palette or short.colors or Palette()
    fonts, logo = full.typography_guidelines, full.logo_guidelines
    shown = [
        font
        for font in ((fonts.primary_font, fonts.secondary_font, *fonts.additional_fonts) if fonts else ())
        if font
    ]
    return {
        "swatches": [
            (label, [_swatch(color) for color in getattr(palette, name)])
            for name, label in PARTS
            if getattr(palette, name)
        ],
        "fonts": shown or _short_fonts(short),
        "scale": fonts.type_scale if fonts else [],
        "sizes": short.typography.type_sizes if short.typography and not fonts else [],
        "logo": logo,
        "rules": logo.usage_rules if logo else (short.logo.usage_rules if short.logo else []),
        "short": short,
        "voice": full.voice_guidelines,
    }


def palette_of(brand: BrandGuideline) -> list[str]:
    """Return the first colours of a brand."""
    full = FullStyleGuide.model_validate(brand.full_style_guide)
    short = HighLevelGuidelines.model_validate(brand.high_level_guidelines)
    return (full.color_palette or short.colors or Palette()).every_hex()[:MOST_DOTS]


def _short_fonts(short: HighLevelGuidelines) -> list[Font]:
    named = (short.typography.primary_font, short.typography.secondary_font) if short.typography else ()
    return [Font(family=name) for name in named if name]


def _swatch(color: Color) -> Swatch:
    light = _luminance(color.hex)
    on_white, on_black = 1.05 / (light + 0.05), (light + 0.05) / 0.05
    is_dark = on_white >= on_black
    return Swatch(color, WHITE if is_dark else BLACK, round(max(on_white, on_black), 1))


def _luminance(hex_: str) -> float:
    """Return the relative luminance of #RRGGBB (WCAG 2.2)."""
    parts = [int(hex_[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 (of the formula)
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
