"""The history of a customer holds what was done to all that is theirs, at one cost however long it is."""

from __future__ import annotations

import re
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cdm.models import Interaction
from cdm.operations.add_family_member import add_family_member
from cdm.operations.change_family_member import remove_family_member
from cdm.operations.create_task import complete_task, create_task
from cdm.operations.issue_billing import issue_billing, pay_billing
from cdm.operations.issue_quotation import issue_quotation
from cdm.operations.log_interaction import log_interaction
from cdm.operations.open_deal import move_deal, open_deal
from cdm.records.family import FamilyRecord
from cdm.records.interaction import InteractionRecord
from cdm.records.pipeline import BillingRecord, DealMove, DealRecord, QuotationRecord, TaskRecord
from cdp import audit
from cdp.models import AuditEntry, Membership
from profiles.belonging import customer_of
from profiles.keyset import Position, first_page
from profiles.models import Profile, Tag
from profiles.panels.history import NEWEST_FIRST, PAGE_SIZE, entries_of
from tests.profiles.models.test_plans import analyze, work_of
from tests.profiles.views.conftest import Make, part
from tests.world import World
from unify.operations.merge import merge
from unify.operations.unmerge import unmerge

ENTRIES, CUSTOMERS = 100_000, 500
FILL = """
INSERT INTO audit_entries (id, tenant_id, at, actor_kind, actor_label, verb, object_type, object_id,
                           subject_id, changes, request_id)
SELECT gen_random_uuid(), %(tenant)s, now() - n * interval '1 minute', 'user', 'Alice', 'interaction.log',
       'cdm.interaction', gen_random_uuid(),
       CASE WHEN n %% 5 > 0 THEN md5((n %% %(customers)s)::text)::uuid END, '{}', ''
  FROM generate_series(1, %(entries)s) AS n
"""


def history(client: Client, person: Profile) -> str:
    html: str = part(client, f"/admin/customers/{person.pk}/panels/history").content.decode()
    return html


def log(world: World, person: Profile, subject: str) -> Interaction:
    said = {"interaction_type": "call", "subject": subject, "was_answered": True}
    record = InteractionRecord.parse(said, tenant=world.acme)
    return log_interaction(tenant=world.acme, by=world.by, profile_id=person.pk, record=record)


def test_it_tells_of_relatives_calls_tasks_deals_offers_and_invoices(
    alice: Client, world: World, make: Make
) -> None:
    person, other = make(name="Somchai"), make(name="Malee")
    who: dict[str, Any] = {"tenant": world.acme, "by": world.by}

    def read(kind: Any, said: dict[str, Any]) -> Any:
        return kind.parse(said, tenant=world.acme)

    relative = add_family_member(
        **who, profile_id=person.pk, record=read(FamilyRecord, {"name": "Nok", "relationship": "spouse"})
    )
    remove_family_member(**who, member_id=relative.pk)
    call = log(world, person, "About the wok")
    task = create_task(**who, profile_id=person.pk, record=read(TaskRecord, {"title": "Send the list"}))
    complete_task(**who, task_id=task.pk)
    deal = open_deal(**who, profile_id=person.pk, record=read(DealRecord, {"title": "Forty mugs"}))
    move_deal(**who, deal_id=deal.pk, record=read(DealMove, {"stage": "won"}))
    said = {"number": "QT-7", "deal_id": str(deal.pk)}
    quotation = issue_quotation(**who, profile_id=person.pk, record=read(QuotationRecord, said))
    said = {"number": "INV-9", "quotation_id": str(quotation.pk)}
    invoice = issue_billing(**who, profile_id=person.pk, record=read(BillingRecord, said))
    pay_billing(**who, billing_id=invoice.pk)
    log(world, other, "Somebody else's call")
    html = history(alice, person)
    told = ("Nok", "About the wok", "Send the list", "Forty mugs", "QT-7", "INV-9", "Won", "Paid", "Spouse")
    assert [text for text in told if text not in html] == []
    kinds = ("Interaction", "Family member", "Task", "Deal", "Quotation", "Invoice")
    assert [kind for kind in kinds if f'<span class="badge">{kind}</span>' not in html] == []
    assert Membership.objects.get(user=world.alice).user.name in html, "the agent by name"
    pointers = (person.pk, call.pk, deal.pk, quotation.pk, Membership.objects.get(user=world.alice).pk)
    assert [pk for pk in pointers if f">{pk}<" in html] == [], "no ids"
    assert "Somebody else" not in html


