"""Base classes of everything that belongs to a tenant: wall 1, and what walls 2 and 3 are derived from."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, Self, TypeVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from cdp.ids import uuid7
from cdp.tenancy.context import require_tenant_id

if TYPE_CHECKING:
    from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=models.Model)


class ActiveTenant(models.Expression):
    """The active tenant's id, looked up when SQL is compiled: querysets built at import time stay safe."""

    def __init__(self) -> None:
        super().__init__(output_field=models.UUIDField())

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        return "%s", [require_tenant_id()]


class TenantQuerySet(models.QuerySet[M]):
    """A queryset whose empty form needs no tenant."""

    if TYPE_CHECKING:
        # Parts of Django its stubs leave out.
        _db: str | None
        _hints: dict[str, Any]
        query: Any

        def _chain(self) -> Self: ...

    def none(self) -> Self:
        """Return an empty queryset; without the filter on the tenant it can be read anywhere."""
        clone = self._chain()
        clone.query.clear_where()
        clone.query.set_empty()
        return clone


# Nothing bound to a tenant lives in here: the filter is late-bound, so one queryset serves every request.
_scoped: dict[tuple[type[models.Model], type[models.QuerySet[Any]]], TenantQuerySet[Any]] = {}
_Manager = models.Manager.from_queryset(TenantQuerySet)


class TenantManager(_Manager[M]):
    """The default manager of every tenant model: sees the active tenant's rows only, raises without one."""

    if TYPE_CHECKING:
        _db: str | None
        _hints: dict[str, Any]
        _queryset_class: type[TenantQuerySet[Any]]

    def get_queryset(self) -> TenantQuerySet[M]:
        key = (self.model, self._queryset_class)
        # Never `or`: the truth of a queryset runs it.
        scoped = _scoped.get(key)
        if scoped is None:
            scoped = _scoped[key] = self._queryset_class(self.model).filter(tenant_id=ActiveTenant())
        clone = scoped._chain()
        clone._db, clone._hints = self._db, self._hints
        return clone


class TenantForeignKey(models.ForeignKey[Any, Any]):
    """A foreign key between tenant models; the database constraint is the composite one of wall 3."""

    def __init__(self, to: Any, on_delete: Any, **options: Any) -> None:
        options["db_constraint"] = False
        super().__init__(to, on_delete, **options)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, options = super().deconstruct()
        options.pop("db_constraint", None)
        return name, path, list(args), options


def tenant_key(*, is_checked: bool = True) -> models.ForeignKey[Any, Any]:
    """Return the column that says whose row it is.

    Unchecked for rows that cannot be without their owner, by a TenantForeignKey: the check of that key
    compares the tenant as well, and a second one would cost each row of an import as much again.
    """
    return models.ForeignKey(
        "cdp.Tenant",
        on_delete=models.CASCADE,
        editable=False,
        default=require_tenant_id,
        db_index=False,
        db_constraint=is_checked,
        related_name="+",
    )


class TenantModel(models.Model):
    """Anything that belongs to one tenant."""

    # Ledgers set this: the runtime role is granted INSERT and SELECT only.
    append_only: ClassVar[bool] = False

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    tenant = tenant_key()

    objects = TenantManager()
    # Skips wall 1 only; row-level security still holds. After `objects`: the first is the default.
    unscoped = models.Manager()  # noqa: DJ012 (taken for a field)

    class Meta:
        abstract = True
        base_manager_name = "objects"

    # ``tenant`` is not editable, so forms exclude it, and Django would skip every constraint that names it.
    def validate_unique(self, exclude: Collection[str] | None = None) -> None:
        super().validate_unique(set(exclude or ()) - {"tenant"})

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        super().validate_constraints(set(exclude or ()) - {"tenant"})


class DomainModel(TenantModel):
    """A tenant's row that people and programs change: it says when, and by whom."""

    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True, editable=False)
    created_by = models.CharField(max_length=80, blank=True, default="", editable=False)
    updated_by = models.CharField(max_length=80, blank=True, default="", editable=False)

    class Meta(TenantModel.Meta):
        abstract = True


class LedgerError(RuntimeError):
    """An append-only row was about to be changed or deleted: a programming error, never a user's."""


class LedgerQuerySet(TenantQuerySet[M]):
    """Rows that are only ever added."""

    def update(self, **_values: Any) -> NoReturn:
        raise LedgerError(f"{self.model._meta.verbose_name_plural} are never changed")

    def delete(self) -> NoReturn:
        raise LedgerError(f"{self.model._meta.verbose_name_plural} are never deleted")


LedgerManager = TenantManager.from_queryset(LedgerQuerySet)


class LedgerModel(TenantModel):
    """A row that is written once; PostgreSQL refuses the runtime role any change as well."""

    append_only = True

    objects: ClassVar = LedgerManager()

    class Meta(TenantModel.Meta):
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise LedgerError(f"{self._meta.verbose_name_plural} are never changed")
        super().save(*args, **options)

    def delete(self, *_args: Any, **_options: Any) -> NoReturn:
        raise LedgerError(f"{self._meta.verbose_name_plural} are never deleted")
