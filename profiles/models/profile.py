"""Customers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Concat, Lower
from django.utils.translation import gettext_lazy as _

from cdp.tenancy.models import DomainModel, TenantForeignKey, TenantManager
from profiles.choices import Gender, LifecycleStage, MaritalStatus, ProfileStatus, ProfileType
from profiles.models.days import day_key
from profiles.querysets import ProfileQuerySet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _text(name: StrOrPromise, length: int, **options: Any) -> models.CharField[str, str]:
    return models.CharField(name, max_length=length, blank=True, default="", **options)


def _reference(name: StrOrPromise) -> models.CharField[str | None, str | None]:
    return models.CharField(name, max_length=255, null=True, blank=True)


# Everything a person types to find a customer, in lower case. Stored, because under row security only a
# leakproof operator on a plain column may use an index.
SEARCH_FIELDS = ("name", "first_name", "last_name", "company_name", "email", "phone", "member_id")


# A day of which only a part is known, as ISO 8601 truncates it.
PARTIAL_DATE = r"^--(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?$"

# Columns whose value belongs to one customer alone.
UNIQUE_IDS = ("auth_user_id", "scl_member_id", "teetime_player_id", "messaging_contact_id", "member_id")


def _search_text() -> Lower:
    parts: list[Any] = []
    for field in SEARCH_FIELDS:
        parts += [Coalesce(F(field), Value("")), Value(" ")]
    return Lower(Concat(*parts[:-1]))


ProfileManager = TenantManager.from_queryset(ProfileQuerySet)


class Profile(DomainModel):
    """One person or company as this tenant knows them: the golden record."""

    type = models.CharField(
        _("type"), max_length=10, choices=ProfileType.choices, default=ProfileType.INDIVIDUAL
    )
    status = models.CharField(
        _("status"), max_length=8, choices=ProfileStatus.choices, default=ProfileStatus.ACTIVE
    )
    # The survivor of the merge this profile lost.
    merged_into = TenantForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_profiles", editable=False
    )

    name = _text(_("name"), 255)
    display_name = _text(_("short name"), 255)
    first_name = _text(_("first name"), 120)
    last_name = _text(_("last name"), 120)
    company_name = _text(_("company"), 200)

    email = models.CharField(_("e-mail"), max_length=254, blank=True, default="")
    phone = models.CharField(_("phone"), max_length=20, blank=True, default="")
    address = models.JSONField(_("address"), default=dict, blank=True)

    company_tax_id = _text(_("tax id"), 40)
    industry = _text(_("industry"), 120)
    company_size = _text(_("company size"), 40)
    website = _text(_("website"), 300)

    date_of_birth = models.DateField(_("date of birth"), null=True, blank=True)
    # Where the year is not known: --05-15, or the month alone as --05 (ISO 8601, truncated).
    partial_birth_date = _text(_("birthday without its year"), 7, db_default="")
    gender = _text(_("gender"), 10, choices=Gender.choices)
    marital_status = _text(_("marital status"), 20, choices=MaritalStatus.choices, db_default="")
    anniversary_date = models.DateField(_("anniversary"), null=True, blank=True)
    partial_anniversary = _text(_("anniversary without its year"), 7, db_default="")
    profession = _text(_("profession"), 120, db_default="")
    # What the customer said: "10:00-12:00", "evenings".
    available_time = _text(_("best time to reach"), 50, db_default="")
    # {"channels": [preferred first], "language": "th", "doNotContact": true, "doNotCall": true}
    contact_preferences = models.JSONField(
        _("contact preferences"), default=dict, db_default=Value({}, models.JSONField()), blank=True
    )

    is_deceased = models.BooleanField(_("has died"), default=False, db_default=False)

    lifecycle_stage = models.CharField(
        _("lifecycle stage"), max_length=20, choices=LifecycleStage.choices, default=LifecycleStage.SUBSCRIBER
    )
    membership_tier = _text(_("membership tier"), 40)
    member_id = _reference(_("member id"))

    auth_user_id = _reference(_("login id"))
    scl_member_id = models.BigIntegerField(_("SCL member id"), null=True, blank=True)
    teetime_player_id = _reference(_("tee time player id"))
    messaging_contact_id = _reference(_("messaging contact id"))

    attributes = models.JSONField(_("attributes"), default=dict, blank=True)
    metadata = models.JSONField(_("metadata"), default=dict, blank=True)

    primary_source = _text(_("primary source"), 40)
    merged_from = models.JSONField(_("merged from"), default=list, blank=True, editable=False)
    merged_at = models.DateTimeField(_("merged"), null=True, blank=True, editable=False)
    # Who said what, for fields a merge has decided about: {field: {"from", "source", "at", "rule", "group"}}.
    provenance = models.JSONField(
        default=dict, db_default=Value({}, models.JSONField()), blank=True, editable=False
    )
    last_synced_at = models.DateTimeField(_("last synced"), null=True, blank=True, editable=False)
    last_activity_at = models.DateTimeField(_("last activity"), null=True, blank=True, editable=False)
    deleted_at = models.DateTimeField(_("deactivated"), null=True, blank=True, editable=False)
    # Counts every change: the ETag of the API and the guard against lost updates on pages.
    version = models.PositiveIntegerField(default=1, editable=False)

    birth_key = day_key("date_of_birth", "partial_birth_date")
    anniversary_key = day_key("anniversary_date", "partial_anniversary")
    search_text = models.GeneratedField(
        expression=_search_text(), output_field=models.TextField(), db_persist=True
    )

    objects: ClassVar = ProfileManager()

    class Meta(DomainModel.Meta):
        db_table = "profiles"
        ordering = ["-created_at", "-id"]
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        indexes = [
            models.Index(fields=["tenant", "-created_at", "-id"], name="profiles_by_creation"),
            models.Index(fields=["tenant", "-updated_at", "-id"], name="profiles_by_change"),
            models.Index(
                F("tenant"),
                F("last_activity_at").desc(nulls_last=True),
                F("id").desc(),
                name="profiles_by_activity",
            ),
            models.Index(fields=["tenant", "name", "id"], name="profiles_by_name"),
            # Partial: most files have no such days, and then an import pays nothing for them.
            *(
                models.Index(
                    fields=["tenant", key],
                    condition=Q(**{f"{key}__isnull": False}),
                    name=f"profiles_by_{key}",
                )
                for key in ("birth_key", "anniversary_key")
            ),
            # Whole, not partial: which kind is the rare one differs from tenant to tenant.
            models.Index(fields=["tenant", "status", "-created_at", "-id"], name="profiles_by_status"),
            models.Index(fields=["tenant", "type", "-created_at", "-id"], name="profiles_by_type"),
            models.Index(
                fields=["tenant", "lifecycle_stage", "-created_at", "-id"], name="profiles_by_stage"
            ),
            models.Index(
                fields=["tenant", "primary_source", "-created_at", "-id"], name="profiles_by_source"
            ),
            models.Index(
                fields=["tenant", "merged_into"],
                condition=Q(merged_into__isnull=False),
                name="profiles_merged",
            ),
            # The ids of merged customers still lead to their survivors; the unique indexes leave them out.
            *(
                models.Index(
                    fields=["tenant", field],
                    condition=Q(**{f"{field}__isnull": False, "merged_into__isnull": False}),
                    name=f"lost_{field}",
                )
                for field in UNIQUE_IDS
            ),
            GinIndex(F("tenant"), OpClass(F("search_text"), "gin_trgm_ops"), name="profiles_search"),
        ]
        constraints = [
            *(
                models.UniqueConstraint(
                    fields=["tenant", field],
                    condition=Q(**{f"{field}__isnull": False, "merged_into__isnull": True}),
                    name=f"profiles_{field}_unique",
                    violation_error_message=_("Another customer already has this value."),
                )
                for field in UNIQUE_IDS
            ),
            models.CheckConstraint(condition=Q(type__in=ProfileType.values), name="profiles_type_is_known"),
            models.CheckConstraint(
                condition=Q(status__in=ProfileStatus.values), name="profiles_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(lifecycle_stage__in=LifecycleStage.values), name="profiles_stage_is_known"
            ),
            models.CheckConstraint(
                condition=Q(partial_birth_date="") | Q(partial_birth_date__regex=PARTIAL_DATE),
                name="profiles_birthday_is_a_day",
            ),
            models.CheckConstraint(
                condition=Q(partial_anniversary="") | Q(partial_anniversary__regex=PARTIAL_DATE),
                name="profiles_anniversary_is_a_day",
            ),
            models.CheckConstraint(
                condition=Q(status="MERGED", merged_into__isnull=False)
                | (~Q(status="MERGED") & Q(merged_into__isnull=True)),
                name="profiles_merged_names_survivor",
            ),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """Return the name lists show: soft-deleted profiles keep their name and are marked."""
        name = self.name or self.email or self.phone or str(_("Unnamed customer"))
        return f"[INACTIVE] {name}" if self.status == ProfileStatus.INACTIVE else name

    @property
    def is_open(self) -> bool:
        """Tell whether the profile may be changed: merged and deleted ones may not."""
        return self.status in {ProfileStatus.ACTIVE, ProfileStatus.INACTIVE}
