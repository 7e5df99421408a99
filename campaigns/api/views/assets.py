"""What the five kinds of assets have in common."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, ClassVar

from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.api import bodies, findings, parts
from campaigns.api.answers import ANSWERS, PAGES
from campaigns.api.endpoints import for_kind
from campaigns.choices import AssetKind, PermissionLevel
from campaigns.figures import analytics_of
from campaigns.filters import AssetFilter
from campaigns.history import differences, versions_of
from campaigns.kinds import MODELS
from campaigns.models import AssetPermission
from campaigns.operations import lifecycle, sharing
from campaigns.operations.create_asset import create_asset
from campaigns.operations.record_metric import MetricRecord, record_metric
from campaigns.operations.restore_version import restore_version
from campaigns.operations.templates import TemplateRecord, save_as_template
from campaigns.operations.update_asset import update_asset
from campaigns.operations.writing import find_asset
from campaigns.records import AssetRecord
from cdp.api.caller import caller_of
from cdp.api.paging import PageMeta, PageQuery
from cdp.api.preconditions import demanded_version, entity_tag
from cdp.api.views import ApiMixin, ApiViewSet
from cdp.errors import Conflict, NotFound
from profiles.counting import bounded

LISTED = "-created_at", "-id"


class OneAsset(ApiMixin):
    """Endpoints about one asset, which the address names."""

    kind: ClassVar[AssetKind]

    @property
    def asset_id(self) -> uuid.UUID:
        """Return the asset the address names."""
        found: uuid.UUID = next(iter(self.kwargs.values()))
        return found

    def need(self, level: PermissionLevel, asset_id: uuid.UUID | None = None) -> None:
        """Raise Forbidden unless the caller may do ``level`` with the asset."""
        caller, wanted = caller_of(self.request), asset_id or self.asset_id
        # A stranger's asset is not there, rather than forbidden.
        find_asset(self.kind, wanted, deleted=None)
        sharing.require_level(level, actor=caller.actor, codes=caller.codes, kind=self.kind, asset_id=wanted)

    def about(self) -> dict[str, Any]:
        """Return what every verb about the asset takes."""
        return {"tenant": self.tenant, "by": self.actor, "kind": self.kind, "asset_id": self.asset_id}

    def version(self) -> int | None:
        """Return the version ``If-Match`` demands."""
        return demanded_version(self.request, lambda: int(find_asset(self.kind, self.asset_id).version))

    def shown(self, asset: Any, *, status: int = 200) -> Response:
        """Answer an asset with its version as ETag."""
        headers = {"ETag": entity_tag(asset.version)}
        if status == 201:  # noqa: PLR2004 (Created)
            blank = f"{self.blank}_id" if hasattr(self, "blank") else "asset_id"
            headers["Location"] = reverse(f"campaigns-{self.kind.lower()}", kwargs={blank: asset.pk})
        return Response(ANSWERS[self.kind].model_validate(asset), status=status, headers=headers)


def _list(self: Any, request: Request, query: PageQuery, filters: AssetFilter) -> Any:
    """The newest first; what lies in the bin only with `deleted=true`."""
    total = bounded(filters.qs)
    meta = PageMeta.of(query, total.number, is_exact=total.is_exact)
    page = list(filters.qs.order_by(*LISTED)[query.window])
    return PAGES[self.kind].model_validate({"data": page, "meta": meta})


def _create(self: OneAsset, request: Request, body: AssetRecord) -> Response:
    """A new default takes the place of the old one."""
    return self.shown(create_asset(tenant=self.tenant, by=self.actor, record=body), status=201)


def _retrieve(self: OneAsset, request: Request, **_: uuid.UUID) -> Response:
    """Also from the bin: `deletedAt` says so."""
    return self.shown(find_asset(self.kind, self.asset_id, deleted=None))


def _update(self: OneAsset, request: Request, body: AssetRecord, **_: uuid.UUID) -> Response:
    """Changes the fields that are given; a JSON field is replaced as a whole."""
    self.need(PermissionLevel.EDIT)
    version, asset_id = self.version(), self.asset_id
    changed = update_asset(tenant=self.tenant, by=self.actor, asset_id=asset_id, record=body, version=version)
    return self.shown(changed)


def _destroy(self: OneAsset, request: Request, **_: uuid.UUID) -> Response:
    """Into the bin; containers that hold it become incomplete."""
    self.need(PermissionLevel.MANAGE)
    lifecycle.delete_asset(**self.about(), version=self.version())
    return Response(status=204)


def _restore(self: OneAsset, request: Request, **_: uuid.UUID) -> Response:
    """Out of the bin; containers that hold it heal."""
    self.need(PermissionLevel.MANAGE)
    return self.shown(lifecycle.restore_asset(**self.about()))


def _purge(self: OneAsset, request: Request, **_: uuid.UUID) -> Response:
    """Only what lies in the bin; versions and the history of its use stay."""
    self.need(PermissionLevel.MANAGE)
    lifecycle.purge_asset(**self.about())
    return Response(status=204)


def _versions(self: OneAsset, request: Request, query: PageQuery, **_: uuid.UUID) -> parts.VersionPage:
    """The newest first."""
    find_asset(self.kind, self.asset_id, deleted=None)
    rows = versions_of(self.kind, self.asset_id)
    meta = PageMeta.of(query, rows.count())
    return parts.VersionPage.model_validate({"data": list(rows[query.window]), "meta": meta})


def _differences(
    self: OneAsset, request: Request, query: bodies.DifferenceQuery, **_: uuid.UUID
) -> parts.DifferenceList:
    """What `second` says otherwise than `first`, value by value."""
    find_asset(self.kind, self.asset_id, deleted=None)
    found = differences(self.kind, self.asset_id, query.first, query.second)
    return parts.DifferenceList.model_validate({"data": found})


def _restore_version(self: OneAsset, request: Request, body: bodies.RestoreBody, **_: uuid.UUID) -> Response:
    """As a new version. What was spent, and which one is the default, stay as they are."""
    self.need(PermissionLevel.EDIT)
    return self.shown(restore_version(**self.about(), number=body.version, version=self.version()))


def _analytics(self: OneAsset, request: Request, **_: uuid.UUID) -> parts.AnalyticsAnswer:
    """How it is used, and the newest value of each metric."""
    find_asset(self.kind, self.asset_id, deleted=None)
    return parts.AnalyticsAnswer.model_validate(analytics_of(self.kind, self.asset_id))


def _measure(self: OneAsset, request: Request, body: MetricRecord, **_: uuid.UUID) -> parts.AnalyticsAnswer:
    """Figures are added, never changed."""
    self.need(PermissionLevel.EDIT)
    record_metric(**self.about(), record=body)
    return parts.AnalyticsAnswer.model_validate(analytics_of(self.kind, self.asset_id))


def _permissions(self: OneAsset, request: Request, **_: uuid.UUID) -> parts.PermissionList:
    """Grants add to what roles allow."""
    find_asset(self.kind, self.asset_id, deleted=None)
    rows = AssetPermission.objects.filter(profile_type=self.kind, profile_id=self.asset_id)
    return parts.PermissionList.model_validate({"data": list(rows.order_by("-granted_at")[:500])})


def _grant(self: OneAsset, request: Request, body: bodies.GrantBody, **_: uuid.UUID) -> Any:
    """Takes the place of an earlier grant to the same person."""
    self.need(PermissionLevel.MANAGE)
    grant = sharing.grant_permission(**self.about(), user_id=body.user_id, level=body.permission_level)
    return parts.PermissionAnswer.model_validate(grant)


def _revoke(self: OneAsset, request: Request, body: bodies.RevokeBody, **_: uuid.UUID) -> Response:
    """The person's role stays what it is."""
    self.need(PermissionLevel.MANAGE)
    sharing.revoke_permission(**self.about(), user_id=body.user_id)
    return Response(status=204)


