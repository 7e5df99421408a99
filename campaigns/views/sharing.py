"""Whom one asset is shared with."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from campaigns.addresses import address_of
from campaigns.choices import PermissionLevel
from campaigns.models import AssetPermission
from campaigns.operations.sharing import grant_permission, revoke_permission
from campaigns.operations.writing import find_asset
from campaigns.views.assets import may, named, refused
from campaigns.views.kinds import SHOWN
from campaigns.views.said import complaint
from cdp.errors import DomainError
from cdp.models import Membership, User
from cdp.permissions import CAMPAIGN_READ
from cdp.views.pages import PageRequest, actor_of, needs, render_page


class GrantForm(forms.Form):
    """A colleague and what they may do."""

    user = forms.ModelChoiceField(
        label=gettext_lazy("Colleague"), queryset=User.objects.none(), empty_label=None
    )
    level = forms.ChoiceField(label=pgettext_lazy("permission", "May"), choices=PermissionLevel.choices)

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(CAMPAIGN_READ)
def share(request: PageRequest, /, place: str, **ids: uuid.UUID) -> HttpResponse:
    """Show who may do more than their role allows; grant, or with ``revoke`` take back."""
    shown, asset_id = SHOWN[place], named(ids)
    asset = find_asset(shown.kind, asset_id, deleted=None)
    if not may(request, shown, asset_id, PermissionLevel.MANAGE):
        return refused(request, shown, asset_id)
    working = Membership.objects.filter(tenant=request.membership.tenant, is_active=True)
    people = User.objects.filter(pk__in=working.values("user_id")).order_by("email")
    form = GrantForm(request.POST or None, people=people)
    status = 200
    if request.method == "POST":
        if _change(request, shown.kind, asset_id, form):
            return HttpResponseRedirect(address_of(shown.kind, asset_id, "share"))
        status = 400
    grants = AssetPermission.objects.filter(profile_type=shown.kind, profile_id=asset_id)
    context = {
        "shown": shown,
        "asset": asset,
        "form": form,
        "grants": grants.select_related("user").order_by("user__email"),
    }
    title = _("Share %(name)s") % {"name": asset}
    return render_page(request, "campaigns/share.html", context, title=title, status=status)


def _change(request: PageRequest, kind: Any, asset_id: uuid.UUID, form: GrantForm) -> bool:
    who: dict[str, Any] = {"tenant": request.membership.tenant, "by": actor_of(request)}
    taken_from = _uuid(request.POST.get("revoke"))
    try:
        if taken_from is not None:
            revoke_permission(**who, kind=kind, asset_id=asset_id, user_id=taken_from)
        elif not form.is_valid():
            return False
        else:
            level = PermissionLevel(form.cleaned_data["level"])
            user_id = form.cleaned_data["user"].pk
            grant_permission(**who, kind=kind, asset_id=asset_id, user_id=user_id, level=level)
    except DomainError as error:
        messages.error(request, complaint(error))
        return True
    messages.success(request, _("Saved."))
    return True


def _uuid(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None
