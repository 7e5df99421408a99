"""Bringing a file of orders in: choose it, see what would happen, and start."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from cdm.operations.import_orders import SUBJECT, start_orders_import
from cdm.orders.importing.preview import preview_orders
from cdm.orders.importing.write import MAKE
from cdp.errors import DomainError
from cdp.permissions import IMPORT_RUN
from cdp.uploads import takes_files
from cdp.views.pages import PageRequest, actor_of, needs, render_page
from profiles.choices import Source
from profiles.imports.errors import ImportNotFound
from profiles.imports.operations.runs import get_run

FIELDS = {
    "customer": gettext_lazy("Customer number"),
    "time": gettext_lazy("Time of the order"),
    "order": gettext_lazy("Order number"),
    "product": gettext_lazy("Product code"),
    "name": gettext_lazy("Product"),
    "quantity": gettext_lazy("Quantity"),
    "price": gettext_lazy("Unit price"),
    "amount": gettext_lazy("Amount"),
}
CUSTOMERS = {
    "known": gettext_lazy("known customer"),
    "new": gettext_lazy("new customer"),
    "waiting": gettext_lazy("waits for its customer"),
    "nobody": gettext_lazy("nobody known"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@takes_files
@needs(IMPORT_RUN)
def upload(request: PageRequest) -> HttpResponse:
    """Show the form, or keep the file and go on to what would happen."""
    if request.method != "POST":
        return _form(request)
    file = request.FILES.get("file")
    if file is None:
        return _form(request, error=_("Choose a file first."), status=400)
    try:
        run = start_orders_import(
            tenant=request.membership.tenant,
            by=actor_of(request),
            file=file,
            file_name=file.name or "",
            source=request.POST.get("source", "").strip() or Source.ERP.value,
            customers=request.POST.get("customers", MAKE),
        )
    except DomainError as error:
        return _form(request, error=error.detail, status=error.status)
    return HttpResponseRedirect(reverse("orders-import", args=[run.pk]))


@require_safe
@needs(IMPORT_RUN)
def preview(request: PageRequest, run_id: uuid.UUID) -> HttpResponse:
    """Show what would become of the rows; a run that has begun has its own page."""
    run = get_run(run_id)
    if run.options.get("subject") != SUBJECT:
        raise ImportNotFound
    if not run.is_open:
        return HttpResponseRedirect(reverse("import", args=[run_id]))
    found = preview_orders(run)
    context = {
        "run": run,
        "preview": found,
        "columns": [(FIELDS[field], column) for field, column in found.columns],
        "counts": [
            (action, count, round(100 * count / max(found.rows_seen, 1)))
            for action, count in found.counts.items()
        ],
        "lines": [(one, CUSTOMERS.get(one.customer, "")) for one in found.lines],
        "currency": request.membership.tenant.currency,
        "step": "preview",
        "skips_columns": True,
    }
    return render_page(request, "cdm/orders/preview.html", context, title=_("What would happen"))


def _form(request: PageRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    context = {
        "error": error,
        "sources": Source.choices,
        "largest": settings.IMPORT_MAX_BYTES,
        "said": request.POST,
        "step": "file",
        "skips_columns": True,
    }
    return render_page(request, "cdm/orders/upload.html", context, title=_("Import orders"), status=status)
