"""The tenant of a page request: chosen from the memberships, kept for the whole answer, given back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.test import Client
from django.urls import path
from django.utils import timezone

from cdp.models import Membership
from cdp.tenancy.context import active_tenant_id, tenant_context
from cdp.tenancy.middleware import SESSION_KEY
from profiles.models import Profile
from tests.factories.cdp import MembershipFactory, UserFactory
from tests.factories.profiles import ProfileFactory
from tests.world import World


def names(request: HttpRequest) -> HttpResponse:
    return HttpResponse(",".join(Profile.objects.values_list("name", flat=True)))


def lazily(request: HttpRequest) -> HttpResponse:
    template = engines["django"].from_string("{% for p in rows %}{{ p.name }}{% endfor %}")
    return TemplateResponse(request, template, {"rows": Profile.objects.all()})


def streamed(request: HttpRequest) -> StreamingHttpResponse:
    def lines() -> Iterator[str]:
        for _ in range(2):
            yield f"{Profile.objects.get().name};"

    return StreamingHttpResponse(lines())


def zone(request: HttpRequest) -> HttpResponse:
    return HttpResponse(timezone.get_current_timezone_name())


urlpatterns = [
    path("names", names),
    path("lazily", lazily),
    path("streamed", streamed),
    path("zone", zone),
]
handler403 = "cdp.views.errors.permission_denied"
handler500 = "cdp.views.errors.server_error"


@pytest.fixture(autouse=True)
def _customers(world: World, settings: LazySettings) -> None:
    settings.ROOT_URLCONF = __name__
    for tenant, name in ((world.acme, "ours"), (world.zenith, "theirs")):
        with tenant_context(tenant):
            ProfileFactory(name=name)


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    content = b"".join(answer) if answer.streaming else answer.content
    assert active_tenant_id() is None
    return content.decode()


@pytest.mark.parametrize("address", ["/names", "/lazily"])
def test_a_page_is_made_inside_the_persons_tenant(world: World, address: str) -> None:
    assert text(world.browser(world.alice), address) == "ours"
    assert text(world.browser(world.charlie), address) == "theirs"


def test_a_streamed_answer_stays_inside_the_tenant_to_its_end(world: World) -> None:
    assert text(world.browser(world.alice), "/streamed") == "ours;ours;"


def test_a_person_of_two_tenants_works_in_the_one_chosen(world: World) -> None:
    MembershipFactory(tenant=world.zenith, user=world.bob)
    browser = world.browser(world.bob)
    assert text(browser, "/names") == "ours"
    session = browser.session
    session[SESSION_KEY] = str(world.zenith.pk)
    session.save()
    assert text(browser, "/names") == "theirs"
    assert text(browser, "/zone") == "Africa/Johannesburg"


def test_a_tenant_that_is_not_theirs_cannot_be_chosen(world: World) -> None:
    browser = world.browser(world.alice)
    session = browser.session
    session[SESSION_KEY] = str(world.zenith.pk)
    session.save()
    assert text(browser, "/names") == "ours"


def test_times_are_those_of_the_tenant_and_only_during_the_request(world: World) -> None:
    assert text(world.browser(world.alice), "/zone") == "Asia/Bangkok"
    assert timezone.get_current_timezone_name() == "UTC"


@pytest.mark.parametrize("reason", ["no membership", "left", "company closed"])
def test_a_person_who_works_nowhere_is_told_so(world: World, reason: str) -> None:
    user = world.alice
    if reason == "no membership":
        user = UserFactory()
    elif reason == "left":
        Membership.objects.filter(user=user).update(is_active=False)
    else:
        type(world.acme).objects.filter(pk=world.acme.pk).update(is_active=False)
    answer = world.browser(user).get("/names")
    assert answer.status_code == 403
    assert b"ours" not in answer.content


def test_a_page_that_forgets_to_ask_for_a_login_shows_nothing(world: World) -> None:
    client = Client(raise_request_exception=False)
    answer = client.get("/names")
    assert answer.status_code == 500
    assert b"ours" not in answer.content
