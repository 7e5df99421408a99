"""The sidebar and looks of admin and agent pages (django-unfold)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _

from cdp import permissions

Check = Callable[[HttpRequest], bool]


def may(code: str) -> Check:
    """Return a check that the person's role in the active tenant includes ``code``."""

    def check(request: HttpRequest) -> bool:
        membership = getattr(request, "membership", None)
        return membership is not None and code in membership.codes

    return check


def is_platform(request: HttpRequest) -> bool:
    """Tell whether the person works for the platform itself."""
    return bool(request.user.is_authenticated and request.user.is_superuser)


def settings_address(request: HttpRequest) -> str:
    """Return the address of the settings of the person's own company."""
    membership = getattr(request, "membership", None)
    if membership is None:
        return reverse("admin:cdp_tenant_changelist")
    return reverse("admin:cdp_tenant_change", args=[membership.tenant_id])


def environment(request: HttpRequest) -> list[Any] | None:
    """Return the label of a copy that is not the real thing."""
    if settings.LOCAL:
        return [_("Local copy"), "info"]
    if settings.DEBUG:
        return [_("Debug"), "danger"]
    return None


def _item(title: Any, icon: str, link: Any, check: Check) -> dict[str, Any]:
    return {"title": title, "icon": icon, "link": link, "permission": check}


def _list(title: Any, icon: str, model: str, check: Check) -> dict[str, Any]:
    return _item(title, icon, reverse_lazy(f"admin:{model}_changelist"), check)


def _work() -> list[dict[str, Any]]:
    read = may(permissions.PROFILE_READ)
    return [
        _item(_("My day"), "wb_sunny", reverse_lazy("agent-dashboard"), read),
        _item(_("Customers"), "groups", reverse_lazy("customers"), read),
        _item(_("Deals"), "handshake", reverse_lazy("deals"), read),
        _item(_("Drop-offs"), "remove_shopping_cart", reverse_lazy("drop-offs"), read),
        _item(_("Numbers"), "bar_chart", reverse_lazy("numbers"), read),
        _item(_("Imports"), "upload_file", reverse_lazy("imports"), may(permissions.IMPORT_RUN)),
        _list(_("Segments"), "donut_small", "profiles_segment", read),
        _list(_("Tags"), "sell", "profiles_tag", read),
        _item(_("Exports"), "download", reverse_lazy("exports"), may(permissions.EXPORT_RUN)),
    ]


def _tables() -> list[dict[str, Any]]:
    """Return the plain tables behind the pages, for who looks after the data."""
    keeper = may(permissions.SETTINGS_WRITE)
    return [
        _list(_("All customers"), "table_rows", "profiles_profile", keeper),
        _list(_("Events"), "timeline", "profiles_customerevent", keeper),
        _list(_("Identifiers"), "fingerprint", "profiles_profileidentifier", keeper),
        _list(_("Contact points"), "contact_mail", "profiles_contactpoint", keeper),
    ]


def _duplicates() -> list[dict[str, Any]]:
    decide, change = may(permissions.UNIFY_MERGE), may(permissions.SETTINGS_WRITE)
    return [
        {
            **_item(_("Review"), "join", reverse_lazy("review-queue"), decide),
            "badge": "unify.deciding.progress.waiting_badge",
            "active": lambda request: request.path.startswith("/admin/review"),
        },
        _item(_("Searches"), "manage_search", reverse_lazy("match-runs"), decide),
        _item(_("Model"), "balance", reverse_lazy("match-model"), decide),
        _item(_("Matching settings"), "rule_settings", reverse_lazy("match-settings"), change),
    ]


def _selling() -> list[dict[str, Any]]:
    change = may(permissions.SETTINGS_WRITE)
    return [
        {
            **_item(_("Call rules"), "bolt", reverse_lazy("automation"), change),
            "active": lambda request: request.path.startswith("/admin/crm/automation"),
        },
        _item(_("What calling changed"), "science", reverse_lazy("holdout"), may(permissions.PROFILE_READ)),
        _item(_("Working day"), "schedule", reverse_lazy("working-rules"), change),
    ]


