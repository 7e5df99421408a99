"""Addresses of the export pages."""

from django.urls import path

from profiles.exports.views import pages

ONE = "admin/exports/<uuid:export_id>"

urlpatterns = [
    path("admin/exports", pages.exports, name="exports"),
    path("admin/exports/new", pages.order, name="export-new"),
    path(ONE, pages.one, name="export"),
    path(f"{ONE}/cancel", pages.cancel, name="export-cancel"),
    path(f"{ONE}/file", pages.download, name="export-file"),
]
