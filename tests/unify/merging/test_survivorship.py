"""Which value survives."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cdp.errors import Invalid
from cdp.models import Tenant
from profiles.models import ContactPoint, Profile
from tests.factories.profiles import ProfileFactory
from tests.unify.merging.conftest import MergeOne
from tests.world import World
from unify.merging.choices import SurvivorshipRule
from unify.merging.provenance import provenance_of
from unify.merging.rules import SurvivorshipRules
from unify.merging.winner import suggest_winner
from unify.operations.merge import merge
from unify.operations.preview_merge import preview_merge

pytestmark = pytest.mark.conforms("R38")


def pair(**differing: tuple[Any, Any]) -> tuple[Profile, Profile]:
    """Make two customers; the second came a day before the first."""
    first = ProfileFactory(**{name: one for name, (one, _) in differing.items()})
    second = ProfileFactory(**{name: other for name, (_, other) in differing.items()})
    Profile.objects.filter(pk=second.pk).update(created_at=timezone.now() - timedelta(days=1))
    return first, second


@pytest.mark.parametrize(
    ("strategy", "industry"),
    [
        ("PROFILE1_WINS", "Golf"),
        ("PROFILE2_WINS", "Hotel"),
        ("MERGE_BOTH", "Golf"),
        ("MOST_RECENT", "Golf"),
        ("MOST_COMPLETE", "Hotel"),
    ],
)
def test_each_strategy_says_whose_value_is_kept(merge_one: MergeOne, strategy: str, industry: str) -> None:
    first, second = pair(industry=("Golf", "Hotel"), website=("", "https://b.example"), gender=("", "female"))
    merge_one(first, second, strategy=strategy)
    assert first.industry == industry
    assert (first.website, first.gender) == ("https://b.example", "female")


def test_most_recent_takes_what_was_said_last(merge_one: MergeOne) -> None:
    old, new = reversed(pair(industry=("New", "Old")))
    merge_one(old, new, strategy="MOST_RECENT")
    assert old.industry == "New"


def test_a_rule_per_field_and_ranked_sources_decide(merge_one: MergeOne) -> None:
    first, second = pair(
        industry=("Golf", "Hotels and resorts"),
        company_size=("1", "2"),
        primary_source=("LINE", "ERP"),
    )
    rules = SurvivorshipRules({"industry": SurvivorshipRule.LONGEST}, ("ERP", "LINE"))
    merge_one(first, second, rules=rules)
    assert (first.industry, first.company_size) == ("Hotels and resorts", "2")
    assert first.primary_source == "LINE"


def test_what_was_asked_for_by_name_stands_above_the_rules(merge_one: MergeOne) -> None:
    first, second = pair(company_size=("1", "2"), primary_source=("LINE", "ERP"))
    merge_one(first, second, strategy="PROFILE1_WINS", rules=SurvivorshipRules({}, ("ERP",)))
    assert first.company_size == "1"


def test_free_values_are_merged_key_by_key(merge_one: MergeOne) -> None:
    first, second = pair(attributes=({"a": 1, "b": 2}, {"b": 3, "c.d": [4]}), metadata=({}, {"x": None}))
    merge_one(first, second)
    assert first.attributes == {"a": 1, "b": 2, "c.d": [4]}
    assert first.metadata == {"x": None}


def test_addresses_that_contradict_are_not_mixed(merge_one: MergeOne) -> None:
    first, second = pair(
        address=({"city": "Bangkok"}, {"city": "Rayong", "street": "9 Beach Road", "postalCode": "21000"})
    )
    merge_one(first, second)
    assert first.address == {"city": "Bangkok"}


def test_addresses_that_agree_complete_each_other(merge_one: MergeOne) -> None:
    first, second = pair(address=({"city": "Rayong"}, {"city": "Rayong", "street": "9 Beach Road"}))
    merge_one(first, second)
    assert first.address == {"city": "Rayong", "street": "9 Beach Road"}


def test_a_name_somebody_gave_beats_one_made_of_an_address(merge_one: MergeOne) -> None:
    first = ProfileFactory(first_name="", last_name="", name="a@example.com", email="a@example.com")
    second = ProfileFactory(first_name="Mali", last_name="Jaidee", name="Mali Jaidee")
    merge_one(first, second)
    assert first.name == "Mali Jaidee"


def test_the_starting_stage_says_nothing(merge_one: MergeOne) -> None:
    first, second = pair(lifecycle_stage=("SUBSCRIBER", "VIP"))
    merge_one(first, second)
    assert first.lifecycle_stage == "VIP"


def test_choices_by_hand_have_the_last_word(merge_one: MergeOne) -> None:
    first, second = pair(industry=("Golf", "Hotel"), attributes=({"a": 1}, {"a": 2}), gender=("male", ""))
    choices = {
        "industry": str(second.pk),
        "phone": second.phone,
        "attributes.a": "profile2",
        "companySize": "typed",
        "gender": "",
        "dateOfBirth": "1990-12-31",
    }
    merge_one(first, second, resolved_conflicts=choices, strategy="PROFILE1_WINS")
    assert (first.industry, first.phone, first.attributes) == ("Hotel", second.phone, {"a": 2})
    assert (first.company_size, first.gender, str(first.date_of_birth)) == ("typed", "", "1990-12-31")
    assert ContactPoint.objects.filter(profile=first, value=first.phone).exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("shoeSize", 44),
        ("tags", []),
        ("status", "ACTIVE"),
        ("email", "nobodys@example.com"),
        ("phone", ""),
        ("memberId", "M-typed"),
        ("dateOfBirth", "yesterday"),
        ("dateOfBirth", 10**30),
        ("sclMemberId", "x" * 50),
        ("gender", {"from": 1}),
        ("address.planet", "Mars"),
        ("address", "Rayong"),
        ("firstName", "x\x00y"),
        ("attributes", [1]),
        ("attributes.a", "x\x00"),
        ("", 1),
        ("attributes.", 1),
    ],
)
def test_a_choice_that_is_none_is_refused_by_name(world: World, acme: Tenant, name: str, value: Any) -> None:
    first, second = ProfileFactory(), ProfileFactory()
    with pytest.raises(Invalid) as refused:
        merge(
            tenant=acme,
            by=world.by,
            winner_id=first.pk,
            loser_ids=[second.pk],
            resolved_conflicts={name: value},
        )
    assert list(refused.value.fields) == [f"resolvedConflicts.{name}"]
    assert not Profile.objects.filter(status="MERGED").exists()


def test_a_preview_says_what_the_merge_then_does(world: World, acme: Tenant, merge_one: MergeOne) -> None:
    first, second = pair(industry=("Golf", "Hotel"), date_of_birth=("1990-01-01", "1991-01-01"))
    preview = preview_merge(tenant=acme, winner_id=first.pk, loser_ids=[second.pk], strategy="PROFILE2_WINS")
    assert not Profile.objects.filter(status="MERGED").exists()
    fields = {choice.name: choice for choice in preview.fields}
    assert (fields["industry"].chosen, fields["industry"].chosen_from) == ("Hotel", second.pk)
    assert fields["industry"].differs
    assert fields["industry"].values == {first.pk: "Golf", second.pk: "Hotel"}
    assert preview.moved == {"contact_points": 2}
    assert any("dateOfBirth" in warning for warning in preview.warnings)
    merge_one(first, second, strategy="PROFILE2_WINS")
    assert first.industry == "Hotel"


@pytest.mark.conforms("B29")
def test_every_value_says_who_said_it_and_by_which_rule(merge_one: MergeOne) -> None:
    first, second = pair(
        industry=("Golf", "Hotel"), website=("", "https://b"), primary_source=("LINE", "ERP")
    )
    merged = merge_one(first, second, rules=SurvivorshipRules({}, ("ERP",)))
    said = {one.field: one for one in provenance_of(first)}
    assert (said["industry"].source, said["industry"].rule) == ("ERP", "source_rank")
    assert said["industry"].profile_id == second.pk
    assert said["industry"].group_id == merged.group_id
    assert (said["website"].source, said["website"].rule) == ("ERP", "only")


@pytest.mark.conforms("B29")
def test_a_value_changed_after_the_merge_is_the_editors(merge_one: MergeOne) -> None:
    first, second = pair(industry=("Golf", "Hotel"))
    merge_one(first, second)
    Profile.objects.filter(pk=first.pk).update(industry="Shipping")
    first.refresh_from_db()
    said = {one.field: one for one in provenance_of(first)}
    assert (said["industry"].rule, said["industry"].profile_id) == ("first", None)


def test_who_has_a_login_should_survive(acme: Tenant) -> None:
    full = ProfileFactory(website="https://a.example", industry="Golf")
    member = ProfileFactory(auth_user_id="me")
    assert suggest_winner([full, member]) == member
    assert suggest_winner([ProfileFactory(), full]) == full
