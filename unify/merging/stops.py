"""What speaks against a merge so strongly that nobody, or only a person who insists, may do it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cdp.actors import Actor
from cdp.choices import ActorKind
from profiles.choices import ProfileStatus, ProfileType
from profiles.identity import EXACT_IDS
from profiles.models import Profile
from unify.merging.errors import DifferentLogins, DifferentTaxIds, HardStop, InactiveProfiles, PeopleInsist
from unify.merging.values import wire_name

# They differ often enough by mistake; people are told.
_WORTH_A_WARNING = ("date_of_birth", "type", "company_tax_id", *EXACT_IDS.values())


def refuse_force(by: Actor, *, force: bool) -> None:
    """Let nobody but a person overrule a stop; raises PeopleInsist."""
    if force and by.kind != ActorKind.USER:
        raise PeopleInsist


def check_stops(customers: Sequence[Profile], *, force: bool) -> list[str]:
    """Raise the first HardStop nobody has overruled; return what else people should know."""
    overruled: list[HardStop] = []
    for stop in _stops(customers):
        if not (force and stop.can_force):
            raise stop
        overruled.append(stop)
    return [stop.detail for stop in overruled] + [
        f"They differ in {wire_name(field)}." for field in _WORTH_A_WARNING if _differ(customers, field)
    ]


def _stops(customers: Sequence[Profile]) -> Iterator[HardStop]:
    if _differ(customers, "auth_user_id"):
        yield DifferentLogins()
    companies = [one for one in customers if one.type == ProfileType.COMPANY]
    if len({_bare(one.company_tax_id) for one in companies} - {""}) > 1:
        yield DifferentTaxIds()
    if any(one.status != ProfileStatus.ACTIVE for one in customers):
        yield InactiveProfiles()


def _differ(customers: Sequence[Profile], field: str) -> bool:
    return len({value for one in customers if (value := getattr(one, field)) not in {None, ""}}) > 1


def _bare(tax_id: str) -> str:
    """Return a tax id without the spaces and dashes people write."""
    return "".join(letter for letter in tax_id if letter.isalnum()).upper()
