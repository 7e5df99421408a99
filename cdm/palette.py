"""What the command palette offers besides rows and pages: acts, and the customers open lately."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.dataclasses import SearchResult

from cdp.adminsite.palette import palette_sources
from cdp.adminsite.permissions import may, membership_of
from cdp.permissions import IMPORT_RUN, PROFILE_READ, PROFILE_WRITE
from profiles.models import Profile
from profiles.recent import opened_lately

CALLS_OFFERED = 4
SHORTEST_NAME = 2
# What is done, where, by whom, and further words that find it.
ACTS: tuple[tuple[str | Promise, str, str, str, str | Promise], ...] = (
    (gettext_lazy("My day"), "agent-dashboard", PROFILE_READ, "wb_sunny", gettext_lazy("call list tasks")),
    (gettext_lazy("New customer"), "customer-new", PROFILE_WRITE, "person_add", gettext_lazy("add create")),
    (gettext_lazy("Import a file"), "import-new", IMPORT_RUN, "upload_file", gettext_lazy("upload csv")),
    (gettext_lazy("Find a customer"), "customers", PROFILE_READ, "search", gettext_lazy("list search")),
)


def acts(request: HttpRequest, term: str) -> Iterable[SearchResult]:
    """Return acts whose words hold what was typed; all of them at first."""
    wanted = term.lower()
    for title, address, code, icon, words in ACTS:
        if may(request, code) and wanted in f"{title} {words}".lower():
            yield SearchResult(str(title), _("Do"), reverse(address), icon)


def recent(request: HttpRequest, term: str) -> Iterable[SearchResult]:
    """Return the customers a person had open lately, before anything is typed."""
    member = membership_of(request)
    if term or member is None or not may(request, PROFILE_READ):
        return
    for profile in opened_lately(member):
        yield SearchResult(profile.shown_name, _("Open lately"), _page(profile), "history")


def calls(request: HttpRequest, term: str) -> Iterable[SearchResult]:
    """Return customers to log a call with, where "call" or "log" stands before the name."""
    verb, _space, name = term.partition(" ")
    is_asked = verb.lower() in {"call", "log", str(_("call")).lower(), str(_("log")).lower()}
    if not is_asked or len(name.strip()) < SHORTEST_NAME or not may(request, PROFILE_WRITE):
        return
    found = Profile.objects.visible().matching(name.strip()).order_by("-created_at", "-pk")[:CALLS_OFFERED]
    for profile in found:
        title = _("Log a call with %(name)s") % {"name": profile.shown_name}
        yield SearchResult(title, profile.phone, f"{_page(profile)}?tab=interactions&log=1", "add_call")


def _page(profile: Profile) -> str:
    return reverse("customer", args=[profile.pk])


def add_to_palette() -> None:
    """Put all this into the palette; called once, when the app is ready."""
    for name, source in (("recent", recent), ("acts", acts), ("calls", calls)):
        palette_sources.register(name, source)
