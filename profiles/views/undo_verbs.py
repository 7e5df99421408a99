"""How what is done on the customer pages is taken back."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cdp.permissions import PROFILE_DELETE, PROFILE_WRITE
from cdp.views.pages import PageRequest, actor_of
from cdp.views.undo import UndoVerb, undo_verbs
from profiles.choices import ContactKind
from profiles.operations.contact_points import add_contact_point, make_primary, remove_contact_point
from profiles.operations.deactivate_profiles import deactivate_profiles, reactivate_profiles
from profiles.operations.identifiers import add_identifier, remove_identifier
from profiles.operations.segment_profiles import add_to_segments, remove_from_segments
from profiles.operations.tag_profiles import tag_profiles, untag_profiles
from profiles.operations.take_back_edit import take_back_edit
from profiles.records import TagRef

Data = Mapping[str, Any]


def customers_count(number: int) -> str:
    """Return "1 customer" or "25 customers"."""
    return ngettext("%(number)d customer", "%(number)d customers", number) % {"number": number}


def _common(request: PageRequest) -> dict[str, Any]:
    return {"tenant": request.membership.tenant, "by": actor_of(request)}


def _ids(values: Iterable[str]) -> list[uuid.UUID]:
    return [uuid.UUID(value) for value in values]


def _reactivate(request: PageRequest, data: Data) -> str:
    result = reactivate_profiles(**_common(request), profile_ids=_ids(data["profiles"]))
    return ngettext(
        "%(number)d customer is active again.", "%(number)d customers are active again.", result.updated
    ) % {"number": result.updated}


def _deactivate(request: PageRequest, data: Data) -> str:
    result = deactivate_profiles(**_common(request), profile_ids=_ids(data["profiles"]))
    return ngettext(
        "%(number)d customer is inactive again.", "%(number)d customers are inactive again.", result.updated
    ) % {"number": result.updated}


def _tag(request: PageRequest, data: Data) -> str:
    tag = TagRef(id=data["tag"], name=data["name"], color=data["color"])
    tag_profiles(**_common(request), profile_ids=_ids(data["profiles"]), tags=[tag])
    return _("The tag “%(name)s” is back.") % {"name": data["name"]}


def _untag(request: PageRequest, data: Data) -> str:
    untag_profiles(**_common(request), profile_ids=_ids(data["profiles"]), tag_ids=_ids([data["tag"]]))
    return _("The tag “%(name)s” is off again.") % {"name": data["name"]}


def _segment(request: PageRequest, data: Data) -> str:
    add_to_segments(
        **_common(request), profile_ids=_ids(data["profiles"]), segment_ids=_ids([data["segment"]])
    )
    return _("Back in the segment “%(name)s”.") % {"name": data["name"]}


def _unsegment(request: PageRequest, data: Data) -> str:
    remove_from_segments(
        **_common(request), profile_ids=_ids(data["profiles"]), segment_ids=_ids([data["segment"]])
    )
    return _("Out of the segment “%(name)s” again.") % {"name": data["name"]}


def _add_contact_point(request: PageRequest, data: Data) -> str:
    point = add_contact_point(
        **_common(request),
        profile_id=uuid.UUID(data["profile"]),
        kind=ContactKind(data["kind"]),
        value=data["value"],
        type=data["type"],
        source=data["source"],
    )
    if data["was_primary"]:
        make_primary(**_common(request), profile_id=point.profile_id, contact_point_id=point.pk)
    return _("%(address)s is back.") % {"address": data["value"]}


def _remove_contact_point(request: PageRequest, data: Data) -> str:
    point = remove_contact_point(
        **_common(request), profile_id=uuid.UUID(data["profile"]), contact_point_id=uuid.UUID(data["id"])
    )
    return _("%(address)s is removed again.") % {"address": point.value}


def _make_primary(request: PageRequest, data: Data) -> str:
    point = make_primary(
        **_common(request), profile_id=uuid.UUID(data["profile"]), contact_point_id=uuid.UUID(data["id"])
    )
    return _("%(address)s is the primary one again.") % {"address": point.value}


def _add_identifier(request: PageRequest, data: Data) -> str:
    fields = {name: value for name, value in data.items() if name != "profile"}
    add_identifier(**_common(request), profile_id=uuid.UUID(data["profile"]), **fields)
    return _("The id %(id)s is back.") % {"id": data["external_id"]}


def _remove_identifier(request: PageRequest, data: Data) -> str:
    identifier = remove_identifier(
        **_common(request), profile_id=uuid.UUID(data["profile"]), identifier_id=uuid.UUID(data["id"])
    )
    return _("The id %(id)s is removed again.") % {"id": identifier.external_id}


def take_back(request: PageRequest, data: Data) -> str:
    """Take back a change of a customer's own fields; return what to say."""
    stays = take_back_edit(
        **_common(request), profile_id=uuid.UUID(data["profile"]), entry_id=uuid.UUID(data["entry"])
    )
    if stays:
        return _("Changed back. The other address stays as a further one.")
    return _("Changed back.")


VERBS = {
    "profile.reactivate": UndoVerb(PROFILE_DELETE, _reactivate),
    "profile.deactivate": UndoVerb(PROFILE_DELETE, _deactivate),
    "profile.tag": UndoVerb(PROFILE_WRITE, _tag),
    "profile.untag": UndoVerb(PROFILE_WRITE, _untag),
    "profile.segment": UndoVerb(PROFILE_WRITE, _segment),
    "profile.unsegment": UndoVerb(PROFILE_WRITE, _unsegment),
    "profile.add_contact_point": UndoVerb(PROFILE_WRITE, _add_contact_point),
    "profile.remove_contact_point": UndoVerb(PROFILE_WRITE, _remove_contact_point),
    "profile.make_primary": UndoVerb(PROFILE_WRITE, _make_primary),
    "profile.take_back": UndoVerb(PROFILE_WRITE, take_back),
    "profile.add_identifier": UndoVerb(PROFILE_WRITE, _add_identifier),
    "profile.remove_identifier": UndoVerb(PROFILE_WRITE, _remove_identifier),
}
for _name, _verb in VERBS.items():
    undo_verbs.register(_name, _verb)
