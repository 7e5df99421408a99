"""Rows of imports."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cdp.tenancy.models import TenantForeignKey, TenantModel, tenant_key
from profiles.imports.choices import RowAction, UndoOutcome
from profiles.imports.models.run import ImportRun


class ImportRow(TenantModel):
    """What became of one row of an import: its outcome, its errors, and the way back, all at once.

    ``profile_id`` names the customer as they were then: it outlives merges and deletions, as the audit does.
    """

    id = None  # type: ignore[assignment]
    tenant = tenant_key(is_checked=False)  # by the key of the run
    pk = models.CompositePrimaryKey("run_id", "row_no")
    run = TenantForeignKey(ImportRun, models.CASCADE, related_name="rows", db_index=False)
    row_no = models.IntegerField(_("row"))
    # The line of the file, or the row of the sheet, where the record starts: empty ones count there.
    line_no = models.IntegerField(_("line"), null=True)
    action = models.CharField(_("outcome"), max_length=9, choices=RowAction.choices)
    profile_id = models.UUIDField(_("customer"), null=True)
    # {"first_name": [old, new], "address.city": [old, new], "emails": [[], ["added"]]}
    changes = models.JSONField(_("changes"), null=True)
    # [{"field": "email", "column": "E-mail", "message": "…"}]
    errors = models.JSONField(_("errors"), null=True)
    # English, one remark a line.
    note = models.TextField(_("note"), blank=True, default="")
    # Who the record is about and what it said, as 64-bit hashes: a record that was applied already is not
    # applied again, so importing a file twice changes nothing and later edits by hand stand.
    record_key = models.BigIntegerField(null=True, editable=False)
    record_hash = models.BigIntegerField(null=True, editable=False)
    undone = models.CharField(_("undo"), max_length=8, choices=UndoOutcome.choices, blank=True, default="")

    class Meta(TenantModel.Meta):
        db_table = "import_rows"
        ordering = ["run_id", "row_no"]
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        indexes = [
            models.Index(
                fields=["tenant", "profile_id"],
                condition=Q(action__in=["create", "update"]),
                name="import_rows_by_profile",
            ),
            models.Index(
                fields=["tenant", "record_key", "run"],
                condition=Q(record_key__isnull=False),
                name="import_rows_by_record",
            ),
            # Whole: any outcome may be the one that is rare among a million rows.
            models.Index(fields=["tenant", "run", "action", "row_no"], name="import_rows_by_action"),
        ]

    def __str__(self) -> str:
        return f"{self.row_no}: {self.get_action_display()}"

    @property
    def notes(self) -> list[str]:
        """Return the remarks, in English."""
        return self.note.splitlines()
