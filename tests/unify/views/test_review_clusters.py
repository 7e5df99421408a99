"""Reviewing a case of three records or more."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from profiles.models import Profile
from tests.factories.unify import make_case
from tests.unify.views.test_review import Twins, address, open_next, part
from tests.world import World
from unify.choices import CaseState, Decision
from unify.models import Merge
from unify.operations.change_match_settings import change_match_settings
from unify.operations.decide_case import decide_case
from unify.records.refresh import refresh_all


@pytest.mark.conforms("B49")
def test_of_three_the_one_without_a_mark_stays_apart(alice: Client, twins: Twins, make: Any) -> None:
    third = make(firstName="Somporn", lastName="Jaidee")
    people = [*twins, third]
    case = make_case(people)
    open_next(alice)
    data = {
        "decision": "same",
        "shown_winner": twins[0].pk,
        "winner": twins[0].pk,
        "member": [twins[0].pk, twins[1].pk],
    }
    part(alice, "post", address(case, "decide"), data)
    assert [merge.loser_id for merge in Merge.objects.all()] == [twins[1].pk]
    assert Profile.objects.get(pk=third.pk).is_open


@pytest.mark.conforms("B49")
def test_of_three_nothing_is_merged_when_all_marks_but_the_survivors_are_gone(
    alice: Client, twins: Twins, make: Any
) -> None:
    people = [*twins, make(firstName="Somporn", lastName="Jaidee")]
    case = make_case(people)
    open_next(alice)
    data = {
        "decision": "same",
        "shown_winner": twins[0].pk,
        "winner": twins[0].pk,
        "member": [twins[0].pk],
    }
    refused = part(alice, "post", address(case, "decide"), data)
    html = refused.content.decode()
    assert refused.status_code == 400
    assert html.count("Mark at least one more record that belongs to it") == 1
    assert html.count('data-member="') == 3
    assert [number for number in (1, 2, 3) if f'checked data-member="{number}"' in html] == [1]
    assert not Merge.objects.exists()
    assert Profile.objects.visible().count() == 3
    case.refresh_from_db()
    assert case.state == CaseState.OPEN
    shown = part(alice, "get", address(case, "preview"), data).content.decode()
    assert [number for number in (1, 2, 3) if f'checked data-member="{number}"' in shown] == [1]


@pytest.mark.conforms("B45")
def test_of_three_the_pair_nobody_has_found_alike_is_shown_and_explained(
    alice: Client, make: Any, world: World
) -> None:
    people = [
        make(firstName="John", lastName="Smithers", email="john@home.example", dateOfBirth="1980-03-12"),
        make(firstName="J.", lastName="Smithers", email="john@home.example"),
        make(firstName="James", lastName="Smithers", phone="081 234 5678", dateOfBirth="1955-03-12"),
    ]
    case = make_case(people, pairs=[(0, 1), (1, 2)], score=95)
    refresh_all(world.acme)
    page = alice.get(address(case)).content.decode()
    assert "How the score of 1 and 3 came about" in page
    assert "Their first names differ" in page
    assert "Something contradicts" in page


@pytest.mark.conforms("B49")
def test_the_second_person_is_shown_what_the_first_has_chosen(
    alice: Client, twins: Twins, make: Any, world: World
) -> None:
    third = make(firstName="Somporn", lastName="Jaidee")
    case = make_case([*twins, third], is_risky=True)
    change_match_settings(tenant=world.acme, by=world.by, changes={"needs_second_person": True})
    decide_case(
        tenant=world.acme,
        by=world.bob.actor,
        case_id=case.pk,
        decision=Decision.MIXED,
        winner_id=twins[1].pk,
        loser_ids=[twins[0].pk],
        resolved_conflicts={"firstName": str(twins[0].pk)},
    )
    open_next(alice)
    page = alice.get(address(case)).content.decode()
    assert [number for number in (1, 2, 3) if f'checked data-member="{number}"' in page] == [1, 2]
    assert [number for number in (1, 2, 3) if f'checked data-winner="{number}"' in page] == [2]
    assert "from 1: chosen by hand" in page
    form = re.findall(r'name="(winner|shown_winner|member|choice-\w+)" value="([^"]+)"( checked)?', page)
    said: dict[str, Any] = {"decision": "same", "member": []}
    for name, value, is_checked in form:
        if name == "member" and is_checked:
            said["member"].append(value)
        elif name == "shown_winner" or is_checked:
            said[name] = value
    part(alice, "post", address(case, "decide"), said)
    assert [(one.winner_id, one.loser_id) for one in Merge.objects.all()] == [(twins[1].pk, twins[0].pk)]
    assert Profile.objects.get(pk=twins[1].pk).first_name == twins[0].first_name
    assert Profile.objects.get(pk=third.pk).is_open
