"""The admin of the platform: companies, people, keys, audit, and what superusers look after."""

from cdp.admin import api_key, audit_entry, lockout, membership, schedules, tenant, user, webhook_secret

__all__ = ["api_key", "audit_entry", "lockout", "membership", "schedules", "tenant", "user", "webhook_secret"]
