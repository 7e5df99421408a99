"""Which query parameters of a list may filter it: those its filters make, and no others."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.http import HttpRequest

_SUFFIXES = (
    "",
    "__exact",
    "__in",
    "__isnull",
    "__id__exact",
    "__gte",
    "__lte",
    "_from",
    "_to",
    "_from_0",
    "_from_1",
    "_to_0",
    "_to_1",
)


def filter_lookups(model_admin: Any, request: HttpRequest | None) -> set[str]:
    """Return the parameters the filters of the list understand."""
    allowed: set[str] = set()
    for item in model_admin.get_list_filter(request):
        if isinstance(item, type) and issubclass(item, SimpleListFilter):
            allowed.add(str(item.parameter_name))
        else:
            name = item[0] if isinstance(item, (tuple, list)) else item
            allowed |= {f"{name}{suffix}" for suffix in _SUFFIXES}
    return allowed
