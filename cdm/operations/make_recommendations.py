"""Making the recommendations of a tenant anew: whom to call, with what, when, and what they are worth."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta

from django.db import OperationalError, transaction
from django.utils import timezone, translation

from cdm.automation.evaluating import evaluate_rules
from cdm.automation.queueing import send_soon
from cdm.insights.errors import InsightsError, NotEnoughOrders
from cdm.insights.orders.book import OrderBook, day_number
from cdm.insights.timing import Attempts
from cdm.models import InsightFit
from cdm.operations.rules_of import rules_of
from cdm.recommending.contacts import (
    LOOK_DAYS,
    Contacts,
    Looks,
    read_attempts,
    read_contacts,
    read_looks,
)
from cdm.recommending.customers import Catalogue, Customers, number_rows, read_catalogue, read_customers
from cdm.recommending.kept import keep
from cdm.recommending.learning import learn_first_orders, learn_scores, learn_worth, standing
from cdm.recommending.listing import list_calls
from cdm.recommending.orders import read_book
from cdm.recommending.products import learn_products
from cdm.recommending.rows import Night, rows
from cdm.recommending.runs import Progress, Superseded, begin, create_run, fail, finish, hold
from cdm.recommending.situations import thresholds_of, today_of
from cdm.recommending.times import Times
from cdm.recommending.writing import write
from cdp.actors import Actor
from cdp.models import Tenant
from cdp.postgresql.statistics import know_tenant
from profiles.locking import lock_values

BY = Actor.system("recommendations")
_TABLES = (
    *("profiles", "products", "orders", "order_lines", "customer_interactions", "customer_behavior"),
    *("customer_summaries", "recommendations", "rule_firings"),
)
UNEXPECTED = "An unexpected error stopped it. The recommendations of the night before are still there."


def make_recommendations(
    tenant: Tenant, *, fit_id: uuid.UUID | None = None, now: datetime | None = None, by: Actor = BY
) -> InsightFit:
    """Compute a recommendation for every active customer, and replace those of the night before.

    Until all are there nothing changes, so it may be killed and run again; a run that another worker has
    taken over since ends without a word. Without ``fit_id`` a run is made. Raises RunAtWork, RunNotFound.
    """
    now = now or timezone.now()
    fit_id = fit_id or create_run(tenant=tenant, by=by).pk
    fit = begin(fit_id, today_of(tenant, now))
    if fit is None:
        return InsightFit.objects.get(pk=fit_id)
    try:
        _make(tenant, fit, now, by)
    except Superseded:
        return InsightFit.objects.get(pk=fit_id)
    except InsightsError as error:
        fail(fit, str(error))
    except OperationalError:
        raise
    except Exception:
        fail(fit, UNEXPECTED)
        raise
    return InsightFit.objects.get(pk=fit_id)


def _make(tenant: Tenant, fit: InsightFit, now: datetime, by: Actor) -> None:
    know_tenant(_TABLES)
    progress = Progress(fit)
    night, book = _learned(tenant, now, progress)
    progress.step("writing", len(night.customers))
    # Reasons are kept in English; pages tell them anew in the reader's language.
    with transaction.atomic(), translation.override("en"):
        # Who holds it is at work, however long the table takes.
        current = hold(fit)
        # Before any row: who evaluates rules takes the lock first, too, and two orders would be a deadlock.
        lock_values(tenant.pk, ["automation_rules", "call_listings"])
        written = write(tenant, fit.pk, now, rows(night))
        progress.stop()
        keep(current, night, book, written, progress.seconds)
        # Before the lists are written: rules move customers up them.
        if evaluate_rules(tenant, now=now).to_send:
            send_soon(tenant.pk)
        list_calls(tenant, night.rules, now=now)
        finish(current, by=by)


def _learned(tenant: Tenant, now: datetime, progress: Progress) -> tuple[Night, OrderBook]:
    today, rules = today_of(tenant, now), rules_of(tenant)
    cutoff = day_number(today)
    progress.step("reading")
    customers, catalogue, book, attempts, looks, contacts = _read(tenant, today)
    progress.step("scoring")
    try:
        scores, windows = learn_scores(book, cutoff)
    except NotEnoughOrders:
        scores, windows = None, []
    first = learn_first_orders(book, customers, cutoff)
    progress.step("valuing")
    worth = None if scores is None else learn_worth(scores, windows)
    progress.step("choosing products")
    products = learn_products(book.sales_before(cutoff), catalogue, len(customers), cutoff)
    night = Night(
        currency=tenant.currency,
        rules=rules,
        thresholds=thresholds_of(rules),
        customers=customers,
        catalogue=catalogue,
        contacts=contacts,
        looks=looks,
        scores=scores,
        standing=standing(scores, customers, first),
        first=first,
        worth=worth,
        products=products,
        times=Times(attempts, customers.available_times, rules.closed_hours),
    )
    return night, book


@transaction.atomic
def _read(tenant: Tenant, today: date) -> tuple[Customers, Catalogue, OrderBook, Attempts, Looks, Contacts]:
    number_rows(tenant)
    customers, catalogue = read_customers(tenant), read_catalogue(tenant)
    return (
        customers,
        catalogue,
        read_book(tenant, customers, catalogue),
        read_attempts(tenant),
        read_looks(tenant, today - timedelta(days=LOOK_DAYS)),
        read_contacts(tenant, len(customers), today),
    )
