"""Answers that carry more than a body."""

from __future__ import annotations

import uuid
from typing import Any

from django.urls import reverse
from rest_framework.response import Response

from cdp.api.preconditions import entity_tag
from profiles.api.fetching import fetched
from profiles.api.serializers.profiles import CustomerDetail, ProfileDetail


def about(asked: uuid.UUID, profile_id: uuid.UUID, body: Any) -> Response:
    """Answer about a customer; one asked for by the id of somebody merged says so."""
    return Response(body, headers={} if asked == profile_id else {"X-Merged-Into": str(profile_id)})


def detail(
    profile_id: uuid.UUID, *, route: str = "profile-detail", status: int = 200, is_new: bool = False
) -> Response:
    """Answer a customer as it is stored now; a merged id is answered with its survivor, and says so."""
    profile = fetched(profile_id)
    answer = CustomerDetail if route == "customer-detail" else ProfileDetail
    headers = {"ETag": entity_tag(profile.version)}
    address = reverse(route, kwargs={"profile_id": profile.pk})
    if is_new:
        headers["Location"] = address
    elif profile.pk != profile_id:
        headers |= {"X-Merged-Into": str(profile.pk), "Content-Location": address}
    return Response(answer.of(profile), status=status, headers=headers)
