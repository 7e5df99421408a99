"""Addresses of the import API."""

from django.urls import path

import cdp.api.converters  # noqa: F401 (registers "id")
from profiles.imports.api import views

urlpatterns = [
    path("profiles/import", views.ImportView.as_view(), name="profile-import"),
    path("profiles/import/<id:run_id>", views.RunView.as_view(), name="profile-import-run"),
    path("profiles/import/<id:run_id>/rows", views.RowsView.as_view(), name="profile-import-rows"),
    path("profiles/import/<id:run_id>/errors.csv", views.ErrorsView.as_view(), name="profile-import-errors"),
    path("profiles/import/<id:run_id>/undo", views.UndoView.as_view(), name="profile-import-undo"),
]
