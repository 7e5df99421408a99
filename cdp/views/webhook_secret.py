"""The page of the secret that receivers of our webhooks check signatures with."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cdp.models import WebhookSecret
from cdp.operations.webhook_secrets import FIRST, rotate_webhook_secret
from cdp.permissions import SETTINGS_WRITE
from cdp.views.pages import PageRequest, actor_of, needs, render_page


@require_http_methods(["GET", "HEAD", "POST"])
@needs(SETTINGS_WRITE)
def webhook_secret(request: PageRequest) -> HttpResponse:
    """Tell which secret is in use; a POST makes a new one and shows it, this once."""
    secret = ""
    if request.method == "POST":
        secret = rotate_webhook_secret(tenant=request.membership.tenant, by=actor_of(request))
    in_use = WebhookSecret.objects.filter(ends_at=None).first()
    context = {
        "secret": secret,
        "in_use": in_use,
        "was_shown": in_use is not None and in_use.created_by != str(FIRST),
        "ending": WebhookSecret.objects.filter(ends_at__gt=timezone.now()).first(),
    }
    response = render_page(request, "cdp/webhook_secret.html", context, title=_("Webhook secret"))
    # Shown in this answer and kept nowhere.
    response["Cache-Control"] = "no-store"
    return response
