"""What the admin does when a verb refuses."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from psycopg import errors as pg

from cdp.errors import Conflict, DomainError
from cdp.giving_way import gave_way


class RefusalMixin:
    """Shows the form again, with the reason, when a verb refuses."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        show: Any = super().changeform_view  # type: ignore[misc]
        try:
            response: HttpResponse = show(request, object_id, form_url, extra_context)
        except DomainError as error:
            request.refusal = error  # type: ignore[attr-defined]
        except IntegrityError as error:
            # Two people at the same moment: both passed the check, the constraint stopped the second.
            if not isinstance(error.__cause__, pg.UniqueViolation):
                raise
            request.refusal = Conflict(_("Another row already has one of these values."))  # type: ignore[attr-defined]
        except OperationalError as error:
            refusal = gave_way(error)
            if refusal is None:
                raise
            request.refusal = refusal  # type: ignore[attr-defined]
        else:
            return response
        # The first attempt's transaction is rolled back by now; this one only shows the form.
        again: HttpResponse = show(request, object_id, form_url, extra_context)
        return again

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        show: Any = super().delete_view  # type: ignore[misc]
        try:
            response: HttpResponse = show(request, object_id, extra_context)
        except DomainError as error:
            messages.error(request, error.detail)
            return HttpResponseRedirect(request.path)
        return response

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        form = super().get_form(request, obj, change=change, **options)  # type: ignore[misc]
        refusal = getattr(request, "refusal", None)
        return type(form.__name__, (form,), {"refusal": refusal}) if refusal else form
