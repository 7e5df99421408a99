"""What a target profile asks of a customer, as one condition."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q
from django.db.models.fields.json import KT
from django.db.models.functions import Lower
from django.db.models.lookups import In

from campaigns.models import TargetProfile
from campaigns.shapes import Demographics
from campaigns.shapes.target import AgeRange, IncomeRange, Location
from campaigns.targeting.circle import lives_inside
from campaigns.targeting.countries import spellings
from profiles.models import ProfileTag, Tag

NOBODY = Q(pk__in=[])
EVERYBODY_GENDER = "all"


class KnownNumberOutside(Func):
    """Whether an attribute is a number and lies outside of a range; unknown is not outside."""

    arity = 1
    output_field: Any = BooleanField()
    template = (
        "CASE WHEN jsonb_typeof(%(expressions)s->'{name}') = 'number'"
        " THEN (%(expressions)s->>'{name}')::numeric < %(low)s"
        " OR (%(expressions)s->>'{name}')::numeric > %(high)s"
        " ELSE false END"
    )


def condition_of(target: TargetProfile, today: date) -> Q:
    """Return the condition a customer meets who is meant by ``target``.

    Age, gender and place must be known and fit; income counts only where it is known (the attribute
    ``income``, in the tenant's currency: nobody's is known in another one); of the interests one is enough,
    and a customer's interests are their tags.
    """
    wanted = Demographics.model_validate(target.demographics)
    condition = Q()
    if wanted.age_range is not None:
        condition &= _aged(wanted.age_range, today)
    if wanted.gender not in {None, EVERYBODY_GENDER}:
        condition &= Q(gender=wanted.gender)
    if wanted.location is not None:
        condition &= _living(wanted.location)
    if wanted.income_range is not None and _is_comparable(wanted.income_range, target):
        condition &= _earning(wanted.income_range)
    if target.interests:
        condition &= _interested(target.interests)
    return condition


def years_before(day: date, years: int) -> date:
    """Return the latest day of birth of somebody who is ``years`` old on ``day``.

    Who was born on 29 February is a year older on 1 March of common years.
    """
    if day.year <= years:
        return date.min
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)


def _aged(ages: AgeRange, today: date) -> Q:
    condition = Q()
    if ages.min is not None:
        condition &= Q(date_of_birth__lte=years_before(today, ages.min))
    if ages.max is not None:
        condition &= Q(date_of_birth__gt=years_before(today, ages.max + 1))
    return condition


def _living(place: Location) -> Q:
    condition = Q()
    for key, names in (
        ("country", [spelling for name in place.countries for spelling in spellings(name)]),
        ("state", place.states),
        ("city", place.cities),
        ("postalCode", place.postal_codes),
    ):
        if names:
            condition &= _named(key, names)
    if place.radius is not None:
        condition &= Q(lives_inside(place.radius))
    return condition


def _named(key: str, names: Iterable[str]) -> Q:
    return Q(In(Lower(KT(f"address__{key}")), sorted({name.lower() for name in names})))


def _is_comparable(income: IncomeRange, target: TargetProfile) -> bool:
    return income.currency is None or income.currency == target.tenant.currency


def _earning(income: IncomeRange) -> Q:
    low = income.min if income.min is not None else 0
    high = income.max if income.max is not None else "'Infinity'::numeric"
    template = KnownNumberOutside.template.replace("{name}", "income")
    return ~Q(KnownNumberOutside(F("attributes"), low=low, high=high, template=template))


def _interested(interests: Iterable[str]) -> Q:
    wanted = {interest.lower() for interest in interests}
    tags = [pk for pk, name in Tag.objects.values_list("pk", "name") if name.lower() in wanted]
    if not tags:
        return NOBODY
    return Q(Exists(ProfileTag.objects.filter(profile=OuterRef("pk"), tag__in=tags)))
