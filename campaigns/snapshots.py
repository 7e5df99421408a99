"""What an asset looks like at one moment, as plain JSON values."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from campaigns.models import Asset


class _Encoder(DjangoJSONEncoder):
    def default(self, value: Any) -> Any:
        # Money keeps its cents: 10.5 and 10.50 are one amount.
        return f"{value:.2f}" if isinstance(value, Decimal) else super().default(value)


def snapshot(asset: Asset) -> dict[str, Any]:
    """Return the versioned fields of an asset."""
    values = {name: getattr(asset, name) for name in asset.versioned_fields}
    plain: dict[str, Any] = json.loads(json.dumps(values, cls=_Encoder))
    return plain