def test_it_goes_on_telling_of_whoever_was_merged_until_that_is_taken_back(
    alice: Client, world: World, make: Make
) -> None:
    survivor, loser = make(name="Somchai Jaidee"), make(name="Somchai J.")
    log(world, loser, "About the wok")
    assert "About the wok" not in history(alice, survivor)
    [done] = merge(tenant=world.acme, by=world.by, winner_id=survivor.pk, loser_ids=[loser.pk])
    html = history(alice, survivor)
    assert "About the wok" in html
    assert "of Somchai J., merged since" in html
    unmerge(tenant=world.acme, by=world.by, merge_id=done.pk)
    assert "About the wok" not in history(alice, survivor)
    assert "About the wok" in history(alice, loser)


def test_what_is_nobody_s_has_no_subject(world: World, make: Make) -> None:
    person = make(name="Somchai")
    assert customer_of(person) == person.pk
    assert customer_of(Tag(name="x")) is None
    assert customer_of(world.acme) is None
    assert not AuditEntry.objects.exclude(object_type="profiles.profile").exclude(subject_id=None).exists()
    assert AuditEntry.objects.filter(object_id=person.pk, subject_id=person.pk).exists()
    assert "customer" in dict(audit.subjects.items())


def test_many_acts_cost_as_many_queries_as_one(alice: Client, world: World, make: Make) -> None:
    person = make(name="Somchai")
    counts = []
    for number in range(25):
        log(world, person, f"Call {number}")
        if number in {0, 24}:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                history(alice, person)
            counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_page_of_the_history_reads_a_page_of_a_hundred_thousand_entries(world: World, acme: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(FILL, {"tenant": acme.pk, "entries": ENTRIES, "customers": CUSTOMERS})
        cursor.execute("SELECT md5('7')::uuid")
        (someone,) = cursor.fetchone()
    analyze("audit_entries")
    entries = AuditEntry.objects.filter(subject_id=someone)
    assert entries.count() == ENTRIES / CUSTOMERS
    assert len(first_page(entries, NEWEST_FIRST, PAGE_SIZE).rows) == PAGE_SIZE
    used, most = work_of(entries.order_by("-at", "-pk")[: PAGE_SIZE + 1])
    assert used == {"audit_entries_by_subject"}
    assert most <= PAGE_SIZE + 1


def test_so_does_a_page_of_whom_others_were_merged_into_long_ago(world: World, acme: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(FILL, {"tenant": acme.pk, "entries": ENTRIES, "customers": CUSTOMERS})
        cursor.execute("SELECT md5(n::text)::uuid FROM unnest(ARRAY[7, 8, 9]) AS n")
        people = [one for (one,) in cursor.fetchall()]
    analyze("audit_entries")
    together = AuditEntry.objects.filter(subject_id__in=people).order_by("-at", "-pk")
    position, shown = None, list[AuditEntry]()
    while len(shown) < 5 * PAGE_SIZE:
        rows = entries_of(people, position).order_by("-at", "-pk")
        used, most = work_of(rows[: PAGE_SIZE + 1])
        assert used <= {"audit_entries_by_subject", "audit_entries_pkey"}
        assert most <= len(people) * (PAGE_SIZE + 1)
        shown += rows[:PAGE_SIZE]
        position = Position(shown[-1].at, shown[-1].pk)
    assert shown == list(together[: 5 * PAGE_SIZE])


def test_the_pages_of_a_survivor_hold_all_of_both(alice: Client, world: World, make: Make) -> None:
    survivor, loser = make(name="Somchai Jaidee"), make(name="Somchai J.")
    for number in range(15):
        log(world, loser, f"Call {number} of one")
        log(world, survivor, f"Call {number} of other")
    merge(tenant=world.acme, by=world.by, winner_id=survivor.pk, loser_ids=[loser.pk])
    path = f"/admin/customers/{survivor.pk}/panels/history"
    html = part(alice, path).content.decode()
    while (more := re.findall(r"before=([^&\"]+)", html)) and len(html) < 10**6:
        following = part(alice, f"{path}?before={more[-1]}").content.decode()
        html += following
        if "before=" not in following:
            break
    said = [f"Call {number} of {whose}" for number in range(15) for whose in ("one", "other")]
    assert [text for text in said if text not in html] == []
