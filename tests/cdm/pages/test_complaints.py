"""What pages say about what was typed: at which field, and in the reader's language."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation

from cdm.models import FamilyMember
from cdm.records.family import FamilyRecord
from cdm.records.pipeline import DealRecord
from cdp.errors import Conflict, Invalid
from cdp.models import Tenant
from cdp.validation import LIMITS, WORDS
from cdp.views.words import texts_of, words_of
from tests.factories.cdm_insights import RecommendationFactory
from tests.factories.profiles import ProfileFactory

HTMX = {"HX-Request": "true"}


def refused(shape: type[FamilyRecord | DealRecord], tenant: Tenant, **said: object) -> Invalid:
    with pytest.raises(Invalid) as raised:
        shape.parse(said, tenant=tenant)
    return raised.value


def test_two_wrong_dates_are_told_apart(acme: Tenant, alice: Client) -> None:
    person = ProfileFactory()
    said = {"name": "Mali", "relationship": "child", "date_of_birth": "soon", "anniversary_date": "later"}
    response = alice.post(f"/admin/customers/{person.pk}/family", said, headers=HTMX)
    page = response.content.decode()
    assert response.status_code == 400
    assert "Date of birth: Write a date like" in page
    assert "Anniversary: Write a date like" in page
    assert not FamilyMember.objects.exists()


def test_a_note_that_is_too_long_is_refused_at_its_field(acme: Tenant, alice: Client) -> None:
    person = RecommendationFactory().profile
    said = {"reason": "wrong_time", "note": "x" * 501}
    response = alice.post(f"/admin/customers/{person.pk}/recommendation/wrong", said, headers=HTMX)
    assert response.status_code == 400
    assert "Note: Shorten the text to at most 500 characters." in response.content.decode()


def test_complaints_name_fields_limits_and_choices(acme: Tenant) -> None:
    error = refused(DealRecord, acme, title="", amount="-5", expected_on="soon", stage="x", nonsense=1)
    assert error.fields["amount"] == ["Write a number greater than or equal to 0."]
    assert error.fields["nonsense"] == ["Unknown field."]
    assert set(texts_of(error)) >= {
        "What about: Fill this in.",
        "Amount: Write a number greater than or equal to 0.",
        "Expected: Write the day like 2026-01-31.",
        "Unknown field.",
    }
    (stage,) = error.fields["stage"]
    assert stage.startswith("Use one of: new, ")
    assert "'" not in stage
    assert refused(DealRecord, acme, title="x", notes="y" * 10_001).fields["notes"] == [
        "Write at most 10000 characters."
    ]


def test_a_field_is_found_by_its_name_in_any_spelling_and_at_any_depth() -> None:
    error = Invalid("Wrong.", fields={"relatives[3].dateOfBirth": ["No."], "somewhere.else": ["No."]})
    assert texts_of(error) == ["Date of birth: No.", "No."]
    assert words_of(error) == "Date of birth: No. No."
    assert words_of(Conflict("Too late.")) == "Too late."


def test_kinds_of_pydantic_are_those_it_has() -> None:
    from typing import get_args  # noqa: PLC0415

    from pydantic_core.core_schema import ErrorType  # noqa: PLC0415

    assert {*WORDS, *LIMITS} <= set(get_args(ErrorType))


@pytest.mark.parametrize("language", ["en", "th", "bn"])
def test_every_kind_is_said_with_its_limits_in_every_language(language: str) -> None:
    limits = dict.fromkeys(("gt", "ge", "lt", "le", "multiple_of", "pattern"), 7)
    with translation.override(language):
        for words in WORDS.values():
            assert "%(" not in str(words) % limits
        for _key, sentence in LIMITS.values():
            assert "7" in sentence(7) % {"limit": 7}
