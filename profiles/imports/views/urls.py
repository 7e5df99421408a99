"""Addresses of the import pages."""

from django.urls import path

from profiles.imports.views import acts, listing, page, upload

ONE = "admin/imports/<uuid:run_id>"

urlpatterns = [
    path("admin/imports", listing.imports, name="imports"),
    path("admin/imports/new", upload.upload, name="import-new"),
    path(ONE, page.one, name="import"),
    path(f"{ONE}/columns", acts.columns, name="import-columns"),
    path(f"{ONE}/start", acts.start, name="import-start"),
    path(f"{ONE}/pause", acts.pause, name="import-pause"),
    path(f"{ONE}/resume", acts.resume, name="import-resume"),
    path(f"{ONE}/cancel", acts.cancel, name="import-cancel"),
    path(f"{ONE}/discard", acts.discard, name="import-discard"),
    path(f"{ONE}/undo", acts.undo, name="import-undo"),
    path(f"{ONE}/rows", listing.rows, name="import-rows"),
    path(f"{ONE}/errors.csv", listing.errors, name="import-errors"),
]
