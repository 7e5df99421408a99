"""Keys programs call the API with."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from cdp.admin.base import CompanyModelAdmin
from cdp.admin.ending import Ending, EndsMixin
from cdp.adminsite.permissions import Codes, membership_of
from cdp.forms.api_key import ApiKeyForm
from cdp.models import ApiKey, Membership
from cdp.operations.issue_api_key import issue_api_key
from cdp.operations.revoke_api_key import revoke_api_key
from cdp.permissions import MEMBER_WRITE


@admin.register(ApiKey)
class ApiKeyAdmin(EndsMixin, CompanyModelAdmin):
    """Keys of the active tenant: issued, seen once, revoked; never changed.

    A key belongs to the company and outlives its maker's membership; the list says whose maker is gone.
    """

    codes = Codes(view=MEMBER_WRITE, add=MEMBER_WRITE, delete=MEMBER_WRITE)
    form = ApiKeyForm
    list_display = ["name", "shown_prefix", "state", "shown_scopes", "maker", "last_used_at", "expires_at"]
    list_select_related = ["tenant"]
    ordering = ["-created_at", "-id"]
    sortable_by: list[str] = []
    search_fields = ["name"]
    fields = [
        "name",
        "shown_prefix",
        "shown_scopes",
        "state",
        "maker",
        "expires_at",
        "last_used_at",
        "created_at",
    ]
    add_fieldsets = ((None, {"fields": ("name", "scopes", "expires_at")}),)
    readonly_fields = ["shown_prefix", "shown_scopes", "state", "maker", "last_used_at", "created_at"]
    ending = Ending(
        title=_("Revoke this key"),
        explanation=_("Programs that use it are refused from their next call on. This cannot be taken back."),
        button=_("Revoke"),
        done=_("The key is revoked."),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[ApiKey]:
        reference = Concat(Value("user:"), Cast("user_id", CharField()))
        makers = Membership.objects.annotate(reference=reference).filter(
            tenant=OuterRef("tenant"), reference=OuterRef("created_by")
        )
        keys: QuerySet[ApiKey] = super().get_queryset(request)
        return keys.annotate(
            maker_email=Subquery(makers.values("user__email")),
            maker_works=Subquery(makers.values("is_active")),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: ApiKey | None = None) -> list[str]:
        return list(self.readonly_fields) if obj else []

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        form = super().get_form(request, obj, change, **options)
        membership = membership_of(request)
        return type(form.__name__, (form,), {"offered": membership.codes if membership else frozenset()})

    def has_delete_permission(self, request: HttpRequest, obj: ApiKey | None = None) -> bool:
        is_alive = obj is None or obj.revoked_at is None
        return is_alive and super().has_delete_permission(request, obj)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        # The page that follows shows the secret: there is no other way on.
        only_save = {"show_save_and_add_another": False, "show_save_and_continue": False}
        response: HttpResponse = super().add_view(request, form_url, {**(extra_context or {}), **only_save})
        return response

    def add_row(self, request: HttpRequest, form: Any) -> ApiKey:
        values = form.cleaned_data
        key, secret = issue_api_key(
            tenant=self.tenant(request),
            by=self.actor(request),
            name=values["name"],
            scopes=values["scopes"],
            expires_at=values["expires_at"],
        )
        request.issued_secret = secret  # type: ignore[attr-defined]
        return key

    def response_add(
        self, request: HttpRequest, obj: ApiKey, post_url_continue: str | None = None
    ) -> HttpResponse:
        # Shown in this answer and kept nowhere: not in the session, not in a message.
        context = {
            **self.admin_site.each_context(request),
            "title": _("Your new API key"),
            "key": obj,
            "secret": request.issued_secret,  # type: ignore[attr-defined]
            "opts": self.opts,
        }
        response = TemplateResponse(request, "admin/cdp/apikey/secret.html", context)
        response["Cache-Control"] = "no-store"
        return response

    def delete_model(self, request: HttpRequest, obj: ApiKey) -> None:
        revoke_api_key(tenant=self.tenant(request), by=self.actor(request), key_id=obj.pk)

    @admin.display(description=_("starts with"))
    def shown_prefix(self, key: ApiKey) -> str:
        return f"{key.prefix}…"

    @admin.display(description=_("made by"))
    def maker(self, key: Any) -> Any:
        if not key.maker_email:
            return "–"
        return key.maker_email if key.maker_works else _("%(email)s (shut out)") % {"email": key.maker_email}

    @admin.display(description=_("scopes"))
    def shown_scopes(self, key: ApiKey) -> str:
        return ", ".join(key.scopes)

    @display(description=_("state"), label={"active": "success", "expired": "warning", "revoked": "danger"})  # type: ignore[untyped-decorator]
    def state(self, key: ApiKey) -> tuple[str, Any]:
        if key.revoked_at:
            return "revoked", _("Revoked")
        if key.expires_at and key.expires_at <= timezone.now():
            return "expired", _("Expired")
        return "active", _("Active")
