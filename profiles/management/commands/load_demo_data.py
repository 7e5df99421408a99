"""`manage.py load_demo_data`: two companies to look at, with people to log in as."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cdp import demo
from cdp.actors import Actor
from cdp.after_commit import postponing
from cdp.choices import Role
from cdp.models import ApiKey, Membership, Tenant, User
from cdp.permissions import ALL_CODES
from cdp.tenancy.context import tenant_context
from profiles.choices import LifecycleStage
from profiles.demo import load
from profiles.models import Profile, Segment
from profiles.operations.segment_profiles import add_to_segments
from profiles.registries import demo_steps

BY = Actor.system("demo")
# The second company is smaller, and large enough for its story.
SECOND_SHARE, SECOND_LEAST = 2 / 15, 200
EVENTS_PER_CUSTOMER = 6.0
SEGMENT_SIZE = 500
SEGMENTS = {
    "Loyal and VIP": ("Customers who come back by themselves.", [LifecycleStage.LOYAL, LifecycleStage.VIP]),
    "Win back": ("Bought before, silent since.", [LifecycleStage.INACTIVE]),
    "First order, no second": ("One purchase so far.", [LifecycleStage.FIRST_BUYER]),
}


class Command(BaseCommand):
    """Makes the demo companies, once."""

    help = "Make two demo companies with customers and logins, once; local copies only."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Make what is not there yet."""
        if not settings.LOCAL:
            raise CommandError("The demo's passwords are public: it is made on local copies only.")
        owner = _person(demo.OWNER_EMAIL, "Pim Suwannarat")
        agent = _person(demo.AGENT_EMAIL, "Arthit Chaiyasit")
        second_owner = _person(demo.SECOND_EMAIL, "Thandi Nkosi")
        number = settings.DEMO_CUSTOMERS
        fewer = max(SECOND_LEAST, round(number * SECOND_SHARE))
        first = self._company(demo.TENANT_SLUG, "Siam Retail", "TH", "Asia/Bangkok", "THB", number)
        second = self._company(
            demo.SECOND_TENANT_SLUG, "Cape Outdoors", "ZA", "Africa/Johannesburg", "ZAR", fewer
        )
        for tenant, user, role in (
            (first, owner, Role.OWNER),
            (first, agent, Role.AGENT),
            (second, second_owner, Role.OWNER),
            (second, owner, Role.MANAGER),
        ):
            Membership.objects.get_or_create(tenant=tenant, user=user, defaults={"role": role})
        if not ApiKey.objects.matching(demo.API_KEY).exists():
            ApiKey.issue(tenant=first, name="Demo key", scopes=ALL_CODES, by=BY, key=demo.API_KEY)
        with postponing():
            for name, step in demo_steps.items():
                self.stdout.write(f"Making the demo companies complete: {name} …")
                step(first, [owner.actor, agent.actor])
                step(second, [second_owner.actor, owner.actor])
        for tenant in (first, second):
            with tenant_context(tenant):
                _segments(tenant)
        self.stdout.write("The demo companies are there.")

    @transaction.atomic
    def _company(
        self, slug: str, name: str, region: str, time_zone: str, currency: str, customers: int
    ) -> Tenant:
        tenant, is_new = Tenant.objects.get_or_create(
            slug=slug,
            defaults={"name": name, "region": region, "time_zone": time_zone, "currency": currency},
        )
        if is_new:
            self.stdout.write(f"Making {customers:,} customers for {name} …")
            with tenant_context(tenant):
                load(tenant, customers, 1, events_per_customer=EVENTS_PER_CUSTOMER)
        return tenant


def _person(email: str, name: str) -> User:
    user = User.objects.filter(email=email).first()
    return user or User.objects.create_user(email, demo.PASSWORD, name=name)


def _segments(tenant: Tenant) -> None:
    """Put customers into segments by what their orders made of them, once."""
    if Segment.objects.filter(name__in=SEGMENTS).exists():
        return
    for name, (description, stages) in SEGMENTS.items():
        segment = Segment.objects.create(
            name=name, description=description, created_by=str(BY), updated_by=str(BY)
        )
        members = Profile.objects.active().filter(lifecycle_stage__in=stages).values_list("pk", flat=True)
        add_to_segments(
            tenant=tenant, by=BY, profile_ids=list(members[:SEGMENT_SIZE]), segment_ids=[segment.pk]
        )
