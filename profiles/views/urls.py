"""Addresses of the customer pages."""

from django.urls import path
from django.views.generic import RedirectView

from cdp.views.undo import undo
from profiles.views import undo_verbs as _undo_verbs  # noqa: F401 (registers how acts are taken back)
from profiles.views.customer import contacts, create, edit, identifiers, labels, page, state
from profiles.views.customers import bulk
from profiles.views.customers import list as customer_list

ONE = "admin/customers/<uuid:profile_id>"

urlpatterns = [
    path("admin/undo", undo, name="undo"),
    path("admin/customers/cdm", customer_list.customers, name="customers"),
    path("admin/customers/cdm/", RedirectView.as_view(pattern_name="customers", query_string=True)),
    path("admin/customers", RedirectView.as_view(pattern_name="customers")),
    path("admin/customers/bulk", bulk.bulk, name="customers-bulk"),
    path("admin/customers/new", create.create, name="customer-new"),
    path(ONE, page.customer, name="customer"),
    path(f"{ONE}/", RedirectView.as_view(pattern_name="customer", query_string=True)),
    path(f"{ONE}/panels/<slug:key>", page.panel, name="customer-panel"),
    path(f"{ONE}/edit", edit.edit, name="customer-edit"),
    path(f"{ONE}/details/<slug:section>", edit.edit_section, name="customer-edit-section"),
    path(f"{ONE}/changes/<uuid:entry_id>/take-back", edit.take_back, name="customer-take-back"),
    path(f"{ONE}/deactivate", state.deactivate, name="customer-deactivate"),
    path(f"{ONE}/reactivate", state.reactivate, name="customer-reactivate"),
    path(f"{ONE}/contact-points", contacts.add, name="customer-add-contact"),
    path(
        f"{ONE}/contact-points/<uuid:contact_point_id>/remove",
        contacts.remove,
        name="customer-remove-contact",
    ),
    path(
        f"{ONE}/contact-points/<uuid:contact_point_id>/primary",
        contacts.prefer,
        name="customer-prefer-contact",
    ),
    path(f"{ONE}/identifiers", identifiers.add, name="customer-add-identifier"),
    path(
        f"{ONE}/identifiers/<uuid:identifier_id>/remove",
        identifiers.remove,
        name="customer-remove-identifier",
    ),
    path(f"{ONE}/tags", labels.add_tag, name="customer-add-tag"),
    path(f"{ONE}/tags/<uuid:tag_id>/remove", labels.remove_tag, name="customer-remove-tag"),
    path(f"{ONE}/segments", labels.add_segment, name="customer-add-segment"),
    path(f"{ONE}/segments/<uuid:segment_id>/remove", labels.remove_segment, name="customer-remove-segment"),
]
