"""The endpoints of deals, tasks, quotations and invoices."""

from __future__ import annotations

import functools

from cdm.api import examples, queries
from cdm.api import pipeline_answers as answers
from cdm.api.endpoints import AMBIGUOUS
from cdm.records import pipeline
from cdp.api.operation import operation
from cdp.permissions import PROFILE_READ, PROFILE_WRITE

_list = functools.partial(operation, code=PROFILE_READ, problems=AMBIGUOUS)
_add = functools.partial(operation, code=PROFILE_WRITE, status=201, problems=AMBIGUOUS)
_change = functools.partial(operation, code=PROFILE_WRITE)
_deals, _tasks = "deals", "tasks"
_quotes, _bills = "quotations", "billings"
list_deals = _list("List deals", tag=_deals, query=queries.DealsQuery, answer=answers.Deals)
get_deal = _list("Get a deal", tag=_deals, answer=answers.DealAnswer)
open_deal = _add(
    "Open a deal", tag=_deals, body=pipeline.NewDeal, answer=answers.DealAnswer, example=examples.DEAL
)
change_deal = _change(
    "Change a deal",
    tag=_deals,
    body=pipeline.DealChange,
    answer=answers.DealAnswer,
    example=examples.DEAL_CHANGE,
)
move_deal = _change(
    "Move a deal to another stage",
    tag=_deals,
    body=pipeline.DealMove,
    answer=answers.DealAnswer,
    example=examples.DEAL_MOVE,
)

list_tasks = _list("List tasks", tag=_tasks, query=queries.TasksQuery, answer=answers.Tasks)
get_task = _list("Get a task", tag=_tasks, answer=answers.TaskAnswer)
create_task = _add(
    "Make a task", tag=_tasks, body=pipeline.NewTask, answer=answers.TaskAnswer, example=examples.TASK
)
change_task = _change(
    "Change a task",
    tag=_tasks,
    body=pipeline.TaskChange,
    answer=answers.TaskAnswer,
    example=examples.TASK_CHANGE,
)
complete_task = _change("Mark a task as done", tag=_tasks, answer=answers.TaskAnswer)
reopen_task = _change("Mark a task as not done", tag=_tasks, answer=answers.TaskAnswer)

list_quotations = _list(
    "List quotations", tag=_quotes, query=queries.QuotationsQuery, answer=answers.Quotations
)
get_quotation = _list("Get a quotation", tag=_quotes, answer=answers.QuotationAnswer)
issue_quotation = _add(
    "Issue a quotation",
    tag=_quotes,
    body=pipeline.NewQuotation,
    answer=answers.QuotationAnswer,
    example=examples.QUOTATION,
)
change_quotation = _change(
    "Change a quotation",
    tag=_quotes,
    body=pipeline.QuotationChange,
    answer=answers.QuotationAnswer,
    example=examples.QUOTATION_CHANGE,
)

list_billings = _list("List invoices", tag=_bills, query=queries.BillingsQuery, answer=answers.Billings)
get_billing = _list("Get an invoice", tag=_bills, answer=answers.BillingAnswer)
issue_billing = _add(
    "Issue an invoice",
    tag=_bills,
    body=pipeline.NewBilling,
    answer=answers.BillingAnswer,
    example=examples.BILLING,
)
change_billing = _change(
    "Change an invoice",
    tag=_bills,
    body=pipeline.BillingChange,
    answer=answers.BillingAnswer,
    example=examples.BILLING_CHANGE,
)
pay_billing = _change(
    "Mark an invoice as paid",
    tag=_bills,
    body=pipeline.BillingPayment,
    answer=answers.BillingAnswer,
    example=examples.PAYMENT,
)
