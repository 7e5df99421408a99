"""Assets as files."""

from __future__ import annotations

import uuid

from rest_framework.request import Request
from rest_framework.response import Response

from campaigns import exchange
from campaigns.api import exchange_endpoints as endpoints
from campaigns.api.views.assets import OneAsset
from campaigns.brand_kit import kit_of, record_from_kit
from campaigns.choices import AssetKind
from campaigns.kinds import MODELS
from campaigns.operations.create_asset import create_asset
from campaigns.operations.take_in import take_in
from campaigns.operations.writing import find_asset
from cdp.api.views import ApiViewSet


class ExchangeViewSet(ApiViewSet):
    """Many assets at once."""

    queryset = MODELS[AssetKind.TARGET_PROFILE].objects.all()

    @endpoints.export_assets
    def list(self, request: Request, query: endpoints.ExportQuery) -> endpoints.FileAnswer:
        """1000 a page, the newest first, as the other endpoint takes in; what lies in the bin is left out."""
        write = exchange.to_csv if query.format == "csv" else exchange.to_json
        start = (query.page - 1) * exchange.MOST_ROWS
        ordered = MODELS[query.kind].objects.kept().order_by("-created_at", "-id")
        rows = list(ordered[start : start + exchange.MOST_ROWS + 1])
        has_more = len(rows) > exchange.MOST_ROWS and query.page < endpoints.MOST_PAGES
        content = "".join(write(query.kind, rows[: exchange.MOST_ROWS]))
        next_page = query.page + 1 if has_more else None
        return endpoints.FileAnswer(format=query.format, content=content, next_page=next_page)

    @endpoints.import_assets
    def create(self, request: Request, body: endpoints.FileBody) -> endpoints.TakenAnswer:
        """All of them, or none."""
        read = exchange.records_from_csv if body.format == "csv" else exchange.records_from_json
        records = read(body.kind, body.content, tenant=self.tenant)
        made = take_in(tenant=self.tenant, by=self.actor, records=records)
        return endpoints.TakenAnswer(ids=[asset.pk for asset in made])


class KitViewSet(OneAsset, ApiViewSet):
    """Brand kits of design tools."""

    kind = AssetKind.BRAND_GUIDELINE
    blank = "brand"
    queryset = MODELS[AssetKind.BRAND_GUIDELINE].objects.all()

    @endpoints.export_kit
    def retrieve(self, request: Request, brand_id: uuid.UUID) -> endpoints.KitAnswer:
        """As `POST /campaigns/brand-guidelines/kit` takes it in."""
        return endpoints.KitAnswer(kit=kit_of(find_asset(self.kind, brand_id)))

    @endpoints.import_kit
    def create(self, request: Request, body: endpoints.KitBody) -> Response:
        """Palettes, fonts, logos and voice; what is not known is kept under `extra`."""
        record = record_from_kit(dict(body.kit), tenant=self.tenant)
        made = create_asset(tenant=self.tenant, by=self.actor, record=record)
        return self.shown(made, status=201)
