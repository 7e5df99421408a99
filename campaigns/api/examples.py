"""An example of every body, for the API's description."""

from __future__ import annotations

from campaigns.api import bodies
from campaigns.api.exchange_endpoints import FileBody, KitBody
from campaigns.budgeting.dispatcher import IncomingDispatcherBudget
from campaigns.choices import AssetKind
from campaigns.linting import Message
from campaigns.operations.record_metric import MetricRecord
from campaigns.operations.templates import TemplateRecord
from campaigns.operations.use_in_campaign import UsageRecord
from campaigns.records import RECORDS
from campaigns.spending import DailyTotal, SpendRecord
from cdp.api.operation import examples

_ID = "01909d6e-2f4b-7c3a-9d52-8b1f6a2e4c70"

examples.update(
    {
        RECORDS[AssetKind.TARGET_PROFILE]: {
            "name": "Young families in Bangkok",
            "demographics": {"ageRange": {"min": 25, "max": 40}},
        },
        RECORDS[AssetKind.BRAND_GUIDELINE]: {
            "brandName": "Siam Retail",
            "fullStyleGuide": {"colorPalette": {"primary": [{"hex": "#0066CC"}]}},
        },
        RECORDS[AssetKind.BUDGET]: {"name": "Songkran", "amount": "150000.00"},
        RECORDS[AssetKind.CONTAINER]: {"name": "Families, spring"},
        RECORDS[AssetKind.CAMPAIGN]: {"name": "Songkran sale"},
        MetricRecord: {"metricName": "reach", "metricValue": "12500"},
        TemplateRecord: {"templateName": "Monthly budget"},
        UsageRecord: {"containerId": _ID},
        Message: {"text": "New arrivals, only this week!"},
        SpendRecord: {"amount": "1250.00", "idempotencyKey": "invoice-2041"},
        DailyTotal: {"campaignId": _ID, "day": "2026-04-13", "total": "830.50"},
        IncomingDispatcherBudget: {"name": "Songkran", "amountMicros": "150000000000"},
        FileBody: {"kind": "BUDGET", "format": "json", "content": '[{"name": "Songkran", "amount": "9000"}]'},
        KitBody: {"kit": {"name": "Siam Retail"}},
        bodies.IdsBody: {"ids": [_ID]},
        bodies.RestoreBody: {"version": 3},
        bodies.GrantBody: {"userId": _ID, "permissionLevel": "EDIT"},
        bodies.RevokeBody: {"userId": _ID},
        bodies.TemplateUseBody: {"changes": {"name": "May"}},
        bodies.TargetSegmentBody: {"name": "Young families"},
    }
)
