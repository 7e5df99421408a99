"""What belongs to a customer, added and removed by verbs on the customer's form."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from cdp.actors import Actor
from cdp.adminsite.permissions import may, membership_of
from cdp.errors import Forbidden
from cdp.models import Membership, Tenant
from cdp.permissions import PROFILE_READ, PROFILE_WRITE
from profiles.choices import ContactKind
from profiles.models import ContactPoint, Profile, ProfileIdentifier, ProfileTag, SegmentMembership
from profiles.operations.contact_points import add_contact_point, remove_contact_point
from profiles.operations.identifiers import add_identifier, remove_identifier
from profiles.operations.segment_profiles import add_to_segments, remove_from_segments
from profiles.operations.tag_profiles import tag_profiles, untag_profiles
from profiles.records import TagRef


class VerbInline(TabularInline):  # type: ignore[misc]
    """Rows of one customer: added, removed, never edited."""

    extra = 0
    tab = True
    show_change_link = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request, PROFILE_READ)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request, PROFILE_WRITE)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request, PROFILE_WRITE)

    def save_rows(self, request: HttpRequest, profile: Profile, formset: Any) -> None:
        """Carry out what was ticked and typed."""
        membership = cast("Membership", membership_of(request))
        by, tenant = membership.user.actor, membership.tenant
        formset.save(commit=False)
        for row in formset.deleted_objects:
            self.remove(tenant, by, profile, row)
        for row in formset.new_objects:
            self.add(tenant, by, profile, row)

    def add(self, tenant: Tenant, by: Actor, profile: Profile, row: Any) -> None:
        """Call the verb that adds the row."""
        raise Forbidden(str(_("This cannot be added here.")))

    def remove(self, tenant: Tenant, by: Actor, profile: Profile, row: Any) -> None:
        """Call the verb that removes the row."""
        raise Forbidden(str(_("This cannot be removed here.")))


class ContactPointInline(VerbInline):
    """E-mails and phones, the primary ones included."""

    model = ContactPoint
    fields = ["kind", "value", "type", "source", "created_at"]
    readonly_fields = ["created_at"]

    def add(self, tenant: Tenant, by: Actor, profile: Profile, row: ContactPoint) -> None:
        add_contact_point(
            tenant=tenant,
            by=by,
            profile_id=profile.pk,
            kind=ContactKind(row.kind),
            value=row.value,
            type=row.type,
            source=row.source,
        )

    def remove(self, tenant: Tenant, by: Actor, profile: Profile, row: ContactPoint) -> None:
        remove_contact_point(tenant=tenant, by=by, profile_id=profile.pk, contact_point_id=row.pk)


class IdentifierInline(VerbInline):
    """What other systems call the customer."""

    model = ProfileIdentifier
    fields = ["source", "source_type", "external_id", "is_primary", "match_quality", "matched_at"]
    readonly_fields = ["matched_at"]

    def add(self, tenant: Tenant, by: Actor, profile: Profile, row: ProfileIdentifier) -> None:
        add_identifier(
            tenant=tenant,
            by=by,
            profile_id=profile.pk,
            source=row.source,
            source_type=row.source_type,
            external_id=row.external_id,
            is_primary=row.is_primary,
            match_quality=row.match_quality,
        )

    def remove(self, tenant: Tenant, by: Actor, profile: Profile, row: ProfileIdentifier) -> None:
        remove_identifier(tenant=tenant, by=by, profile_id=profile.pk, identifier_id=row.pk)


class TagInline(VerbInline):
    """Tags on the customer."""

    model = ProfileTag
    fields = ["tag", "created_at"]
    readonly_fields = ["created_at"]
    autocomplete_fields = ["tag"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("tag")

    def add(self, tenant: Tenant, by: Actor, profile: Profile, row: ProfileTag) -> None:
        tag_profiles(tenant=tenant, by=by, profile_ids=[profile.pk], tags=[TagRef(id=str(row.tag_id))])

    def remove(self, tenant: Tenant, by: Actor, profile: Profile, row: ProfileTag) -> None:
        untag_profiles(tenant=tenant, by=by, profile_ids=[profile.pk], tag_ids=[row.tag_id])


class SegmentInline(VerbInline):
    """Segments the customer is in."""

    model = SegmentMembership
    fields = ["segment", "created_at"]
    readonly_fields = ["created_at"]
    autocomplete_fields = ["segment"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("segment")

    def add(self, tenant: Tenant, by: Actor, profile: Profile, row: SegmentMembership) -> None:
        add_to_segments(tenant=tenant, by=by, profile_ids=[profile.pk], segment_ids=[row.segment_id])

    def remove(self, tenant: Tenant, by: Actor, profile: Profile, row: SegmentMembership) -> None:
        remove_from_segments(tenant=tenant, by=by, profile_ids=[profile.pk], segment_ids=[row.segment_id])
