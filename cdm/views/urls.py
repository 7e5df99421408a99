"""Addresses of the agent's pages."""

from django.urls import path
from django.views.generic import RedirectView

from cdm.views import dashboard, deals, drop_offs, numbers, saved, undo_verbs
from cdm.views.customer import business, feedback, relatives, talks

ONE = "admin/customers/<uuid:profile_id>"
CRM = "admin/crm"
VIEWS = "admin/customers/views"

undo_verbs.register()

urlpatterns = [
    path(CRM, RedirectView.as_view(pattern_name="agent-dashboard"), name="crm"),
    path(f"{CRM}/agent-dashboard", dashboard.dashboard, name="agent-dashboard"),
    path(f"{CRM}/drop-offs", drop_offs.drop_offs, name="drop-offs"),
    path(f"{CRM}/drop-offs/<uuid:drop_off_id>/recover", business.recover, name="drop-off-recover"),
    path(f"{CRM}/deals", deals.deals, name="deals"),
    path(f"{CRM}/deals/<uuid:deal_id>/move", business.move, name="deal-move"),
    path(f"{CRM}/tasks/<uuid:task_id>/done", business.finish_task, name="task-done"),
    path(f"{CRM}/numbers", numbers.numbers, name="numbers"),
    path(f"{CRM}/numbers/<slug:table>.csv", numbers.download, name="numbers-download"),
    path(VIEWS, saved.keep, name="customers-view-keep"),
    path(f"{VIEWS}/<uuid:view_id>", saved.open_view, name="customers-view"),
    path(f"{VIEWS}/<uuid:view_id>/change", saved.change, name="customers-view-change"),
    path(f"{VIEWS}/<uuid:view_id>/delete", saved.delete, name="customers-view-delete"),
    path(f"{ONE}/calls", dashboard.quick_log, name="quick-log"),
    path(f"{ONE}/interactions", talks.log, name="customer-log"),
    path(f"{ONE}/interactions/<uuid:interaction_id>", talks.edit, name="customer-edit-interaction"),
    path(
        f"{ONE}/interactions/<uuid:interaction_id>/remove", talks.remove, name="customer-remove-interaction"
    ),
    path(f"{ONE}/family", relatives.add, name="customer-add-relative"),
    path(f"{ONE}/family/<uuid:member_id>", relatives.edit, name="customer-edit-relative"),
    path(f"{ONE}/family/<uuid:member_id>/remove", relatives.remove, name="customer-remove-relative"),
    path(f"{ONE}/tasks", business.add_task, name="customer-add-task"),
    path(f"{ONE}/deals", business.add_deal, name="customer-open-deal"),
    path(f"{ONE}/agent", business.assign, name="customer-owner"),
    path(f"{ONE}/recommendation/wrong", feedback.wrong, name="customer-wrong"),
]
