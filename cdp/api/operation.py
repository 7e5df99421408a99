"""Declares what an endpoint takes and answers: one declaration validates the call and documents it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.http.response import HttpResponseBase
from django_filters import FilterSet
from pydantic import BaseModel
from rest_framework.request import Request
from rest_framework.response import Response

from cdp.api.idempotency import carried_out_once
from cdp.api.wire import Incoming, read_query
from cdp.errors import Invalid
from cdp.models import Tenant


class ParsedBody(Protocol):
    """A pydantic model that validates a body for a tenant."""

    @classmethod
    def parse(cls, data: Any, *, tenant: Tenant) -> Any: ...


# An example of a body that several endpoints take; an endpoint's own comes first.
examples: dict[type[ParsedBody], Mapping[str, Any]] = {}


@dataclass(frozen=True, kw_only=True)
class Operation:
    """What an endpoint takes and answers.

    ``problems`` are the statuses it may answer besides those every endpoint may; ``headers`` those of its
    success, with their meaning.
    """

    summary: str
    tag: str
    code: str  # the permission it needs
    answer: type[BaseModel] | None = None
    status: int = 200
    query: type[Incoming] = Incoming
    filters: type[FilterSet] | None = None
    body: type[ParsedBody] | None = None
    problems: Mapping[int, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    takes_version: bool = False
    example: Mapping[str, Any] | None = None

    @property
    def shown_example(self) -> Mapping[str, Any] | None:
        """Return the example of the body to show, if there is one."""
        return self.example or (examples.get(self.body) if self.body else None)

    def arguments(self, view: Any, request: Request) -> dict[str, Any]:
        """Return what the call says, validated; raises Invalid."""
        asked = read_query(request.query_params)
        names = self.filters.base_filters if self.filters else {}
        narrowed = {name: asked.pop(name) for name in list(asked) if name in names}
        query = self.query.parse(asked, tenant=view.tenant)
        found: dict[str, Any] = {"query": query} if self.query is not Incoming else {}
        if self.filters is not None:
            found["filters"] = _valid(self.filters(narrowed, view.get_queryset(), request=request))
        if self.body is not None:
            if request.stream is None:
                raise Invalid("Send a JSON object as the body.", fields={"_": ["There is no body."]})
            found["body"] = self.body.parse(request.data, tenant=view.tenant)
        return found


NAME = "__operation__"


def operation(summary: str, **facts: Any) -> Callable[[Callable[..., Any]], Callable[..., HttpResponseBase]]:
    """Decorate a method of a view with an Operation (``facts`` are its fields).

    The method gets ``query``, ``filters`` and ``body`` as far as they are declared, and may return its
    answer bare.
    """
    described = Operation(summary=summary, **facts)

    def decorate(method: Callable[..., Any]) -> Callable[..., HttpResponseBase]:
        @functools.wraps(method)
        def checked(view: Any, request: Request, **parts: Any) -> HttpResponseBase:
            said = described.arguments(view, request)

            def carry_out() -> Response:
                result = method(view, request, **parts, **said)
                return result if isinstance(result, Response) else Response(result, status=described.status)

            return carried_out_once(request, view.actor, carry_out)

        setattr(checked, NAME, described)
        return checked

    return decorate


def operation_of(view: Any, method: str) -> Operation | None:
    """Return what the view declares for an HTTP method, or None."""
    name = getattr(view, "action", None) or method.lower()
    return declared_on(getattr(view, name, None))


def declared_on(method: Any) -> Operation | None:
    """Return what a method of a view declares, or None."""
    found = getattr(method, NAME, None)
    return found if isinstance(found, Operation) else None


def _valid(filters: FilterSet) -> FilterSet:
    if not filters.is_valid():
        fields = {name: [str(text) for text in texts] for name, texts in filters.errors.items()}
        raise Invalid("See errors for each field.", fields=fields)
    return filters
