"""Invitations that wait for an answer; everybody who is a member now has joined."""

from __future__ import annotations

from typing import ClassVar

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cdp", "0002_stored_answers")]

    operations: ClassVar = [
        migrations.AddField(
            "membership",
            "invited_at",
            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="invited"),
        ),
        migrations.AddField(
            "membership",
            "joined_at",
            models.DateTimeField(
                blank=True,
                default=django.utils.timezone.now,
                editable=False,
                null=True,
                verbose_name="joined",
            ),
        ),
        migrations.RunSQL("UPDATE memberships SET joined_at = created_at", migrations.RunSQL.noop),
        migrations.AddConstraint(
            "membership",
            models.CheckConstraint(
                condition=models.Q(
                    ("is_active", False),
                    models.Q(("invited_at__isnull", True), ("joined_at__isnull", False)),
                    _connector="OR",
                ),
                name="memberships_active_ones_have_joined",
            ),
        ),
    ]
