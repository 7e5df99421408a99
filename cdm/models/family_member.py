"""Family of customers."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cdm.choices import Relationship
from cdm.models.columns import is_partial_date, one_of, partial_date, text
from cdp.tenancy.models import DomainModel, TenantForeignKey
from profiles.choices import Gender
from profiles.models.days import day_key


class FamilyMember(DomainModel):
    """One relative of a customer; where the relative is a customer too, ``relative`` leads there."""

    profile = TenantForeignKey(
        "profiles.Profile",
        models.CASCADE,
        verbose_name=_("customer"),
        related_name="family_members",
        db_index=False,
    )
    # Somebody else, as the verbs see to; not a constraint, because a merge of two who are linked moves both
    # ends to the survivor, and must find them there when it is taken back. Such rows are shown to nobody.
    relative = TenantForeignKey(
        "profiles.Profile",
        models.SET_NULL,
        verbose_name=_("own profile"),
        null=True,
        blank=True,
        related_name="relative_of",
        db_index=False,
    )
    name = models.CharField(_("name"), max_length=255)
    relationship = models.CharField(_("relationship"), max_length=20, choices=Relationship.choices)
    phone = text(_("phone"), 20)
    email = text(_("e-mail"), 254)
    date_of_birth = models.DateField(_("date of birth"), null=True, blank=True)
    partial_birth_date = partial_date(_("birthday without its year"))
    anniversary_date = models.DateField(_("anniversary"), null=True, blank=True)
    partial_anniversary = partial_date(_("anniversary without its year"))
    gender = text(_("gender"), 10, choices=Gender.choices)
    profession = text(_("profession"), 120)
    is_deceased = models.BooleanField(_("has died"), default=False, db_default=False)

    birth_key = day_key("date_of_birth", "partial_birth_date")
    anniversary_key = day_key("anniversary_date", "partial_anniversary")

    class Meta(DomainModel.Meta):
        db_table = "customer_family_members"
        ordering = ["created_at", "id"]
        verbose_name = _("family member")
        verbose_name_plural = _("family members")
        indexes = [
            models.Index(fields=["tenant", "profile"], name="family_by_customer"),
            models.Index(
                fields=["tenant", "relative"],
                condition=models.Q(relative__isnull=False),
                name="family_by_relative",
            ),
            *(
                models.Index(
                    fields=["tenant", key],
                    condition=models.Q(**{f"{key}__isnull": False}),
                    name=f"family_by_{key}",
                )
                for key in ("birth_key", "anniversary_key")
            ),
        ]
        constraints = [
            one_of("relationship", Relationship.values, "family_relationship_is_known"),
            models.CheckConstraint(condition=~models.Q(name=""), name="family_has_a_name"),
            is_partial_date("partial_birth_date", "family_birthday_is_a_day"),
            is_partial_date("partial_anniversary", "family_anniversary_is_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_relationship_display()})"
