"""Permission codes, used alike by API, admin, pages and tasks, and what each role may do."""

from __future__ import annotations

from collections.abc import Iterable

from cdp.choices import Role

PROFILE_READ = "profile:read"
PROFILE_WRITE = "profile:write"
PROFILE_DELETE = "profile:delete"
UNIFY_MERGE = "unify:merge"
IMPORT_RUN = "import:run"
EXPORT_RUN = "export:run"
CAMPAIGN_READ = "campaign:read"
CAMPAIGN_WRITE = "campaign:write"
CAMPAIGN_DELETE = "campaign:delete"
BUDGET_SPEND = "budget:spend"
AUDIT_READ = "audit:read"
SETTINGS_WRITE = "settings:write"
MEMBER_WRITE = "member:write"

DESCRIPTIONS: dict[str, str] = {
    PROFILE_READ: "See customers, their events, tags and segments",
    PROFILE_WRITE: "Create and change customers, tags and segments",
    PROFILE_DELETE: "Deactivate customers",
    UNIFY_MERGE: "Decide on duplicates, merge and take merges back",
    IMPORT_RUN: "Import files and undo imports",
    EXPORT_RUN: "Download lists of customers",
    CAMPAIGN_READ: "See campaigns, target profiles, brand guidelines and budgets",
    CAMPAIGN_WRITE: "Create and change campaigns and what they are planned with",
    CAMPAIGN_DELETE: "Delete campaigns and what they are planned with, for good too",
    BUDGET_SPEND: "Record what was spent",
    AUDIT_READ: "Read who changed what",
    SETTINGS_WRITE: "Change the settings of the tenant",
    MEMBER_WRITE: "Invite people, change roles, make and revoke API keys",
}
ALL_CODES = frozenset(DESCRIPTIONS)

_CAMPAIGNS = {CAMPAIGN_READ, CAMPAIGN_WRITE, CAMPAIGN_DELETE, BUDGET_SPEND}
_AGENT = {PROFILE_READ, PROFILE_WRITE, CAMPAIGN_READ}
_MANAGER = {*_AGENT, *_CAMPAIGNS, PROFILE_DELETE, UNIFY_MERGE, IMPORT_RUN, EXPORT_RUN, AUDIT_READ}

ROLE_CODES: dict[str, frozenset[str]] = {
    Role.OWNER: ALL_CODES,
    Role.ADMIN: ALL_CODES,
    Role.MANAGER: frozenset(_MANAGER),
    Role.AGENT: frozenset(_AGENT),
    Role.ANALYST: frozenset({PROFILE_READ, CAMPAIGN_READ, EXPORT_RUN, AUDIT_READ}),
    Role.INTEGRATION: frozenset(
        {PROFILE_READ, PROFILE_WRITE, CAMPAIGN_READ, CAMPAIGN_WRITE, BUDGET_SPEND, IMPORT_RUN}
    ),
}


def codes_of(role: str) -> frozenset[str]:
    """Return the permission codes of a role."""
    return ROLE_CODES[role]


def unknown_codes(codes: Iterable[str]) -> list[str]:
    """Return those of ``codes`` that do not exist, sorted."""
    return sorted(set(codes) - ALL_CODES)
