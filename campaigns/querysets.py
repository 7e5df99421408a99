"""Set logic over what campaigns are planned with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from cdp.tenancy.models import TenantQuerySet

if TYPE_CHECKING:
    from campaigns.models import BrandGuideline, Budget, TargetProfile  # noqa: F401 (types of the querysets)

MOST_WORDS = 8


class AssetQuerySet(TenantQuerySet[Any]):
    """Assets of the active tenant."""

    def kept(self) -> Self:
        """Leave out what has been deleted."""
        return self.filter(deleted_at__isnull=True)

    def deleted(self) -> Self:
        """Keep what lies in the bin."""
        return self.filter(deleted_at__isnull=False)

    def matching(self, text: str) -> Self:
        """Keep what has every word of ``text`` somewhere in its texts, as a part of a word too."""
        condition = Q()
        for word in text.lower().split()[:MOST_WORDS]:
            condition &= self._word(word)
        return self.filter(condition)

    def about(self, text: str) -> Self:
        """Keep what the full-text search finds: whole words, "phrases", or, -not."""
        return self.filter(search_vector=SearchQuery(text, config="simple", search_type="websearch"))

    def _word(self, word: str) -> Q:
        return Q(search_text__contains=word)


class TargetProfileQuerySet(AssetQuerySet):
    """Target profiles: also found by what their JSON says."""

    def _word(self, word: str) -> Q:
        return Q(search_text__contains=word) | Q(interests__overlap=[word])

    def overlapping_ages(self, youngest: int, oldest: int) -> Self:
        """Keep those whose ages meet ``youngest`` to ``oldest``; one without ages is for all of them."""
        return self.filter(age_min__lte=oldest, age_max__gte=youngest)

    def within_ages(self, youngest: int, oldest: int) -> Self:
        """Keep those whose ages lie inside ``youngest`` to ``oldest``."""
        return self.filter(age_min__gte=youngest, age_max__lte=oldest)

    def for_gender(self, gender: str) -> Self:
        """Keep those that name this gender."""
        return self.filter(demographics__contains={"gender": gender})

    def in_country(self, country: str) -> Self:
        """Keep those that name this country."""
        return self.filter(demographics__contains={"location": {"countries": [country]}})

    def in_city(self, city: str) -> Self:
        """Keep those that name this city."""
        return self.filter(demographics__contains={"location": {"cities": [city]}})

    def saying(self, key: str) -> Self:
        """Keep those whose demographics say something about ``key``, such as ``location``."""
        return self.filter(demographics__has_key=key)

    def interested_in(self, *interests: str) -> Self:
        """Keep those with any of these interests."""
        return self.filter(interests__overlap=[interest.lower() for interest in interests])


class BrandGuidelineQuerySet(AssetQuerySet):
    """Brand guidelines: also found by what their JSON says."""

    def saying_in_full(self, part: dict[str, Any]) -> Self:
        """Keep those whose full style guide contains ``part``."""
        return self.filter(full_style_guide__contains=part)

    def with_values(self, *values: str) -> Self:
        """Keep those with any of these brand values."""
        return self.filter(brand_values__overlap=list(values))
