"""A valid call of every endpoint of the customer API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rest_framework.test import APIClient

from cdp.permissions import IMPORT_RUN, PROFILE_DELETE, PROFILE_READ, PROFILE_WRITE
from tests.factories.profiles import (
    ProfileFactory,
    ProfileIdentifierFactory,
    SegmentFactory,
    TagFactory,
)


@dataclass(frozen=True)
class Call:
    """A request that succeeds with ``code`` alone; {names} in the path and $names in the body are ids."""

    method: str
    path: str
    code: str
    body: dict[str, Any] | None = None
    status: int = 200

    def send(self, api: APIClient, ids: dict[str, str]) -> Any:
        path = self.path.format(**ids)
        if self.method == "get":
            return api.get(path)
        return getattr(api, self.method)(path, _filled(self.body, ids))


def _filled(value: Any, ids: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _filled(item, ids) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, ids) for item in value]
    return ids[value[1:]] if isinstance(value, str) and value.startswith("$") else value


def make_ids() -> dict[str, str]:
    """Make what the calls are about, in the active tenant."""
    profile = ProfileFactory()
    identifier = ProfileIdentifierFactory(profile=profile, source="ERP", external_id="ERP001")
    return {
        "profile": str(profile.pk),
        "identifier": str(identifier.pk),
        "tag": str(TagFactory().pk),
        "segment": str(SegmentFactory().pk),
    }


IDS: dict[str, Any] = {"profileIds": ["$profile"]}
READS = [
    Call("get", path, PROFILE_READ)
    for path in (
        "/profiles",
        "/profiles/statistics",
        "/profiles/completion-score/{profile}",
        "/profiles/external/ERP/ERP001",
        "/profiles/{profile}",
        "/profiles/{profile}/events",
        "/api/v1/customers",
        "/api/v1/customers/{profile}",
        "/api/v1/customers/resolve?email=new@example.com&create=false",
        "/tags",
        "/tags/{tag}",
        "/segments",
        "/segments/{segment}",
        "/segments/{segment}/members",
    )
]
WRITES = [
    Call("post", "/profiles", PROFILE_WRITE, {"firstName": "Mali"}, 201),
    Call("put", "/profiles/{profile}", PROFILE_WRITE, {"industry": "Golf"}),
    Call("patch", "/profiles/{profile}", PROFILE_WRITE, {"industry": "Golf"}),
    Call("delete", "/profiles/{profile}", PROFILE_DELETE, None, 204),
    Call(
        "post",
        "/profiles/{profile}/identifiers",
        PROFILE_WRITE,
        {"source": "LINE", "externalId": "U1"},
        201,
    ),
    Call("delete", "/profiles/{profile}/identifiers/{identifier}", PROFILE_WRITE, None, 204),
    Call("post", "/profiles/{profile}/events", PROFILE_WRITE, {"type": "purchase"}, 201),
    Call("post", "/profiles/bulk/tags", PROFILE_WRITE, {**IDS, "tags": [{"name": "VIP"}]}),
    Call("post", "/profiles/bulk/segments", PROFILE_WRITE, {**IDS, "segmentIds": ["$segment"]}),
    Call("delete", "/profiles/bulk", PROFILE_DELETE, IDS, 204),
    Call("patch", "/api/v1/customers/{profile}", PROFILE_WRITE, {"industry": "Golf"}),
    Call("post", "/tags", PROFILE_WRITE, {"name": "Golfer"}, 201),
    Call("put", "/tags/{tag}", PROFILE_WRITE, {"name": "Golfer"}),
    Call("patch", "/tags/{tag}", PROFILE_WRITE, {"name": "Golfer"}),
    Call("delete", "/tags/{tag}", PROFILE_WRITE, None, 204),
    Call("post", "/segments", PROFILE_WRITE, {"name": "Golfers"}, 201),
    Call("put", "/segments/{segment}", PROFILE_WRITE, {"name": "Golfers"}),
    Call("patch", "/segments/{segment}", PROFILE_WRITE, {"name": "Golfers"}),
    Call("delete", "/segments/{segment}", PROFILE_WRITE, None, 204),
    Call("post", "/segments/{segment}/members", PROFILE_WRITE, IDS),
    Call("delete", "/segments/{segment}/members", PROFILE_WRITE, IDS),
]
# Part of the contract, not installed yet: the caller is checked all the same.
PENDING = [
    Call("post", "/profiles/sync", IMPORT_RUN, {}, 501),
]
LOOK_UP = Call(
    "post", "/api/v1/customers/resolve", PROFILE_READ, {"email": "new@example.com", "create": False}
)
CALLS = [*READS, LOOK_UP, *WRITES, *PENDING]
