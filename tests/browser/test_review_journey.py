"""Two sources in, duplicates found, decided by keyboard, merged, opened by either id, and taken back."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cdp.tenancy.context import tenant_context
from tests.browser.audit import complaints_about
from tests.browser.conftest import PHONE
from tests.worker import working
from tests.world import World
from unify.choices import RunState
from unify.merging.choices import MergeOrigin, MergeStatus
from unify.models import MatchRun, Merge

pytestmark = pytest.mark.browser
HEADER = ("id", "first_name", "last_name", "email", "phone", "birth_date", "address", "city")
# Known to both, under other addresses: first name, last name, the same again, date of birth.
TWICE = (
    ("Somchai", "Jaidee", "Somchay", "Jaidee", "1985-03-14"),
    ("Nattapong", "Wongsawat", "Nattapong", "Wongsawat", "1990-07-02"),
    ("Siriporn", "Thongchai", "Siriporn", "Tongchai", "1978-11-23"),
    ("Rahim", "Uddin", "Md. Rahim", "Uddin", "1993-01-30"),
)
ONCE = (
    ("Anong", "Kittisak", "Malee", "Prasert", "Chanida", "Wichai", "Duangjai", "Sunisa", "Preecha", "Arthit"),
    ("Ayesha", "Thandi", "Johan", "Lerato", "Farhana", "Sipho", "Nusrat", "Pieter", "Zanele", "Tanvir"),
)
SURNAMES = (
    ("Srisuk", "Boonmee", "Chaiyasit", "Rattanakul", "Phongphan"),
    ("Rahman", "Nkosi", "Botha", "Hossain", "Dlamini"),
)
STREETS = (("Sukhumvit Road", "Charoen Krung Road"), ("Kazi Nazrul Avenue", "Long Street"))
WAIT = 90_000


def rows(*, again: bool) -> Iterator[tuple[str, ...]]:
    """Yield what a source knows: those known twice, and people of its own."""
    for number, (first, last, first_again, last_again, born) in enumerate(TWICE):
        name = (first_again, last_again) if again else (first, last)
        mail = f"{name[0].split()[-1]}.{number}{'@shop.example.org' if again else '@example.com'}".lower()
        phone = f"08{1 + again} {234 + 111 * number:03} {5678 - 345 * number - again:04}"
        street = f"{12 + 31 * number} {STREETS[again and number > 0][0]}"
        yield (f"{again:d}{number}", *name, mail, phone, born, street, "Bangkok")
    for number, first in enumerate(ONCE[again]):
        last = SURNAMES[again][number % 5]
        mail = f"{first}.{last}@example.net".lower()
        born = f"19{60 + 3 * number + again}-{1 + (5 * number + again) % 12:02}-{2 + 2 * number + again:02}"
        street = f"{40 + 17 * number} {STREETS[again][1]}"
        phone = f"09{1 + again} 5{number}1 {4321 + 17 * number + 2000 * again}"
        yield (f"{again:d}9{number}", first, last, mail, phone, born, street, f"{first}ville")


def file_of(folder: Path, name: str, *, again: bool) -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows([HEADER, *rows(again=again)])
    return path


def bring_in(page: Page, file: Path, source: str) -> None:
    page.goto("/admin/imports/new")
    page.locator("input[type=file]").set_input_files(file)
    page.locator(f"input[name=source][value={source}]").check()
    page.get_by_role("button", name="Go on to the columns").click()
    page.get_by_role("button", name="See what would happen").click()
    page.get_by_role("button", name="Import now").click()
    expect(page.get_by_text("14 of 14 rows")).to_be_visible(timeout=WAIT)


def look_for_duplicates(page: Page, world: World) -> None:
    page.goto("/admin/matching/runs")
    page.get_by_role("button", name="Look at everybody").click()
    expect(page.get_by_role("heading", name="Everybody")).to_be_visible()
    expect(page.get_by_role("cell", name="Done")).to_be_visible(timeout=WAIT)
    with tenant_context(world.acme):
        assert MatchRun.objects.get().state == RunState.DONE


@pytest.mark.conforms("B46")
@pytest.mark.conforms("R43")
@pytest.mark.conforms("R44")
def test_from_two_files_to_a_merge_and_back(
    visit: Callable[..., Page], world: World, tmp_path: Path, shoot: Callable[..., None]
) -> None:
    page = visit()
    page.set_default_timeout(WAIT)
    with working(tmp_path / "worker.log"):
        bring_in(page, file_of(tmp_path, "till.csv", again=False), "ERP")
        bring_in(page, file_of(tmp_path, "shop.csv", again=True), "Website")
        look_for_duplicates(page, world)
    shoot(page, "match-runs")
    page.goto("/admin/review/queue")
    assert page.locator("[data-row]").count() >= 3
    shoot(page, "review-queue")
    pictures(visit, shoot)
    page.bring_to_front()
    page.goto("/admin/review")
    expect(page.locator("[autofocus]")).to_be_focused()
    page.keyboard.press("Enter")
    decide_by_keyboard(page)
    with tenant_context(world.acme):
        merge = Merge.objects.get(status=MergeStatus.ACTIVE, origin=MergeOrigin.PERSON)
    open_and_take_back(page, merge, shoot)
    with tenant_context(world.acme):
        merge.refresh_from_db()
    assert merge.status == MergeStatus.UNDONE


def decide_by_keyboard(page: Page) -> None:
    title = page.get_by_role("heading", name="Are these one customer?")
    page.wait_for_url("**/admin/review/*")
    expect(title).to_be_visible()
    first = page.url
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    expect(page.locator("[data-winner='2']")).to_be_checked()
    # Also once the result has been shown anew.
    expect(page.locator("th.record--winner [data-winner='2']")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("th.record--winner [data-winner='1']")).to_be_checked()
    page.keyboard.press("s")
    expect(page.get_by_text("Merged ")).to_be_visible()
    expect(page).not_to_have_url(first)
    expect(title).to_be_focused()
    page.keyboard.press("u")
    expect(page).to_have_url(first)
    page.keyboard.press("s")
    expect(page).not_to_have_url(first)
    skip_and_keep_apart(page)


def skip_and_keep_apart(page: Page) -> None:
    second = page.url
    page.keyboard.press("k")
    expect(page).not_to_have_url(second)
    third = page.url
    page.keyboard.press("r")
    page.keyboard.type("two people, I asked")
    page.keyboard.press("Enter")
    expect(page).to_have_url(third)
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(page.get_by_text("stay apart.")).to_be_visible()


def open_either(page: Page, merge: Merge) -> None:
    """Either id leads to the one customer there is."""
    for profile_id in (merge.winner_id, merge.loser_id):
        page.goto(f"/admin/customers/{profile_id}")
        page.wait_for_url(f"**/admin/customers/{merge.winner_id}")


def open_and_take_back(page: Page, merge: Merge, shoot: Callable[..., None]) -> None:
    open_either(page, merge)
    expect(page.get_by_text("was merged into this one")).to_be_visible()
    shoot(page, "customer-merged")
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Industry").fill("Tea")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Take the merge with").click()
    expect(page.get_by_text("Changed since the merge")).to_be_visible()
    page.get_by_label("Goes to the one who comes out").check()
    shoot(page, "unmerge")
    page.get_by_role("button", name="Take the merge back").click()
    expect(page.get_by_role("heading", name="Two customers again")).to_be_visible()
    page.locator("main a").last.click()
    page.wait_for_url(f"**/admin/customers/{merge.loser_id}")
    page.get_by_role("link", name="Profile", exact=True).click()
    expect(page.get_by_text("Tea")).to_be_visible()
    page.get_by_role("link", name="Overview", exact=True).click()
    page.get_by_role("link", name="Merge with another customer").click()
    page.locator("[data-open]").first.click()
    expect(page.get_by_role("button", name="Merge", exact=True)).to_be_visible()
    shoot(page, "merge-preview")


def pictures(visit: Callable[..., Page], shoot: Callable[..., None]) -> None:
    """Keep pictures of a case and of the model by day, at night and on a phone."""
    looks: dict[str, dict[str, Any]] = {
        "": {},
        "-dark": {"color_scheme": "dark"},
        "-phone": {"viewport": PHONE, "has_touch": True},
    }
    for suffix, options in looks.items():
        window = visit(reduced_motion="reduce", **options)
        window.set_default_timeout(WAIT)
        window.goto("/admin/review/queue")
        window.locator("[data-open]").first.click()
        window.wait_for_url("**/admin/review/*-*")
        assert complaints_about(window) == []
        assert window.evaluate("document.documentElement.scrollWidth <= innerWidth")
        shoot(window, f"review-case{suffix}")
        window.goto("/admin/matching/model")
        shoot(window, f"match-model{suffix}")
        window.close()
