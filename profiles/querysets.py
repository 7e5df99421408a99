"""Set logic over customers."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Exists, Lookup, OuterRef, Q, TextField, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from cdp.tenancy.models import TenantQuerySet
from profiles.choices import ProfileStatus

if TYPE_CHECKING:
    from profiles.models import ContactPoint, Profile  # noqa: F401 (types of the querysets)

# A trigram index is of no use below three characters; then only beginnings of words are searched.
SHORTEST_TRIGRAM = 3
CONTACTS_PER_SEARCH = 50
MOST_WORDS = 8
# From this many pieces on, a long word is looked for by its pieces.
FEWEST_PIECES = 5
_LETTERS = re.compile(r"[^\W_]+")
_PIECE = re.compile("...")
# A chain of merges longer than this is a loop.
MOST_MERGES = 100


@TextField.register_lookup
class Like(Lookup[str]):
    """A pattern as it stands; whoever writes it has no wildcards but their own."""

    lookup_name = "like"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} LIKE {right}", (*left_params, *right_params)


class ProfileQuerySet(TenantQuerySet["Profile"]):
    """Customers of the active tenant."""

    def visible(self) -> ProfileQuerySet:
        """Keep customers people work with: merged and deleted ones are reached through redirects only."""
        return self.filter(status__in=[ProfileStatus.ACTIVE, ProfileStatus.INACTIVE])

    def follow(self, profile_id: uuid.UUID) -> Profile:
        """Return the customer with this id, or the survivor when it was merged; raises DoesNotExist."""
        profile: Profile = self.get(pk=profile_id)
        for _ in range(MOST_MERGES):
            if profile.merged_into_id is None:
                break
            profile = self.get(pk=profile.merged_into_id)
        return self.visible().get(pk=profile.pk) if not profile.is_open else profile

    def active(self) -> ProfileQuerySet:
        """Keep active customers."""
        return self.filter(status=ProfileStatus.ACTIVE)

    def in_segment(self, segment_id: uuid.UUID) -> ProfileQuerySet:
        """Keep members of a segment."""
        memberships = apps.get_model("profiles.SegmentMembership").objects
        return self.filter(Exists(memberships.filter(profile=OuterRef("pk"), segment=segment_id)))

    def with_tag(self, tag_id: uuid.UUID) -> ProfileQuerySet:
        """Keep customers with a tag."""
        links = apps.get_model("profiles.ProfileTag").objects
        return self.filter(Exists(links.filter(profile=OuterRef("pk"), tag=tag_id)))

    def matching(self, text: str) -> ProfileQuerySet:
        """Keep customers whose name, company, e-mail, phone or member id contains each word of ``text``.

        Additional e-mails and phones match whole. A phone is found however it is written: with spaces,
        dashes, a leading zero, or digits of another script. Under three characters a word must begin one.
        """
        words = text.lower().split()[:MOST_WORDS]
        condition = Q()
        for word in words:
            condition &= _word(word)
        if digits := _dialled(text):
            condition |= Q(search_text__contains=digits)
        return self.filter(condition)

    def for_list(self) -> ProfileQuerySet:
        """Fetch what a list of customers shows, in a constant number of queries."""
        return self.defer("search_text", "metadata", "attributes").prefetch_related(
            "profile_tags__tag", "identifiers"
        )


class ContactPointQuerySet(TenantQuerySet["ContactPoint"]):
    """E-mails and phones of the active tenant's customers."""

    def held_by(self, values: Iterable[str]) -> ContactPointQuerySet:
        """Keep contact points with one of these normalised values."""
        return self.filter(value__in=list(values))


def _dialled(text: str) -> str:
    """Return the digits of a phone as they stand in E.164, or "" for text that is none."""
    digits = "".join(str(int(letter)) for letter in text if letter.isdecimal())
    rest = {letter for letter in text if not letter.isdecimal()}
    if len(digits) < SHORTEST_TRIGRAM + 1 or rest - set("+-.() /\u00a0"):
        return ""
    return digits.removeprefix("00") if digits.startswith("00") else digits.removeprefix("0")


def _containing(word: str) -> Q:
    """Keep customers whose search text contains the word.

    The index reads a list for each three letters in a row. For a very long word, such as a whole e-mail
    address, every third of them says nearly as much: whoever contains the word has its pieces in their order,
    and those few are compared with the word itself. Not for shorter ones: what few pieces say may look common
    to the planner, which would then read customer after customer.
    """
    pieces = [piece for run in _LETTERS.findall(word) for piece in _PIECE.findall(run)]
    if len(pieces) < FEWEST_PIECES:
        return Q(search_text__contains=word)
    whole = GreaterThan(StrIndex("search_text", Value(word)), Value(0))
    return Q(search_text__like="%" + "%".join(pieces) + "%") & Q(whole)


def _word(word: str) -> Q:
    if len(word) < SHORTEST_TRIGRAM:
        return Q(search_text__startswith=word) | Q(search_text__contains=f" {word}")
    condition = _containing(word)
    if "@" in word or word.lstrip("+").isdigit():
        contact_points = apps.get_model("profiles.ContactPoint").objects
        owners = contact_points.held_by([word]).values_list("profile_id", flat=True)[:CONTACTS_PER_SEARCH]
        condition |= Q(pk__in=list(owners))
    return condition
