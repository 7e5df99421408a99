"""People log in by e-mail, in whatever case they write it."""

from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.test import RequestFactory

from cdp.models import User
from tests.factories.cdp import PASSWORD, UserFactory
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("written", ["Alice@Example.com", " alice@example.com ", "ALICE@EXAMPLE.COM"])
def test_an_address_is_kept_and_found_in_lower_case(written: str) -> None:
    user = UserFactory(email=written)
    assert User.objects.get(pk=user.pk).email == "alice@example.com"
    request = RequestFactory().post("/admin/login/")
    assert authenticate(request, username="aLiCe@example.com", password=PASSWORD) == user
    assert User.objects.get_by_natural_key(written) == user


def test_two_people_cannot_share_an_address_in_different_case() -> None:
    UserFactory(email="alice@example.com")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email="ALICE@example.com")])


def test_a_person_with_a_membership_cannot_be_deleted(world: World) -> None:
    with pytest.raises(ProtectedError):
        world.bob.delete()
    assert User.objects.filter(pk=world.bob.pk).exists()


def test_a_superuser_may_do_everything_of_the_platform() -> None:
    user = User.objects.create_superuser("root@example.com", PASSWORD)
    assert user.is_superuser
    assert user.is_staff
    assert user.check_password(PASSWORD)


def test_a_person_is_shown_by_name_and_otherwise_by_address() -> None:
    assert str(User(email="a@example.com", name="Alice Smith")) == "Alice Smith"
    assert User(email="a@example.com", name="Alice Smith").get_short_name() == "Alice"
    assert str(User(email="a@example.com")) == "a@example.com"
    assert User(email="a@example.com").get_short_name() == "a@example.com"


def test_an_actor_names_the_person(world: World) -> None:
    actor = world.alice.actor
    assert (actor.kind, actor.id, actor.label) == ("user", world.alice.pk, "Alice")
    assert str(actor) == f"user:{world.alice.pk}"
