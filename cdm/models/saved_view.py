"""Views of lists that people keep."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cdm.models.columns import member, text
from cdp.tenancy.models import DomainModel


class SavedView(DomainModel):
    """One set of filters and a sort of the customer list, under a name, for one person or everybody."""

    name = models.CharField(_("name"), max_length=80)
    # The query string of the list, without its page: "temperature=hot&sort=-value".
    query = text(_("filters"), 2000)
    owner = member(_("whose"))
    is_shared = models.BooleanField(_("for everybody"), default=False)

    class Meta(DomainModel.Meta):
        db_table = "saved_views"
        ordering = ["name", "id"]
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "owner", "name"],
                name="saved_views_name_unique",
                violation_error_message=_("You already have a view of this name."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="saved_views_have_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
