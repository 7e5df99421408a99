"""The people of a company."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Field, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import display

from cdp.admin.base import CompanyModelAdmin
from cdp.admin.ending import Ending, EndsMixin
from cdp.adminsite.labels import colours
from cdp.adminsite.permissions import Codes
from cdp.choices import Role
from cdp.forms.member import InvitationForm, MemberForm
from cdp.models import ApiKey, Membership
from cdp.operations.answer_invitation import withdraw_invitation
from cdp.operations.change_role import change_role
from cdp.operations.deactivate_member import deactivate_member, reactivate_member
from cdp.operations.invite_member import invite_member
from cdp.operations.standing import RANKS, standing_of
from cdp.permissions import MEMBER_WRITE


@admin.register(Membership)
class MembershipAdmin(EndsMixin, CompanyModelAdmin):
    """Members of the active tenant: invited, given a role, shut out; never deleted.

    Of somebody who has not accepted yet the pages show the address and nothing else.
    """

    codes = Codes(view=MEMBER_WRITE, add=MEMBER_WRITE, change=MEMBER_WRITE, delete=MEMBER_WRITE)
    form = MemberForm
    list_display = ["person", "email", "shown_role", "state", "last_login"]
    list_filter = ["role", "is_active"]
    list_select_related = ["user", "tenant"]
    ordering = ["user__email"]
    sortable_by = ["email"]
    search_fields = ["user__email"]
    fields = ["person", "email", "role", "is_active", "state", "last_login", "created_at"]
    add_fieldsets = ((None, {"fields": ("email", "name", "role")}),)
    readonly_fields = ["person", "email", "state", "last_login", "created_at"]
    ending = Ending(
        title=_("Withdraw this invitation"),
        explanation=_("The link in the mail does not work any more. You can invite them again."),
        button=_("Withdraw"),
        done=_("The invitation is withdrawn."),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Membership | None = None) -> list[str]:
        return list(self.readonly_fields) if obj else []

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        if obj is None:
            options = {**options, "form": InvitationForm, "fields": ["email", "name", "role"]}
        return super().get_form(request, obj, change, **options)

    def formfield_for_choice_field(
        self, db_field: Field[Any, Any], request: HttpRequest, **options: Any
    ) -> Any:
        if db_field.name == "role":
            rank = standing_of(self.actor(request), self.tenant(request)).rank
            # Above one's own rank only what is: it can be seen, and the verb refuses to give it.
            roles = [(value, label) for value, label in db_field.choices or () if RANKS[str(value)] <= rank]
            options["choices"] = roles
        return super().formfield_for_choice_field(db_field, request, **options)

    def has_change_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        if not super().has_change_permission(request, obj):
            return False
        return obj is None or RANKS[obj.role] <= standing_of(self.actor(request), self.tenant(request)).rank

    def has_delete_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        return (obj is None or obj.is_invited) and super().has_delete_permission(request, obj)

    def delete_model(self, request: HttpRequest, obj: Membership) -> None:
        withdraw_invitation(tenant=self.tenant(request), by=self.actor(request), member_id=obj.pk)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Membership], search_term: str
    ) -> tuple[QuerySet[Membership], bool]:
        """Look for a name, too, among those who have joined."""
        found = Q(user__email__icontains=search_term)
        found |= Q(user__name__icontains=search_term, joined_at__isnull=False)
        return queryset.filter(found), False

    def add_row(self, request: HttpRequest, form: Any) -> Membership:
        values = form.cleaned_data
        return invite_member(
            tenant=self.tenant(request),
            by=self.actor(request),
            email=values["email"],
            name=values["name"],
            role=values["role"],
            site_url=f"{request.scheme}://{request.get_host()}",
        )

    def change_row(self, request: HttpRequest, obj: Membership, form: Any) -> Membership:
        tenant, by, values = self.tenant(request), self.actor(request), form.cleaned_data
        # Shut out before the role goes: the last owner is told so, whichever of the two was meant.
        if not values["is_active"]:
            deactivate_member(tenant=tenant, by=by, member_id=obj.pk)
            self._point_at_keys(request, obj)
        member = change_role(tenant=tenant, by=by, member_id=obj.pk, role=values["role"])
        if values["is_active"] and not member.is_active:
            member = reactivate_member(tenant=tenant, by=by, member_id=obj.pk)
        return member

    def _point_at_keys(self, request: HttpRequest, member: Membership) -> None:
        """Say that keys the person has made and may have kept still work: they are the company's."""
        keys = ApiKey.objects.usable().filter(tenant=member.tenant_id, created_by=str(member.user.actor))
        if member.is_active and (number := keys.count()):
            text = ngettext(
                "%(number)d API key made by %(email)s still works. Revoke it if they may have kept it.",
                "%(number)d API keys made by %(email)s still work. Revoke those they may have kept.",
                number,
            )
            messages.warning(request, text % {"number": number, "email": member.user.email})

    @admin.display(description=_("name"), ordering="user__email")
    def person(self, member: Membership) -> str:
        return member.shown_name

    @admin.display(description=_("e-mail"), ordering="user__email")
    def email(self, member: Membership) -> str:
        return member.user.email

    @display(description=_("role"), label=colours(Role, {Role.OWNER: "success", Role.ADMIN: "info"}))  # type: ignore[untyped-decorator]
    def shown_role(self, member: Membership) -> tuple[str, str]:
        return member.role, member.get_role_display()

    @admin.display(description=_("last log-in"))
    def last_login(self, member: Membership) -> Any:
        return member.user.last_login if member.joined_at else None

    @display(  # type: ignore[untyped-decorator]
        description=_("state"), label={"active": "success", "invited": "info", "out": "warning"}
    )
    def state(self, member: Membership) -> tuple[str, Any]:
        if member.is_invited:
            return "invited", _("Invited")
        return ("active", _("Active")) if member.is_active else ("out", _("Shut out"))