def _make_template(
    self: OneAsset, request: Request, body: TemplateRecord, **_: uuid.UUID
) -> parts.TemplateAnswer:
    """One's own, until it is public to everybody in the company."""
    template = save_as_template(**self.about(), record=body)
    return parts.TemplateAnswer.model_validate(template)


def _delete_many(self: Any, request: Request, body: bodies.IdsBody) -> findings.BulkResult:
    """Into the bin; at most 200 at once."""
    return _each(self, body, lifecycle.delete_asset)


def _restore_many(self: Any, request: Request, body: bodies.IdsBody) -> findings.BulkResult:
    """Out of the bin; at most 200 at once."""
    return _each(self, body, lifecycle.restore_asset)


def _each(view: Any, body: bodies.IdsBody, verb: Callable[..., Any]) -> findings.BulkResult:
    wanted, failed = list(dict.fromkeys(body.ids)), 0
    for asset_id in wanted:
        try:
            verb(tenant=view.tenant, by=view.actor, kind=view.kind, asset_id=asset_id)
        except (NotFound, Conflict):
            failed += 1
    return findings.BulkResult(updated=len(wanted) - failed, failed=failed)


METHODS: dict[str, Callable[..., Any]] = {
    "list": _list,
    "create": _create,
    "retrieve": _retrieve,
    "update": _update,
    "destroy": _destroy,
    "restore": _restore,
    "purge": _purge,
    "versions": _versions,
    "differences": _differences,
    "restore_version": _restore_version,
    "analytics": _analytics,
    "measure": _measure,
    "permissions": _permissions,
    "grant": _grant,
    "revoke": _revoke,
    "make_template": _make_template,
    "delete_many": _delete_many,
    "restore_many": _restore_many,
}


def viewset_of(asset_kind: AssetKind, blank_name: str) -> Any:
    """Return the viewset of one kind; ``blank_name`` is what addresses call its ids."""
    declared = for_kind(asset_kind)
    methods = {name: declared[name](method) for name, method in METHODS.items()}
    methods["partial_update"] = methods["update"]
    facts = {
        "__doc__": f"{asset_kind.label}s of the tenant.",
        "kind": asset_kind,
        "blank": blank_name,
        "queryset": MODELS[asset_kind].objects.all(),
    }
    return type(f"{MODELS[asset_kind].__name__}ViewSet", (OneAsset, ApiViewSet), {**facts, **methods})
