"""Every address of the product."""

from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularSwaggerView

from cdp.api.document import DocumentView

handler400 = "cdp.views.errors.bad_request"
handler403 = "cdp.views.errors.permission_denied"
handler404 = "cdp.views.errors.page_not_found"
handler500 = "cdp.views.errors.server_error"

urlpatterns = [
    path("", include("cdp.views.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api-json", DocumentView.as_view(), name="openapi"),
    path("api/docs", SpectacularSwaggerView.as_view(url_name="openapi"), name="api-docs"),
    path("", include("profiles.exports.views.urls")),
    path("", include("cdm.orders.pages.urls")),
    path("", include("profiles.imports.views.urls")),
    path("", include("profiles.imports.api.urls")),
    path("cdm/", include("cdm.api.urls")),
    path("", include("unify.api.urls")),
    path("", include("campaigns.api.urls")),
    path("", include("cdm.api.rules.urls")),
    path("", include("cdm.orders.api.urls")),
    path("", include("profiles.api.urls")),
    path("", include("cdm.views.urls")),
    path("", include("profiles.views.urls")),
    path("", include("unify.views.urls")),
    path("", include("campaigns.views.urls")),
    path("", include("cdm.views.automation.urls")),
    path("admin/", admin.site.urls),
]
