"""Changes that honour ``If-Match``."""

from __future__ import annotations

import uuid

from django.db import transaction

from cdp.api.preconditions import PreconditionFailed, demanded_version
from cdp.api.views import ApiMixin
from cdp.errors import Conflict
from cdp.permissions import PROFILE_DELETE
from profiles.api.fetching import followed
from profiles.errors import StaleVersion
from profiles.models import Profile
from profiles.operations.deactivate_profiles import deactivate_profiles
from profiles.operations.update_profile import update_profile
from profiles.records import ProfileRecord


class MergedAway(Conflict):
    """The customer to deactivate lives on as another one."""

    slug = "merged"
    title = "This customer was merged into another"

    def __init__(self, survivor_id: uuid.UUID) -> None:
        super().__init__(f"Deactivate customer {survivor_id} if that is what you mean.")


def change_profile(view: ApiMixin, profile_id: uuid.UUID, record: ProfileRecord) -> Profile:
    """Change a customer; raises PreconditionFailed when the caller has seen another version."""
    if record.says("status") and record.status != followed(profile_id).status:
        view.require(PROFILE_DELETE)
    version = demanded_version(view.request, lambda: followed(profile_id).version)
    try:
        return update_profile(
            tenant=view.tenant,
            by=view.actor,
            profile_id=profile_id,
            record=record,
            version=version,
            is_merged=view.request.method == "PATCH",
        )
    except StaleVersion as error:
        raise PreconditionFailed(error.detail) from error


@transaction.atomic
def deactivate_profile(view: ApiMixin, profile_id: uuid.UUID) -> None:
    """Deactivate a customer, if it is at the version the caller has seen; raises MergedAway."""
    profile = followed(profile_id)
    if profile.pk != profile_id:
        raise MergedAway(profile.pk)
    profile = Profile.objects.select_for_update().get(pk=profile_id)
    version = demanded_version(view.request, lambda: profile.version)
    if version not in {None, profile.version}:
        raise PreconditionFailed(f"This is at version {profile.version}: load it again.")
    deactivate_profiles(tenant=view.tenant, by=view.actor, profile_ids=[profile_id])
