"""Filters of the customer pages."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import template
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify

from profiles import display

register = template.Library()
RELATIVE_FOR = timedelta(days=14)


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


@register.filter
def moment(at: datetime | None) -> str:
    """Return "3 hours ago" for two weeks, then the date."""
    if at is None:
        return ""
    age = timezone.now() - at
    if timedelta() <= age < RELATIVE_FOR:
        # A long gap reads "2 days, 3 hours ago"; the first part is enough in a table.
        return str(naturaltime(at)) if age < timedelta(days=1) else _whole_days(at)
    return date_format(timezone.localtime(at), "DATE_FORMAT")


def _whole_days(at: datetime) -> str:
    now = timezone.now()
    return str(naturaltime(now - timedelta(days=(now - at).days)))
