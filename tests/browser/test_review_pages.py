"""The pages about duplicates, looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cdp.tenancy.context import tenant_context
from profiles.models import Tag
from profiles.operations.deactivate_profiles import deactivate_profiles
from profiles.operations.tags import delete_tag
from tests.browser.audit import complaints_about
from tests.browser.conftest import PHONE, Make
from tests.factories.unify import make_case
from tests.world import World
from unify.choices import CaseState
from unify.models import Merge, ReviewCase
from unify.records.refresh import refresh

pytestmark = pytest.mark.browser


@pytest.fixture
def case(make: Make, world: World) -> ReviewCase:
    one = make(
        firstName="Somchai",
        lastName="Jaidee",
        email="somchai.jaidee@example.com",
        phone="081 234 5678",
        dateOfBirth="1985-03-14",
        address={"street": "12 Sukhumvit Road", "city": "Bangkok", "postalCode": "10110"},
        lifecycleStage="VIP",
        primarySource="ERP",
        externalIds={"erpCustomerId": "ERP-00001"},
        tags=[{"name": "Golf", "color": "#117755"}],
    )
    two = make(
        firstName="Somchay",
        lastName="Jaidee",
        email="somchai.jaidee@example.co.th",
        phone="081 234 5678",
        dateOfBirth="1985-03-14",
        address={"street": "12 Sukhumvit Rd", "city": "Krung Thep", "postalCode": "10110"},
        companyName="Siam Cement",
        primarySource="LINE",
        externalIds={"lineUserId": "U" + "0" * 32},
    )
    with tenant_context(world.acme):
        return make_case([one, two], score=92.4)


@pytest.fixture
def group(make: Make, world: World) -> ReviewCase:
    """Three records of which one contradicts, and somebody has spoken already."""
    names = (
        "Ayesha Rahman",
        "นางสาวศิริพรรณวดีรัตนาภรณ์ วงศ์สวัสดิ์เจริญพาณิชย์กุลธนาวัฒน์",
        "Aisha Siddiqua Binte Mohammed Rahman-Chowdhury of Chittagong",
    )
    people = [
        make(name=name, email=f"ayesha{number}@example.com", dateOfBirth=f"199{number}-05-01")
        for number, name in enumerate(names)
    ]
    first = {
        "by": str(world.bob.actor),
        "label": "Bob",
        "at": "2026-03-04T05:06:07+00:00",
        "reason": "called",
    }
    with tenant_context(world.acme):
        return make_case(
            people,
            score=71,
            pairs=[(0, 1), (1, 2), (0, 2)],
            conflicts=["birth_date"],
            is_risky=True,
            state=CaseState.SECOND,
            first_decision={**first, "decision": "same"},
        )


def addresses(world: World, case: ReviewCase, group: ReviewCase) -> dict[str, str]:
    """Return every page about duplicates."""
    with tenant_context(world.acme):
        pair = case.candidates.get()
    one = f"/admin/customers/{pair.low_id}"
    return {
        "review": "/admin/review",
        "case": f"/admin/review/{case.pk}",
        "group": f"/admin/review/{group.pk}",
        "queue": "/admin/review/queue",
        "nothing-fits": "/admin/review/queue?score=0",
        "accept": "/admin/review/accept",
        "runs": "/admin/matching/runs",
        "model": "/admin/matching/model",
        "settings": "/admin/matching/settings",
        "how": "/admin/matching/how",
        "customer": one,
        "choose": f"{one}/merge",
        "compare": f"{one}/merge/{pair.high_id}",
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_has_a_name_and_enough_contrast(
    visit: Callable[..., Page],
    world: World,
    case: ReviewCase,
    group: ReviewCase,
    scheme: str,
    shoot: Callable[..., None],
) -> None:
    window = visit(color_scheme=scheme, reduced_motion="reduce")
    for name, address in addresses(world, case, group).items():
        window.goto(address)
        complaints = complaints_about(window)
        shoot(window, f"unify-{name}-{scheme}", full_page=True)
        assert complaints == [], address


def meddle(world: World) -> Merge:
    """Delete the tags for good and deactivate the survivor, after the one merge there is."""
    with tenant_context(world.acme):
        merge = Merge.objects.get()
        for tag in Tag.objects.all():
            delete_tag(tenant=world.acme, by=world.by, tag_id=tag.pk)
        deactivate_profiles(tenant=world.acme, by=world.by, profile_ids=[merge.winner_id])
    return merge


STATES = ("review", "queue", "accept", "runs", "settings", "model")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_before_anything_was_found_pages_say_what_to_do(
    visit: Callable[..., Page], scheme: str, shoot: Callable[..., None]
) -> None:
    window = visit(color_scheme=scheme, reduced_motion="reduce")
    for name in STATES:
        base = "matching" if name in {"runs", "settings", "model"} else "review"
        window.goto(f"/admin/{base}{'' if name == 'review' else '/' + name}")
        shoot(window, f"unify-empty-{name}-{scheme}", full_page=True)
        assert complaints_about(window) == [], name


@pytest.mark.parametrize(
    ("scheme", "size"), [("light", {}), ("dark", {}), ("light", {"viewport": PHONE, "has_touch": True})]
)
def test_taking_deciding_and_taking_back_look_well(
    visit: Callable[..., Page],
    world: World,
    case: ReviewCase,
    scheme: str,
    size: dict[str, Any],
    shoot: Callable[..., None],
) -> None:
    window = visit(color_scheme=scheme, reduced_motion="reduce", **size)
    suffix = f"phone-{scheme}" if size else scheme

    def look(name: str) -> None:
        shoot(window, f"unify-{name}-{suffix}", full_page=True)
        assert complaints_about(window) == [], name
        if size:
            assert window.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name

    window.goto(f"/admin/review/{case.pk}")
    window.get_by_role("button", name="Decide this case").click()
    expect(window.get_by_role("button", name="Not the same")).to_be_visible()
    look("taken")
    window.get_by_role("button", name="Same: merge").click()
    expect(window.get_by_role("heading", name="Everything is decided")).to_be_visible()
    look("done")
    window.goto(f"/admin/review/{case.pk}")
    look("closed")
    window.goto(f"/admin/merges/{meddle(world).pk}")
    expect(window.get_by_text("Golf")).to_be_visible()
    look("unmerge")
    for answer in window.get_by_label("is undone").all():
        answer.check()
    window.get_by_role("button", name="Take the merge back").click()
    expect(window.get_by_role("heading", name="Two customers again")).to_be_visible()
    look("undone")


def test_nothing_sticks_out_on_a_phone(
    visit: Callable[..., Page], world: World, case: ReviewCase, group: ReviewCase, shoot: Callable[..., None]
) -> None:
    window = visit(viewport=PHONE, has_touch=True)
    for name, address in addresses(world, case, group).items():
        window.goto(address)
        shoot(window, f"unify-{name}-phone", full_page=True)
        assert window.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], address
        assert window.evaluate(_SMALL) == [], address


_SMALL = """() => [...document.querySelectorAll("main :is(.button, .input, .menu, .tabs__tab)")]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44)
  .map((one) => one.outerHTML.slice(0, 90))"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_who_it_might_be_is_said_while_a_customer_is_typed(
    visit: Callable[..., Page], world: World, case: ReviewCase, scheme: str, shoot: Callable[..., None]
) -> None:
    with tenant_context(world.acme):
        refresh(world.acme, [pair.low_id for pair in case.candidates.all()])
    window = visit(color_scheme=scheme, reduced_motion="reduce")
    window.goto("/admin/customers/new")
    window.get_by_label("First name").fill("Somchai")
    window.get_by_label("Last name").fill("Jaidee")
    window.get_by_label("Phone").fill("081 234 5678")
    expect(window.get_by_role("heading", name="These may be customers we know")).to_be_visible()
    assert complaints_about(window) == []
    shoot(window, f"unify-hint-{scheme}")


def test_the_whole_way_without_javascript(visit: Callable[..., Page], world: World, case: ReviewCase) -> None:
    window = visit(java_script_enabled=False)
    window.goto("/admin/review")
    window.get_by_role("button", name="Review the next case").click()
    window.get_by_label("Survives: Somchay Jaidee").check()
    window.get_by_role("button", name="Show the result").click()
    expect(window.get_by_label("Survives: Somchay Jaidee")).to_be_checked()
    window.get_by_role("button", name="Same: merge").click()
    expect(window.get_by_role("heading", name="Everything is decided")).to_be_visible()
    window.get_by_role("button", name="Undo the last one").click()
    expect(window.get_by_role("heading", name="Are these one customer?")).to_be_visible()
