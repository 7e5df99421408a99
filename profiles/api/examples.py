"""Bodies shown in the API's documentation."""

from __future__ import annotations

PROFILE = {
    "type": "INDIVIDUAL",
    "firstName": "John",
    "lastName": "Doe",
    "email": "john@example.com",
    "phone": "+66812345678",
    "primarySource": "MANUAL",
    "address": {"street": "123 Main St", "city": "Bangkok", "country": "Thailand", "postalCode": "10110"},
    "tags": [{"name": "VIP", "color": "#FF0000"}],
}
CHANGE = {"lifecycleStage": "loyal", "phone": "081 234 5678"}
IDENTIFIER = {
    "source": "LINE",
    "sourceType": "USER",
    "externalId": "U4af4980629",
    "externalRef": "LINE:users.U4af4980629",
    "matchQuality": 95,
    "isPrimary": True,
}
_IDS = ["018f3c1e-0000-7000-8000-000000000001", "018f3c1e-0000-7000-8000-000000000002"]
PROFILE_IDS = {"profileIds": _IDS}
BULK_TAGS = {"profileIds": _IDS, "tags": [{"name": "VIP", "color": "#FF0000"}]}
BULK_SEGMENTS = {"profileIds": _IDS, "segmentIds": ["018f3c1e-0000-7000-8000-00000000000a"]}
EVENT = {
    "type": "purchase",
    "timestamp": "2026-01-31T08:30:00Z",
    "source": "Website",
    "payload": {"orderId": "ORD-20260131-1", "amount": 1290},
}
HINTS = {
    "email": "john@example.com",
    "phoneNumber": "081 234 5678",
    "externalIds": {"lineUserId": "U4af4980629"},
}
TAG = {"name": "VIP", "color": "#FF0000"}
SEGMENT = {"name": "Golfers", "description": "Played at least once this year"}
