"""The logins of the demo; public by design, made only by ``manage.py load_demo_data`` on a local copy."""

from __future__ import annotations

OWNER_EMAIL = "owner@demo.example.com"
AGENT_EMAIL = "agent@demo.example.com"
SECOND_EMAIL = "owner@second.example.com"
PASSWORD = "demo-password-1"  # noqa: S105 (published in the README)
API_KEY = "cdp_demo_key_for_trying_things_out_only"
TENANT_SLUG = "siam-retail"
SECOND_TENANT_SLUG = "cape-outdoors"
