"""Factories of the platform."""

from __future__ import annotations

from collections.abc import Callable

import factory
from factory.django import DjangoModelFactory

from cdp.choices import Role
from cdp.models import Membership, Tenant, User

PASSWORD = "correct horse battery"


class _Tenant(DjangoModelFactory[Tenant]):
    class Meta:
        model = Tenant

    name = factory.Sequence(lambda n: f"Company {n}")
    slug = factory.Sequence(lambda n: f"company-{n}")


class _User(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.com")
    name = factory.Sequence(lambda n: f"Person {n}")
    password = factory.django.Password(PASSWORD)


class _Membership(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    tenant = factory.SubFactory(_Tenant)
    user = factory.SubFactory(_User)
    role = Role.AGENT


# Typed as functions: type checkers do not see that calling a factory class makes a row.
TenantFactory: Callable[..., Tenant] = _Tenant.create
UserFactory: Callable[..., User] = _User.create
MembershipFactory: Callable[..., Membership] = _Membership.create
