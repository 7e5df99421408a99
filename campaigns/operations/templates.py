"""Starting points for new assets."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Annotated, Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext
from pydantic import AfterValidator, Field

from campaigns.choices import AssetKind
from campaigns.errors import AssetNotFound
from campaigns.kinds import MODELS
from campaigns.models import AssetTemplate
from campaigns.operations.create_asset import create_asset
from campaigns.operations.writing import explained, find_asset
from campaigns.records import RECORDS, Name
from campaigns.shapes.base import refuse_unstorable
from campaigns.snapshots import snapshot
from cdp import audit
from cdp.actors import Actor
from cdp.api.serializers import camel
from cdp.api.wire import Incoming
from cdp.errors import Forbidden, Invalid
from cdp.models import Tenant

# A template is a form, not an event: what belongs to one asset alone is left out.
LEFT_OUT = {"is_default", "is_primary", "external_id", "metadata", "starts_on", "ends_on"}


Description = Annotated[str, Field(max_length=500), AfterValidator(refuse_unstorable)]


class TemplateRecord(Incoming):
    """What is said about a template."""

    template_name: Name = ""
    description: Description = ""
    is_public: bool = False


def visible_templates(actor: Actor) -> QuerySet[AssetTemplate]:
    """Return the public templates and the actor's own."""
    return AssetTemplate.objects.filter(Q(is_public=True) | Q(created_by=str(actor)))


def find_template(template_id: uuid.UUID, *, by: Actor) -> AssetTemplate:
    """Return a template the actor may use; raises AssetNotFound."""
    template = visible_templates(by).filter(pk=template_id).first()
    if template is None:
        raise AssetNotFound(gettext("template"))
    return template


def save_as_template(
    *, tenant: Tenant, by: Actor, kind: AssetKind, asset_id: uuid.UUID, record: TemplateRecord
) -> AssetTemplate:
    """Make a template of an asset as it is; raises AssetNotFound, Invalid, NameTaken."""
    if not record.template_name:
        raise Invalid(
            gettext("See errors for each field."),
            fields={"templateName": [gettext("This field is required.")]},
        )

    def make() -> AssetTemplate:
        with transaction.atomic():
            asset = find_asset(kind, asset_id)
            data = {name: value for name, value in snapshot(asset).items() if name not in LEFT_OUT}
            template: AssetTemplate = AssetTemplate.objects.create(
                template_type=kind,
                template_data={camel(name): value for name, value in data.items() if value is not None},
                created_by=str(by),
                updated_by=str(by),
                **record.said(),
            )
            changes = {"template_name": [None, template.template_name]}
            audit.record(verb="template.create", obj=template, by=by, changes=changes)
            return template

    found: AssetTemplate = explained(make)
    return found


def draft_of_template(
    *, tenant: Tenant, by: Actor, kind: AssetKind, template_id: uuid.UUID, changes: Mapping[str, Any]
) -> Any:
    """Return what a template would make, unsaved, for somebody to complete. Raises AssetNotFound, Invalid."""
    template = find_template(template_id, by=by)
    if template.template_type != kind:
        raise AssetNotFound(gettext("template"))
    record = RECORDS[kind].parse({**template.template_data, **changes}, tenant=tenant)
    return MODELS[kind](**record.columns())


def count_use(*, by: Actor, template_id: uuid.UUID) -> None:
    """Count that something was made of a template the actor may use; one that is gone counts nothing."""
    visible_templates(by).filter(pk=template_id).update(used_count=F("used_count") + 1)


def create_from_template(
    *, tenant: Tenant, by: Actor, template_id: uuid.UUID, changes: Mapping[str, Any]
) -> Any:
    """Make an asset of a template; ``changes`` (wire names) win. Raises AssetNotFound, Invalid."""
    with transaction.atomic():
        template = find_template(template_id, by=by)
        said = {**template.template_data, **changes}
        record = RECORDS[template.template_type].parse(said, tenant=tenant)
        asset = create_asset(tenant=tenant, by=by, record=record)
        count_use(by=by, template_id=template.pk)
        return asset


def update_template(
    *, tenant: Tenant, by: Actor, template_id: uuid.UUID, record: TemplateRecord
) -> AssetTemplate:
    """Rename, describe, publish or withdraw one's own; raises AssetNotFound, Forbidden, NameTaken."""

    def change() -> AssetTemplate:
        with transaction.atomic():
            template = _own(template_id, by)
            said = record.said()
            changes = audit.changed_fields({name: getattr(template, name) for name in said}, said)
            for name, value in said.items():
                setattr(template, name, value)
            template.updated_by = str(by)
            template.save(update_fields=[*said, "updated_at", "updated_by"])
            audit.record(verb="template.update", obj=template, by=by, changes=changes)
            return template

    found: AssetTemplate = explained(change)
    return found


@transaction.atomic
def delete_template(*, tenant: Tenant, by: Actor, template_id: uuid.UUID, may_tidy_up: bool = False) -> None:
    """Remove one's own template, or a public one where ``may_tidy_up``: its maker may have left.

    What was made of it stays. Raises AssetNotFound, Forbidden.
    """
    template = _own(template_id, by, or_public=may_tidy_up)
    changes = {"template_name": [template.template_name, None]}
    audit.record(verb="template.delete", obj=template, by=by, changes=changes)
    template.delete()


def _own(template_id: uuid.UUID, by: Actor, *, or_public: bool = False) -> AssetTemplate:
    template = visible_templates(by).select_for_update().filter(pk=template_id).first()
    if template is None:
        raise AssetNotFound(gettext("template"))
    if template.created_by != str(by) and not (or_public and template.is_public):
        raise Forbidden(gettext("This template is somebody else's."))
    return template
