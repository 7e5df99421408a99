"""Examples of bodies, for the document."""

from __future__ import annotations

from typing import Any

CUSTOMER = "0197a3b2-5c1e-7c3a-9d52-2f6b8e4d1a70"
MEMBER = "0197a3b2-5c1e-7c3a-9d52-2f6b8e4d1a71"

FAMILY: dict[str, Any] = {
    "customerId": CUSTOMER,
    "name": "Sarah Doe",
    "relationship": "spouse",
    "phone": "01712345679",
    "date_of_birth": "1992-05-15",
    "anniversary_date": "2015-12-20",
}
FAMILY_CHANGE: dict[str, Any] = {"date_of_birth": "--05-15", "profession": "Teacher"}
INTERACTION: dict[str, Any] = {
    "customerId": CUSTOMER,
    "interaction_type": "call",
    "interaction_direction": "outbound",
    "subject": "Follow-up on recent order",
    "description": "Customer is happy with product, interested in accessories",
    "outcome": "Interested",
    "duration_seconds": 180,
}
INTERACTION_CHANGE: dict[str, Any] = {"outcome": "Bought", "follow_up_required": False}
BEHAVIOUR: dict[str, Any] = {
    "customerId": CUSTOMER,
    "behavior_type": "product_view",
    "productId": "SKU-456",
    "sessionId": "abc123xyz",
}
BEHAVIOURS: dict[str, Any] = {"events": [BEHAVIOUR]}
DROP_OFF: dict[str, Any] = {
    "customerId": CUSTOMER,
    "stage": "checkout_initiated",
    "productId": "SKU-789",
    "cart_value": 5500,
    "reason": "High shipping cost",
}
OWNER: dict[str, Any] = {"customer_ids": [CUSTOMER], "owner_id": MEMBER}
DEAL: dict[str, Any] = {
    "customer_id": CUSTOMER,
    "title": "Chairs for the new office",
    "amount": 48000,
    "expected_on": "2026-12-31",
}
DEAL_CHANGE: dict[str, Any] = {"amount": 52000}
DEAL_MOVE: dict[str, Any] = {"stage": "won"}
TASK: dict[str, Any] = {
    "customer_id": CUSTOMER,
    "title": "Send the catalogue",
    "kind": "message",
    "due_at": "2026-12-01T10:00:00+07:00",
}
TASK_CHANGE: dict[str, Any] = {"due_at": "2026-12-02T10:00:00+07:00"}
QUOTATION: dict[str, Any] = {
    "customer_id": CUSTOMER,
    "number": "QT-2026-0017",
    "total": 48000,
    "valid_until": "2026-12-31",
}
QUOTATION_CHANGE: dict[str, Any] = {"status": "accepted"}
BILLING: dict[str, Any] = {
    "customer_id": CUSTOMER,
    "number": "INV-2026-0042",
    "amount": 48000,
    "due_on": "2027-01-15",
}
BILLING_CHANGE: dict[str, Any] = {"due_on": "2027-01-31"}
PAYMENT: dict[str, Any] = {"paid_at": "2027-01-10T09:30:00+07:00"}
