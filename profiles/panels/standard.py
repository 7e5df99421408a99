"""The panels this app brings along."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cdp.permissions import AUDIT_READ, PROFILE_READ
from profiles.panels import EVERY_TAB, Panel, PanelRegistry, Tab
from profiles.panels.details import details, free_form
from profiles.panels.header import header
from profiles.panels.history import history
from profiles.panels.sidebar import contact_points, identifiers, segments, tags
from profiles.panels.timeline import timeline

TABS = (
    Tab("overview", _("Overview"), 10),
    Tab("profile", _("Profile"), 20),
    Tab("history", _("History"), 90),
)
PANELS = (
    Panel("header", _("Customer"), PROFILE_READ, header, "profiles/panels/header.html", EVERY_TAB, 10),
    Panel(
        "timeline",
        _("Timeline"),
        PROFILE_READ,
        timeline,
        "profiles/panels/timeline.html",
        "overview",
        50,
        icon="timeline",
    ),
    Panel(
        "contact-points",
        _("Contact"),
        PROFILE_READ,
        contact_points,
        "profiles/panels/contact_points.html",
        "overview",
        10,
        column="side",
        icon="contacts",
    ),
    Panel(
        "identifiers",
        _("Ids in other systems"),
        PROFILE_READ,
        identifiers,
        "profiles/panels/identifiers.html",
        "overview",
        20,
        column="side",
        icon="fingerprint",
    ),
    Panel(
        "tags",
        _("Tags"),
        PROFILE_READ,
        tags,
        "profiles/panels/tags.html",
        "overview",
        30,
        column="side",
        icon="sell",
    ),
    Panel(
        "segments",
        _("Segments"),
        PROFILE_READ,
        segments,
        "profiles/panels/segments.html",
        "overview",
        40,
        column="side",
        icon="donut_small",
    ),
    Panel(
        "details",
        _("Personal and company details"),
        PROFILE_READ,
        details,
        "profiles/panels/details.html",
        "profile",
        10,
        icon="badge",
    ),
    Panel(
        "free-form",
        _("Everything else we were told"),
        PROFILE_READ,
        free_form,
        "profiles/panels/free_form.html",
        "profile",
        20,
        icon="data_object",
    ),
    Panel(
        "history",
        _("Who changed what"),
        AUDIT_READ,
        history,
        "profiles/panels/history.html",
        "history",
        10,
        icon="history",
    ),
)


def register_into(registry: PanelRegistry) -> None:
    """Add tabs and panels."""
    for tab in TABS:
        registry.add_tab(tab)
    for panel in PANELS:
        registry.add(panel)
