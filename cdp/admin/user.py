"""People's accounts, for the platform's own people."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from cdp.admin.base import PlatformModelAdmin
from cdp.models import User
from cdp.operations.update_user import update_user

# Permissions follow from roles: Django's groups would be a second, silent way. Its module puts them in first.
import_module("django.contrib.auth.admin")
admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(PlatformModelAdmin):
    """Everybody who can log in; passwords are set by their owners alone."""

    list_display = ["email", "name", "is_active", "is_superuser", "last_login"]
    list_filter = ["is_active", "is_superuser"]
    sortable_by = ["email"]
    ordering = ["email"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "is_active", "is_staff", "is_superuser", "last_login", "created_at"]
    readonly_fields = ["email", "last_login", "created_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def change_row(self, request: HttpRequest, obj: User, form: Any) -> User:
        values = form.cleaned_data
        return update_user(
            by=self.actor(request),
            user_id=obj.pk,
            name=values["name"],
            is_active=values["is_active"],
            is_staff=values["is_staff"],
            is_superuser=values["is_superuser"],
        )
