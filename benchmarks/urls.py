"""The product's addresses, and the floors'."""

from __future__ import annotations

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from cdp.urls import urlpatterns as product
from profiles.models import Profile


class OneSelect(APIView):
    """One indexed SELECT through a bare DRF view: no authentication, no permission, one column."""

    authentication_classes = ()
    permission_classes = ()
    tenant: Tenant

    def get(self, request: Request) -> Response:
        with tenant_context(OneSelect.tenant):
            row = Profile.objects.filter(contact_points__value=request.query_params["email"]).values(
                "id", "name"
            )
            return Response(row[0])


urlpatterns = [path("floor/one-select", OneSelect.as_view()), *product]
