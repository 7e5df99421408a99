"""What is done for many customers reads each of their rows a few times, also where the planner knows nothing.

To a planner whose statistics are older than a tenant, all of the tenant is one row.
"""

from __future__ import annotations

import pytest
from django.db import connection
from django.utils import timezone

from cdm.automation.evaluating import evaluate_rules
from cdm.automation.rules import RuleRecord
from cdm.models import CustomerSummary, Recommendation
from cdm.operations.refresh_summaries import refresh_range, refresh_summaries
from cdm.operations.save_rule import save_rule
from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from profiles.models import Profile
from tests.factories.cdm_insights import InsightFitFactory, RecommendationFactory
from tests.unknown_tenant import analyzed, grown, rows_read
from tests.world import World

CUSTOMERS = 300
# The steps of one statement hand each customer on; none does so once for each of the others.
MOST_READS = 100
SUMMED_UP = ("profiles", "orders", "customer_summaries")
_RECOMMEND = """
INSERT INTO recommendations SELECT (jsonb_populate_record(r, jsonb_build_object(
    'id', gen_random_uuid(), 'profile_id', p.id))).*
  FROM recommendations AS r, profiles AS p
 WHERE r.tenant_id = %(tenant)s AND p.tenant_id = %(tenant)s AND p.id <> r.profile_id
"""


@pytest.fixture
def unknown(world: World) -> Tenant:
    """Acme, come after the planner has looked: it knows zenith alone."""
    grown(world.zenith, 2 * CUSTOMERS)
    with tenant_context(world.zenith):
        refresh_summaries(tenant=world.zenith, profile_ids=[*Profile.objects.values_list("pk", flat=True)])
        RecommendationFactory(fit=InsightFitFactory())
    analyzed(*SUMMED_UP, "recommendations", "rule_firings", "insight_fits")
    grown(world.acme, CUSTOMERS)
    return world.acme


@pytest.mark.parametrize("behaves_as_before", [False, True])
def test_summaries_of_listed_customers_read_each_table_once(unknown: Tenant, behaves_as_before: bool) -> None:
    with tenant_context(unknown):
        ids = list(Profile.objects.values_list("pk", flat=True))
        with rows_read() as read:
            refresh_summaries(tenant=unknown, profile_ids=ids, behaves_as_before=behaves_as_before)
        assert CUSTOMERS < max(read) < MOST_READS * CUSTOMERS
        assert CustomerSummary.objects.filter(orders=1).count() == CUSTOMERS


def test_summaries_of_a_range_of_customers_read_each_table_once(unknown: Tenant) -> None:
    with tenant_context(unknown):
        ids = sorted(Profile.objects.values_list("pk", flat=True))
        with rows_read() as read:
            refresh_range(tenant=unknown, low=ids[0], high=ids[-1], now=timezone.now(), tells_first=True)
        assert CUSTOMERS < max(read) < MOST_READS * CUSTOMERS
        assert CustomerSummary.objects.filter(orders=1).count() == CUSTOMERS


def test_a_rule_for_everybody_reads_each_table_once(unknown: Tenant, world: World) -> None:
    record = {"all": [{"field": "type", "operator": "eq", "value": "INDIVIDUAL"}]}
    rule = {"name": "Boost", "is_active": True, "conditions": record, "actions": {"boost": 5}}
    with tenant_context(unknown):
        RecommendationFactory(fit=InsightFitFactory(), profile=Profile.objects.first(), total_points=10)
        with connection.cursor() as cursor:
            cursor.execute(_RECOMMEND, {"tenant": unknown.pk})
        save_rule(tenant=unknown, by=world.by, record=RuleRecord.parse(rule))
        with rows_read() as read:
            assert evaluate_rules(unknown).fired == CUSTOMERS
        assert CUSTOMERS < max(read) < MOST_READS * CUSTOMERS
        assert Recommendation.objects.filter(boost=5, total_points=15).count() == CUSTOMERS
