"""`manage.py make_customers`: fill a tenant with made-up customers."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError, OutputWrapper

from cdp.models import Tenant
from profiles.demo import load
from profiles.registries import customers_made

WIDTH = 30
SILENCE_SECONDS = 2.0


class Command(BaseCommand):
    """Adds N customers with contact points, identifiers, tags, and events if asked."""

    help = "Add N believable made-up customers, duplicates and households among them, to a tenant."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("count", type=int, metavar="N")
        parser.add_argument("--tenant", required=True, metavar="SLUG", help="short name of the tenant")
        parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same people")
        parser.add_argument("--events-per-customer", type=float, default=0.0, metavar="K")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make the customers."""
        count, events = options["count"], options["events_per_customer"]
        if not 1 <= count <= 50_000_000:  # noqa: PLR2004 (more would not fit a tenant's tables)
            raise CommandError("N must be between 1 and 50,000,000.")
        if not 0 <= events <= 1000:  # noqa: PLR2004 (likewise)
            raise CommandError("K must be between 0 and 1,000.")
        tenant = _tenant(options["tenant"])
        bar = Bar(self.stderr)
        started = time.monotonic()
        done = load(tenant, count, options["seed"], events_per_customer=events, progress=bar.show)
        bar.end()
        for follow in customers_made:
            follow(tenant)
        seconds = time.monotonic() - started
        self.stdout.write(
            f"{done:,} customers for {tenant.slug} in {seconds:.1f} s ({done / seconds:,.0f}/s)."
        )


class Bar:
    """A progress bar: one line that moves on a terminal, a line every two seconds elsewhere."""

    def __init__(self, out: OutputWrapper) -> None:
        self._out = out
        self._is_terminal = sys.stderr.isatty()
        self._started = self._said = time.monotonic()

    def show(self, done: int, total: int) -> None:
        """Say how far we are."""
        now = time.monotonic()
        if not self._is_terminal and now - self._said < SILENCE_SECONDS:
            return
        self._said = now
        full = WIDTH * done // total
        left = (now - self._started) / done * (total - done)
        text = f"[{'#' * full}{'.' * (WIDTH - full)}] {done:,} of {total:,}, {left:.0f} s left"
        self._out.write(
            f"\r{text}  " if self._is_terminal else text, ending="" if self._is_terminal else "\n"
        )
        self._out.flush()

    def end(self) -> None:
        """Leave the line of the bar."""
        if self._is_terminal:
            self._out.write("")


def _tenant(slug: str) -> Tenant:
    tenant = Tenant.objects.filter(slug=slug).first()
    if tenant is None:
        known = ", ".join(Tenant.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"There is no tenant {slug!r}. Tenants: {known}.")
    return tenant
