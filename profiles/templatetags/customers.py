"""Filters of the customer pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.text import slugify

from cdp.templatetags.pages import moment
from profiles import display

register = template.Library()
register.filter(moment)


@register.filter
def initials(name: str) -> str:
    """Return the letters of an avatar."""
    return display.initials(name)


@register.filter
def hue(key: Any) -> int:
    """Return the number of an avatar's colour."""
    return display.hue_of(key)


@register.filter
def written_for(number: str, region: str) -> str:
    """Return a phone number as people in the region write it."""
    return display.written_phone(number, region)


@register.filter
def source_key(source: str) -> str:
    """Return a source's name as part of a CSS class."""
    return slugify(source) or "other"
