"""Addresses of the platform's own pages."""

from django.urls import path

from cdp.views import companies, health, invitation, password_reset, webhook_secret

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("", companies.start, name="start"),
    path("switch-tenant", companies.switch_tenant, name="switch-tenant"),
    path("admin/webhook-secret", webhook_secret.webhook_secret, name="webhook-secret"),
    path("admin/invitation/<str:token>/", invitation.answer, name="invitation"),
    path("admin/password_reset/", password_reset.AskView.as_view(), name="admin_password_reset"),
    path("admin/password_reset/done/", password_reset.AskedView.as_view(), name="password_reset_done"),
    path("admin/reset/<uidb64>/<token>/", password_reset.SetView.as_view(), name="password_reset_confirm"),
    path("admin/reset/done/", password_reset.CompleteView.as_view(), name="password_reset_complete"),
]