def _marketing() -> list[dict[str, Any]]:
    read = may(permissions.CAMPAIGN_READ)
    places = (
        (_("Campaigns"), "campaign", "plans"),
        (_("Target profiles"), "person_search", "targets"),
        (_("Brand guidelines"), "palette", "brands"),
        (_("Budgets"), "account_balance_wallet", "budgets"),
        (_("Containers"), "inventory_2", "containers"),
    )
    return [_item(title, icon, reverse_lazy(f"marketing-{to}"), read) for title, icon, to in places]


def _company() -> list[dict[str, Any]]:
    return [
        _list(_("Members"), "badge", "cdp_membership", may(permissions.MEMBER_WRITE)),
        _list(_("API keys"), "key", "cdp_apikey", may(permissions.MEMBER_WRITE)),
        {
            **_item(_("Settings"), "tune", settings_address, may(permissions.SETTINGS_WRITE)),
            "active": lambda request: request.path.startswith(settings_address(request)),
        },
        _item(
            _("Webhook secret"), "vpn_key", reverse_lazy("webhook-secret"), may(permissions.SETTINGS_WRITE)
        ),
        _list(_("Audit trail"), "history", "cdp_auditentry", may(permissions.AUDIT_READ)),
    ]


def _platform() -> list[dict[str, Any]]:
    return [
        _list(_("Companies"), "apartment", "cdp_tenant", is_platform),
        _list(_("People"), "person", "cdp_user", is_platform),
        _list(_("Jobs"), "schedule", "django_celery_beat_periodictask", is_platform),
        _list(_("Failed log-ins"), "lock", "axes_accessattempt", is_platform),
    ]


# Blue that reads on both grounds: 600 has 5.2:1 on white, 500 has 5:1 on the dark page.
_PRIMARY = {
    "50": "#eff6ff",
    "100": "#dbeafe",
    "200": "#bfdbfe",
    "300": "#93c5fd",
    "400": "#60a5fa",
    "500": "#4f94f8",
    "600": "#2160e0",
    "700": "#1d4ed8",
    "800": "#1e40af",
    "900": "#1e3a8a",
    "950": "#172554",
}


_STYLESHEETS = (
    "layers",
    "tokens",
    "base",
    "components/tenant-switch",
    "components/history",
    "components/admin-forms",
    "components/likeness",
    "pages/start",
)


def _stylesheet(name: str) -> Callable[[HttpRequest], str]:
    # The hashed address is known only once the files are collected.
    return lambda _request: static(f"css/{name}.css")


def unfold_settings() -> dict[str, Any]:
    """Return the UNFOLD setting."""
    return {
        "SITE_TITLE": _("Customer platform"),
        "SITE_HEADER": _("Customer platform"),
        "SITE_SYMBOL": "groups",
        "SITE_URL": None,
        "SHOW_HISTORY": True,
        "SHOW_LANGUAGES": True,
        "SHOW_VIEW_ON_SITE": False,
        "SITE_FAVICONS": [
            {"rel": "icon", "type": "image/svg+xml", "href": lambda _request: static("img/icon.svg")}
        ],
        "ENVIRONMENT": "cdp.navigation.environment",
        "COLORS": {"primary": _PRIMARY},
        "STYLES": [_stylesheet(name) for name in _STYLESHEETS],
        "SIDEBAR": {
            "show_search": True,
            "command_search": True,
            "show_all_applications": False,
            "navigation": [
                {"title": _("Work"), "separator": False, "items": _work()},
                {"title": _("Duplicates"), "separator": True, "items": _duplicates()},
                {"title": _("Selling"), "separator": True, "items": _selling()},
                {"title": _("Marketing"), "separator": True, "items": _marketing()},
                {"title": _("Company"), "separator": True, "items": _company()},
                {"title": _("Tables"), "separator": True, "collapsible": True, "items": _tables()},
                {"title": _("Platform"), "separator": True, "items": _platform()},
            ],
        },
    }
