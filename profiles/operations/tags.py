"""Making, changing and removing tags."""

from __future__ import annotations

import uuid

from django.db import IntegrityError, transaction

from cdp import audit
from cdp.actors import Actor
from cdp.errors import Conflict, NotFound
from cdp.models import Tenant
from profiles.models import Tag
from profiles.models.tag import DEFAULT_COLOR


class TagNameTaken(Conflict):
    """Another tag has this name."""

    slug = "tag-name-taken"

    def __init__(self) -> None:
        message = "There is already a tag with this name."
        super().__init__(message, fields={"name": [message]})


def create_tag(*, tenant: Tenant, by: Actor, name: str, color: str = DEFAULT_COLOR) -> Tag:
    """Make a tag; raises TagNameTaken."""
    try:
        with transaction.atomic():
            tag: Tag = Tag.objects.create(name=name, color=color, created_by=str(by), updated_by=str(by))
            audit.record(
                verb="tag.create", obj=tag, by=by, changes={"name": [None, name], "color": [None, color]}
            )
            return tag
    except IntegrityError as error:
        raise TagNameTaken from error


def update_tag(*, tenant: Tenant, by: Actor, tag_id: uuid.UUID, **values: str) -> Tag:
    """Change a tag's ``name`` or ``color``; raises NotFound, TagNameTaken."""
    try:
        with transaction.atomic():
            tag = _locked(tag_id)
            changes = audit.changed_fields({name: getattr(tag, name) for name in values}, values)
            if changes:
                for name, value in values.items():
                    setattr(tag, name, value)
                tag.updated_by = str(by)
                tag.save(update_fields=[*values, "updated_at", "updated_by"])
                audit.record(verb="tag.update", obj=tag, by=by, changes=changes)
            return tag
    except IntegrityError as error:
        raise TagNameTaken from error


@transaction.atomic
def delete_tag(*, tenant: Tenant, by: Actor, tag_id: uuid.UUID) -> None:
    """Remove a tag from every customer and for good; raises NotFound."""
    tag = _locked(tag_id)
    audit.record(verb="tag.delete", obj=tag, by=by, changes={"name": [tag.name, None]})
    tag.delete()


def _locked(tag_id: uuid.UUID) -> Tag:
    tag: Tag | None = Tag.objects.select_for_update().filter(pk=tag_id).first()
    if tag is None:
        raise NotFound("There is no such tag.")
    return tag
