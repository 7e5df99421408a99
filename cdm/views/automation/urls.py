"""Addresses of the pages of rules, and of what calling changed."""

from django.urls import path

from cdm.views import working_rules
from cdm.views.automation import acts, holdout, pages

RULES = "admin/crm/automation"
ONE = f"{RULES}/<uuid:rule_id>"

urlpatterns = [
    path(RULES, pages.automation, name="automation"),
    path(f"{RULES}/new", pages.new, name="automation-new"),
    path(f"{RULES}/save", acts.save, name="automation-create"),
    path(f"{RULES}/count", acts.count, name="automation-count"),
    path(f"{RULES}/reshape", acts.reshape, name="automation-reshape"),
    path(f"{RULES}/make", acts.make, name="automation-make"),
    path(ONE, pages.edit, name="automation-rule"),
    path(f"{ONE}/save", acts.save, name="automation-save"),
    *(path(f"{ONE}/{verb}", acts.act, {"verb": verb}, name=f"automation-{verb}") for verb in acts.VERBS),
    path("admin/crm/holdout", holdout.holdout, name="holdout"),
    path("admin/crm/rules", working_rules.working_rules, name="working-rules"),
    path("admin/crm/rules/count", working_rules.consequences, name="working-rules-count"),
]
