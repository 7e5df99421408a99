"""Brand kits as design tools export them: logos, palettes, fonts and voice, in JSON.

The tools differ in names and nesting: a palette is a list of colours or an object with one, a colour is a
text or an object, a font has a ``family`` or a ``name`` and a ``role``. The rest is kept as ``extra``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from campaigns.models import BrandGuideline
from campaigns.records import BrandGuidelineRecord
from campaigns.shapes import FullStyleGuide
from cdp.errors import Invalid
from cdp.models import Tenant

KNOWN = {"name", "brandName", "industry", "values", "colors", "palettes", "fonts", "logos", "voice", "tone"}
PARTS = {"primary": "primary", "secondary": "secondary", "accent": "accent", "neutral": "neutral"}
PRIMARY_ROLES = {"primary", "heading", "headings", "title", "display"}


def record_from_kit(kit: Any, *, tenant: Tenant) -> BrandGuidelineRecord:
    """Return what a brand kit says as the record of a brand guideline; raises Invalid."""
    if not isinstance(kit, Mapping):
        raise Invalid(gettext("Send a JSON object."), fields={"_": [gettext("This is not an object.")]})
    guide = {
        "colorPalette": _palette(kit),
        "typographyGuidelines": _typography(kit.get("fonts")),
        "logoGuidelines": _logos(kit.get("logos")),
        "voiceGuidelines": _voice(kit),
        **{name: value for name, value in kit.items() if name not in KNOWN},
    }
    said = {
        "brandName": kit.get("brandName") or kit.get("name") or "",
        "industry": kit.get("industry") or "",
        "brandValues": kit.get("values") or [],
        "detailLevel": "full",
        "fullStyleGuide": {name: value for name, value in guide.items() if value},
        "metadata": {"source": "imported"},
    }
    return BrandGuidelineRecord.parse(said, tenant=tenant)


def kit_of(brand: BrandGuideline) -> dict[str, Any]:
    """Return a brand guideline as a kit; ``record_from_kit`` reads it back."""
    guide = FullStyleGuide.model_validate(brand.full_style_guide)
    palette, fonts, voice = guide.color_palette, guide.typography_guidelines, guide.voice_guidelines
    named = (("primary", fonts.primary_font), ("secondary", fonts.secondary_font)) if fonts else ()
    return {
        "name": brand.brand_name,
        "industry": brand.industry,
        "values": list(brand.brand_values),
        "palettes": [
            {"name": part, "colors": [color.as_json() for color in getattr(palette, part)]}
            for part in PARTS
            if palette and getattr(palette, part)
        ],
        "fonts": [{"role": role, **font.as_json()} for role, font in named if font],
        "logos": [logo.as_json() for logo in guide.logo_guidelines.logos] if guide.logo_guidelines else [],
        "voice": voice.as_json() if voice else {},
        **guide.extra,
    }


def _palette(kit: Mapping[str, Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    palettes = kit.get("palettes") or []
    if isinstance(palettes, Mapping):
        palettes = [{"name": name, "colors": colors} for name, colors in palettes.items()]
    for number, palette in enumerate(_list(palettes, "palettes")):
        is_object = isinstance(palette, Mapping)
        name = str(palette.get("name", "")).lower() if is_object else ""
        part = PARTS.get(name, "primary" if number == 0 else "secondary")
        colors = palette.get("colors") if is_object else palette
        found.setdefault(part, []).extend(_color(color) for color in _list(colors or [], "palettes"))
    plain = [_color(color) for color in _list(kit.get("colors") or [], "colors")]
    return {**found, "primary": [*found.get("primary", []), *plain]} if plain else found


def _color(color: Any) -> Any:
    if isinstance(color, str):
        return {"hex": color}
    if isinstance(color, Mapping) and "hex" not in color and "value" in color:
        return {**{name: value for name, value in color.items() if name != "value"}, "hex": color["value"]}
    return color


def _typography(fonts: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for number, font in enumerate(_list(fonts or [], "fonts")):
        if isinstance(font, str):
            role, shape = "", dict[str, Any](family=font)
        elif isinstance(font, Mapping):
            role = str(font.get("role", "")).lower()
            rest = {name: value for name, value in font.items() if name not in {"role", "name"}}
            shape = {"family": font.get("family") or font.get("name"), **rest}
        else:
            raise _invalid("fonts")
        is_first = role in PRIMARY_ROLES if role else number == 0
        place = "primaryFont" if is_first and "primaryFont" not in found else "secondaryFont"
        if place in found:
            found.setdefault("additionalFonts", []).append(shape)
        else:
            found[place] = shape
    return found


def _logos(logos: Any) -> dict[str, Any]:
    found = [{"url": logo} if isinstance(logo, str) else logo for logo in _list(logos or [], "logos")]
    return {"logos": found} if found else {}


def _voice(kit: Mapping[str, Any]) -> dict[str, Any]:
    voice, tone = kit.get("voice"), kit.get("tone")
    found = dict(voice) if isinstance(voice, Mapping) else ({"brandVoice": voice} if voice else {})
    if tone:
        found.setdefault("primaryTone", [tone] if isinstance(tone, str) else tone)
    return found


def _list(value: Any, field: str) -> list[Any]:
    if not isinstance(value, list):
        raise _invalid(field)
    return value


def _invalid(field: str) -> Invalid:
    return Invalid(
        gettext("See errors for each field."), fields={field: [gettext("This is not a list of such things.")]}
    )
