"""Addresses of the pages of campaigns."""

from django.urls import path

from campaigns.views import assets, page
from campaigns.views.kinds import SHOWN

ONE = "admin/marketing/<slug:place>/<uuid:asset_id>"

urlpatterns = [
    path("admin/marketing", assets.listing, {"place": next(iter(SHOWN))}, name="marketing"),
    path("admin/marketing/<slug:place>", assets.listing, name="marketing-list"),
    path("admin/marketing/<slug:place>/new", assets.create, name="marketing-new"),
    path("admin/marketing/spend/<uuid:budget_id>", page.spend, name="marketing-spend"),
    path("admin/marketing/use/<uuid:campaign_id>", page.use, name="marketing-use"),
    path(ONE, page.page, name="marketing-asset"),
    path(f"{ONE}/edit", assets.edit, name="marketing-edit"),
    path(f"{ONE}/delete", assets.throw_away, name="marketing-delete"),
    path(f"{ONE}/restore", assets.take_back, name="marketing-restore"),
]
