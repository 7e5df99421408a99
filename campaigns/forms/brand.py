"""The form of a brand guideline: the parts of a brand kit people fill in by hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.forms.base import AssetForm, got, joined, kept, listed, put

# Field of the form -> where it stands in the full style guide.
LISTS = {
    "tones": "voiceGuidelines.primaryTone",
    "banned_words": "voiceGuidelines.bannedWords",
    "required_words": "voiceGuidelines.requiredWords",
    "logo_rules": "logoGuidelines.usageRules",
}
TEXTS = {
    "primary_font": "typographyGuidelines.primaryFont.family",
    "secondary_font": "typographyGuidelines.secondaryFont.family",
    "voice": "voiceGuidelines.brandVoice",
}
COLORS = {"primary_colors": "colorPalette.primary", "accent_colors": "colorPalette.accent"}


def _line(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=2000, required=False, **options)


class BrandForm(AssetForm):
    """A brand guideline."""

    brand_name = forms.CharField(label=_("Brand"), max_length=255)
    industry = forms.CharField(label=_("Industry"), max_length=255, required=False)
    brand_values = _line(_("Values"))
    primary_colors = _line(_("Main colours"), help_text=_("Such as #0066CC, #FFFFFF."))
    accent_colors = _line(_("Accent colours"))
    primary_font = _line(_("Main font"))
    secondary_font = _line(_("Second font"))
    logo_rules = _line(_("Rules for the logo"))
    voice = _line(_("Voice"))
    tones = _line(_("Tones"))
    banned_words = _line(_("Words never used"))
    required_words = _line(_("Words always used"))

    @classmethod
    def values_of(cls, asset: Any) -> dict[str, Any]:
        guide = asset.full_style_guide
        own = {"brand_name": asset.brand_name, "industry": asset.industry}
        values = {name: joined(got(guide, path, [])) for name, path in LISTS.items()}
        values |= {name: got(guide, path) for name, path in TEXTS.items()}
        values |= {
            name: joined([color["hex"] for color in got(guide, path, [])]) for name, path in COLORS.items()
        }
        return {**super().values_of(asset), **own, **values, "brand_values": joined(asset.brand_values)}

    def said(self, asset: Any | None) -> dict[str, Any]:
        data = self.cleaned_data
        guide = kept(asset.full_style_guide if asset else {})
        for name, path in LISTS.items():
            put(guide, path, listed(data[name]))
        for name, path in TEXTS.items():
            _put_text(guide, path, data[name])
        for name, path in COLORS.items():
            known = {color["hex"]: color for color in got(guide, path, [])}
            put(guide, path, [known.get(hex_.upper(), {"hex": hex_}) for hex_ in listed(data[name])])
        return {
            "brandName": data["brand_name"],
            "industry": data["industry"],
            "brandValues": listed(data["brand_values"]),
            "detailLevel": "full",
            "fullStyleGuide": guide,
        }


def _put_text(guide: dict[str, Any], path: str, value: str) -> None:
    # A font without a family is no font.
    whole = path.removesuffix(".family")
    put(guide, whole if not value and whole != path else path, value)
