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
from campaigns.shapes import FullStyleGuide, HighLevelGuidelines
from cdp.errors import Invalid
from cdp.models import Tenant

KNOWN = {"name", "brandName", "industry", "values", "colors", "palettes", "fonts", "logos", "voice", "tone"}
# What a kit has no list for leaves and comes back under our own names.
OWN = {"detailLevel", "highLevelGuidelines", "isActive"}
PARTS = {"primary": "primary", "secondary": "secondary", "accent": "accent", "neutral": "neutral"}
PRIMARY_ROLES = {"primary", "heading", "headings", "title", "display"}


def record_from_kit(kit: Any, *, tenant: Tenant) -> BrandGuidelineRecord:
    """Return what a brand kit says as the record of a brand guideline; raises Invalid."""
    if not isinstance(kit, Mapping):
        raise Invalid(gettext("Send a JSON object."), fields={"_": [gettext("This is not an object.")]})
    read = {
        "colorPalette": _palette(kit),
        "typographyGuidelines": _typography(kit.get("fonts")),
        "logoGuidelines": _logos(kit.get("logos")),
        "voiceGuidelines": _voice(kit),
    }
    guide = {
        **{name: value for name, value in kit.items() if name not in KNOWN | OWN},
        **{name: {**_object(kit.get(name) or {}, name), **part} for name, part in read.items()},
    }
    said = {
        "brandName": kit.get("brandName") or kit.get("name") or "",
        "industry": kit.get("industry") or "",
        "brandValues": kit.get("values") or [],
        "detailLevel": "full",
        **{name: kit[name] for name in OWN if name in kit},
        "fullStyleGuide": {name: value for name, value in guide.items() if value},
        "metadata": {"source": "imported"},
    }
    return BrandGuidelineRecord.parse(said, tenant=tenant)


def kit_of(brand: BrandGuideline) -> dict[str, Any]:
    """Return a brand guideline as a kit that ``record_from_kit`` reads; in short where there is no more."""
    guide = FullStyleGuide.model_validate(brand.full_style_guide)
    short = HighLevelGuidelines.model_validate(brand.high_level_guidelines)
    palette = guide.color_palette or short.colors
    voice = guide.voice_guidelines.as_json() if guide.voice_guidelines else {"brandVoice": short.voice}
    return {
        # First: what a tool calls as we do must not take the place of what we say.
        **guide.extra,
        "name": brand.brand_name,
        "industry": brand.industry,
        "values": list(brand.brand_values),
        "detailLevel": brand.detail_level,
        "isActive": brand.is_active,
        "palettes": [
            {"name": part, "colors": [color.as_json() for color in getattr(palette, part)]}
            for part in PARTS
            if palette and getattr(palette, part)
        ],
        "fonts": _fonts_of(guide, short),
        "logos": _logos_of(guide, short),
        "voice": {name: value for name, value in voice.items() if value},
        "highLevelGuidelines": short.as_json(),
        **_rest_of(guide),
    }


def _fonts_of(guide: FullStyleGuide, short: HighLevelGuidelines) -> list[dict[str, Any]]:
    if fonts := guide.typography_guidelines:
        named = (("primary", fonts.primary_font), ("secondary", fonts.secondary_font))
        more = (("additional", font) for font in fonts.additional_fonts)
        return [{"role": role, **font.as_json()} for role, font in (*named, *more) if font]
    if not short.typography:
        return []
    families = (("primary", short.typography.primary_font), ("secondary", short.typography.secondary_font))
    return [{"role": role, "family": family} for role, family in families if family]


def _logos_of(guide: FullStyleGuide, short: HighLevelGuidelines) -> list[dict[str, Any]]:
    if guide.logo_guidelines:
        return [logo.as_json() for logo in guide.logo_guidelines.logos]
    return [{"url": short.logo.primary_logo_url}] if short.logo and short.logo.primary_logo_url else []


def _rest_of(guide: FullStyleGuide) -> dict[str, dict[str, Any]]:
    """Return what the lists of a kit do not hold: the type scale, the rules of the logo, unknown keys."""
    listed = {
        "colorPalette": {*PARTS},
        "typographyGuidelines": {"primaryFont", "secondaryFont", "additionalFonts"},
        "logoGuidelines": {"logos"},
    }
    said = guide.as_json()
    rest = {
        name: {key: value for key, value in said.get(name, {}).items() if key not in keys}
        for name, keys in listed.items()
    }
    return {name: part for name, part in rest.items() if part}


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
        if place in found or role == "additional":
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


def _object(value: Any, field: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise Invalid(
            gettext("See errors for each field."), fields={field: [gettext("This is not an object.")]}
        )
    return dict(value)


def _list(value: Any, field: str) -> list[Any]:
    if not isinstance(value, list):
        raise _invalid(field)
    return value


def _invalid(field: str) -> Invalid:
    return Invalid(
        gettext("See errors for each field."), fields={field: [gettext("This is not a list of such things.")]}
    )
