"""Tenants, the people and programs that work in them, and the record of what they did."""

from cdp.models.api_key import ApiKey
from cdp.models.audit_entry import AuditEntry
from cdp.models.membership import Membership
from cdp.models.stored_answer import StoredAnswer
from cdp.models.tenant import Tenant
from cdp.models.user import User
from cdp.models.webhook_secret import WebhookSecret

__all__ = ["ApiKey", "AuditEntry", "Membership", "StoredAnswer", "Tenant", "User", "WebhookSecret"]
