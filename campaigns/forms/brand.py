"""The form of a brand guideline: the parts of a brand kit people fill in by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.choices import DetailLevel
from campaigns.forms.base import AssetForm, got, kept, lined, listed, put, unlined

# Field of the form -> where it stands in the full style guide.
LISTS = {
    "tones": "voiceGuidelines.primaryTone",
    "tones_to_avoid": "voiceGuidelines.tonesToAvoid",
    "banned_words": "voiceGuidelines.bannedWords",
    "required_words": "voiceGuidelines.requiredWords",
}
LINES = {"logo_rules": "logoGuidelines.usageRules", "logo_misuse": "logoGuidelines.misuse"}
TEXTS = {
    "primary_font": "typographyGuidelines.primaryFont.family",
    "secondary_font": "typographyGuidelines.secondaryFont.family",
    "voice": "voiceGuidelines.brandVoice",
    "clear_space": "logoGuidelines.clearSpace",
}
NUMBERS = {
    "reading_grade": "voiceGuidelines.maxReadingGrade",
    "smallest_width": "logoGuidelines.minimumSize.width",
}
COLORS = {
    "primary_colors": "colorPalette.primary",
    "secondary_colors": "colorPalette.secondary",
    "accent_colors": "colorPalette.accent",
    "neutral_colors": "colorPalette.neutral",
}
WHOLE = (".family", ".width")


def _line(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=2000, required=False, **options)


def _lines(label: Any, rows: int = 3, **options: Any) -> forms.CharField:
    widget = forms.Textarea({"rows": rows})
    return forms.CharField(label=label, max_length=30_000, required=False, widget=widget, **options)


class BrandForm(AssetForm):
    """A brand guideline."""

    brand_name = forms.CharField(label=_("Brand"), max_length=255)
    industry = forms.CharField(label=_("Industry"), max_length=255, required=False)
    brand_values = _lines(_("Values"), help_text=_("One in a line."))
    primary_colors = _lines(
        _("Main colours"), help_text=_("One in a line, with a name if you like: Temple teal #0F6B66.")
    )
    secondary_colors = _lines(_("Second colours"), 2)
    accent_colors = _lines(_("Accent colours"), 2)
    neutral_colors = _lines(_("Neutral colours"), 2)
    primary_font = _line(_("Main font"))
    secondary_font = _line(_("Second font"))
    clear_space = _line(_("Clear space around the logo"))
    smallest_width = forms.IntegerField(
        label=_("Smallest width of the logo, in pixels"), min_value=1, max_value=100_000, required=False
    )
    logo_rules = _lines(_("Rules for the logo"), help_text=_("One in a line."))
    logo_misuse = _lines(_("What never to do with it"), help_text=_("One in a line."))
    voice = _lines(_("Voice"), 2)
    tones = _lines(_("Tones"), help_text=_("One in a line."))
    tones_to_avoid = _lines(_("Tones to avoid"), help_text=_("One in a line."))
    banned_words = _lines(_("Words never used"), help_text=_("One in a line."))
    required_words = _lines(_("Words always used"), help_text=_("One in a line."))
    reading_grade = forms.FloatField(
        label=_("Hardest school grade"),
        min_value=1,
        max_value=20,
        required=False,
        help_text=_("How hard a text may be to read, by Flesch-Kincaid; for English."),
    )

    sections = (
        (_("Brand"), ("brand_name", "industry", "brand_values")),
        (_("Colours"), tuple(COLORS)),
        (_("Type"), ("primary_font", "secondary_font")),
        (_("Logo"), ("clear_space", "smallest_width", "logo_rules", "logo_misuse")),
        (
            _("Voice"),
            ("voice", "tones", "tones_to_avoid", "banned_words", "required_words", "reading_grade"),
        ),
    )

    @classmethod
    def values_of(cls, asset: Any) -> dict[str, Any]:
        guide = asset.full_style_guide
        values = {"brand_name": asset.brand_name, "industry": asset.industry}
        values |= {name: lined(got(guide, path, [])) for name, path in LISTS.items()}
        values |= {name: "\n".join(got(guide, path, [])) for name, path in LINES.items()}
        values |= {name: got(guide, path) for name, path in (TEXTS | NUMBERS).items()}
        values |= {name: "\n".join(map(_written, got(guide, path, []))) for name, path in COLORS.items()}
        return {**super().values_of(asset), **values, "brand_values": lined(asset.brand_values)}

    def said(self, asset: Any | None) -> dict[str, Any]:
        data = self.cleaned_data
        guide = kept(asset.full_style_guide if asset else {})
        for name, path in LISTS.items():
            put(guide, path, unlined(data[name], got(guide, path, [])))
        for name, path in LINES.items():
            put(guide, path, [line.strip() for line in data[name].splitlines() if line.strip()])
        for name, path in (TEXTS | NUMBERS).items():
            _put_part(guide, path, data[name])
        for name, path in COLORS.items():
            known = {color["hex"]: color for color in got(guide, path, [])}
            put(guide, path, [_color(text, known) for text in listed(data[name])])
        found = {
            "brandName": data["brand_name"],
            "industry": data["industry"],
            "brandValues": unlined(data["brand_values"], asset.brand_values if asset else ()),
            "fullStyleGuide": {name: value for name, value in guide.items() if value},
        }
        # A guideline that is short stays so until something is said in full.
        is_full = found["fullStyleGuide"] or asset is None
        return {**found, "detailLevel": DetailLevel.FULL.value} if is_full else found


def _written(color: Mapping[str, Any]) -> str:
    return f"{color.get('name') or ''} {color['hex']}".strip()


def _color(text: str, known: Mapping[str, Any]) -> dict[str, Any]:
    """Return "Temple teal #0F6B66" as a colour; what else is known about it stays."""
    name, _space, hex_ = text.rpartition(" ")
    before = known.get(hex_.upper(), {})
    return {**before, "hex": hex_, **({"name": name.strip()} if name.strip() else {})}


def _put_part(guide: dict[str, Any], path: str, value: Any) -> None:
    # A font without a family is no font, a size without a width no size.
    end = next((end for end in WHOLE if path.endswith(end)), "")
    put(guide, path.removesuffix(end) if value in (None, "") else path, value)
