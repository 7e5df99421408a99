"""Tasks."""

from __future__ import annotations

import uuid

from django.db.models import F
from rest_framework.request import Request

from cdm.api import pipeline_endpoints as endpoints
from cdm.api.pipeline_answers import TaskAnswer, Tasks
from cdm.api.queries import TasksQuery
from cdm.api.views.pipeline import RowsViewSet
from cdm.models import ActivityTask
from cdm.operations.create_task import complete_task, create_task, reopen_task, update_task
from cdm.querysets import due_tasks
from cdm.records.pipeline import NewTask, TaskChange
from cdm.rows import found


class TaskViewSet(RowsViewSet):
    """What colleagues mean to do."""

    queryset = ActivityTask.objects.all()

    @endpoints.list_tasks
    def list(self, request: Request, query: TasksQuery) -> Tasks:
        """Those due first come first, those without a day last."""
        rows = due_tasks(self.tenant, query.due) if query.due else ActivityTask.objects.all()
        rows = self.narrowed(rows, query, "owner_id")
        if query.is_done is not None:
            rows = rows.filter(done_at__isnull=not query.is_done)
        ordered = rows.order_by(F("due_at").asc(nulls_last=True), "id")[query.window]
        return Tasks([TaskAnswer.model_validate(row) for row in ordered])

    @endpoints.get_task
    def retrieve(self, request: Request, task_id: uuid.UUID) -> TaskAnswer:
        return TaskAnswer.model_validate(found(ActivityTask, task_id))

    @endpoints.create_task
    def create(self, request: Request, body: NewTask) -> TaskAnswer:
        """Without an owner it is the caller's."""
        customer = self.named(body.customer_id) if body.customer_id is not None else None
        row = create_task(tenant=self.tenant, by=self.actor, profile_id=customer, record=body)
        return TaskAnswer.model_validate(row)

    @endpoints.change_task
    def update(self, request: Request, task_id: uuid.UUID, body: TaskChange) -> TaskAnswer:
        """Changes the fields that are given."""
        row = update_task(tenant=self.tenant, by=self.actor, task_id=task_id, record=body)
        return TaskAnswer.model_validate(row)

    @endpoints.complete_task
    def complete(self, request: Request, task_id: uuid.UUID) -> TaskAnswer:
        """The interaction that asked for it is followed up."""
        return TaskAnswer.model_validate(complete_task(tenant=self.tenant, by=self.actor, task_id=task_id))

    @endpoints.reopen_task
    def reopen(self, request: Request, task_id: uuid.UUID) -> TaskAnswer:
        return TaskAnswer.model_validate(reopen_task(tenant=self.tenant, by=self.actor, task_id=task_id))
