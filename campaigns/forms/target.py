"""The form of a target profile."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.forms.base import AssetForm, got, kept, lined, put, unlined

GENDERS = [("", "—"), ("all", _("All")), ("female", _("Female")), ("male", _("Male")), ("other", _("Other"))]
UNITS = [("km", _("kilometres")), ("miles", _("miles"))]
LINES = _("One in a line.")


def _words(label: Any, help_text: Any = LINES) -> forms.CharField:
    widget = forms.Textarea({"rows": 3})
    return forms.CharField(label=label, max_length=30_000, required=False, help_text=help_text, widget=widget)


def _text(label: Any) -> forms.CharField:
    widget = forms.Textarea({"rows": 2})
    return forms.CharField(label=label, max_length=4000, required=False, widget=widget)


def _number(label: Any, **options: Any) -> forms.FloatField:
    return forms.FloatField(label=label, required=False, **options)


class TargetForm(AssetForm):
    """A target profile."""

    name = forms.CharField(label=_("Name"), max_length=255)
    description = _text(_("Description"))
    is_default = forms.BooleanField(label=_("Default"), required=False)
    is_active = forms.BooleanField(label=_("Active"), required=False, initial=True)
    age_min = forms.IntegerField(label=_("Youngest"), min_value=0, max_value=150, required=False)
    age_max = forms.IntegerField(label=_("Oldest"), min_value=0, max_value=150, required=False)
    gender = forms.ChoiceField(label=_("Gender"), choices=GENDERS, required=False)
    income_min = forms.DecimalField(label=_("Lowest yearly income"), min_value=0, required=False)
    income_max = forms.DecimalField(label=_("Highest yearly income"), min_value=0, required=False)
    interests = _words(_("Interests"), _("Customers have them as tags. One in a line."))
    countries = _words(_("Countries"))
    states = _words(_("States or provinces"))
    cities = _words(_("Cities"))
    latitude = _number(_("Latitude"), min_value=-90, max_value=90)
    longitude = _number(_("Longitude"), min_value=-180, max_value=180)
    radius = _number(_("Radius"), min_value=0, max_value=20_100, help_text=_("Around the two numbers above."))
    unit = forms.ChoiceField(label=_("Unit"), choices=UNITS, required=False)
    devices = _words(_("Devices"))
    buying = _words(_("Buying"))
    networks = _words(_("Networks"))
    persona_name = forms.CharField(label=_("Name"), max_length=4000, required=False)
    persona_description = _text(_("Description"))
    motivations = _text(_("Wants"))
    pain_points = _text(_("Troubles"))

    sections = (
        (_("Target profile"), ("name", "description", "is_default", "is_active")),
        (_("Who"), ("age_min", "age_max", "gender", "income_min", "income_max", "interests")),
        (_("Where"), ("countries", "states", "cities", "latitude", "longitude", "radius", "unit")),
        (_("What they do"), ("devices", "buying", "networks")),
        (
            _("One person who stands for all"),
            ("persona_name", "persona_description", "motivations", "pain_points"),
        ),
    )
    DEMOGRAPHICS = {
        "age_min": "ageRange.min",
        "age_max": "ageRange.max",
        "gender": "gender",
        "income_min": "incomeRange.min",
        "income_max": "incomeRange.max",
        "countries": "location.countries",
        "states": "location.states",
        "cities": "location.cities",
        "latitude": "location.radius.latitude",
        "longitude": "location.radius.longitude",
        "radius": "location.radius.radius",
        "unit": "location.radius.unit",
    }
    BEHAVIOR = {
        "devices": "devicePreferences",
        "buying": "purchaseBehavior",
        "networks": "socialMediaPlatforms",
    }
    PERSONA = {
        "persona_name": "name",
        "persona_description": "description",
        "motivations": "motivations",
        "pain_points": "painPoints",
    }
    LISTED = {"countries", "states", "cities", *BEHAVIOR}
    LINED = {"motivations", "pain_points"}
    CIRCLE = ("latitude", "longitude", "radius")

    @classmethod
    def values_of(cls, asset: Any) -> dict[str, Any]:
        values = {name: getattr(asset, name) for name in ("name", "description", "is_default", "is_active")}
        for column, paths in (
            (asset.demographics, cls.DEMOGRAPHICS),
            (asset.behavior, cls.BEHAVIOR),
            (asset.persona, cls.PERSONA),
        ):
            values |= {name: cls._written(name, got(column, path)) for name, path in paths.items()}
        return {**super().values_of(asset), **values, "interests": lined(asset.interests)}

    @classmethod
    def _written(cls, name: str, value: Any) -> Any:
        return lined(value) if name in cls.LISTED | cls.LINED else value

    def _read(self, name: str, before: Any) -> Any:
        value = self.cleaned_data[name]
        if name in self.LISTED:
            return unlined(value, before)
        if name in self.LINED:
            return [line.strip() for line in value.splitlines() if line.strip()]
        return value

    def said(self, asset: Any | None) -> dict[str, Any]:
        data = self.cleaned_data
        found = {
            "demographics": self._put(asset.demographics if asset else {}, self.DEMOGRAPHICS),
            "behavior": self._put(asset.behavior if asset else {}, self.BEHAVIOR),
            "persona": self._put(asset.persona if asset else {}, self.PERSONA),
        }
        location = found["demographics"].get("location", {})
        if all(data[name] is None for name in self.CIRCLE):
            location.pop("radius", None)
        if not location:
            found["demographics"].pop("location", None)
        interests = unlined(data["interests"], asset.interests if asset else ())
        plain = {"name": data["name"], "description": data["description"], "isDefault": data["is_default"]}
        return {**found, **plain, "isActive": data["is_active"], "interests": interests}

    def _put(self, column: Any, paths: dict[str, str]) -> dict[str, Any]:
        tree = kept(column)
        for name, path in paths.items():
            put(tree, path, self._read(name, got(tree, path, None)))
        return {name: value for name, value in tree.items() if value not in ({}, [])}
