"""Numbers about customers, and finding one by the id of another system."""

from __future__ import annotations

import uuid

from rest_framework.request import Request
from rest_framework.response import Response

from cdp.api.views import ApiView
from profiles.api import answers, endpoints
from profiles.api.fetching import fetched, fetched_by_external_id
from profiles.api.serializers.profiles import ProfileSummary
from profiles.api.serializers.queries import CompletionAnswer, SourceTypeQuery, StatisticsAnswer
from profiles.completion import completion
from profiles.statistics import statistics


class StatisticsView(ApiView):
    """Numbers of customers."""

    @endpoints.count_profiles
    def get(self, request: Request) -> StatisticsAnswer:
        """Merged and deleted customers are not counted."""
        return StatisticsAnswer.model_validate(statistics())


class CompletionScoreView(ApiView):
    """How complete a customer is."""

    @endpoints.score_profile
    def get(self, request: Request, profile_id: uuid.UUID) -> Response:
        """Basics give 30 points, profile fields 30, tags and attributes 20, identifiers 20."""
        profile = fetched(profile_id)
        found = completion(profile)
        score = CompletionAnswer(profile_id=profile.pk, completion_score=found.score, missing=found.missing)
        return answers.about(profile_id, profile.pk, score)


class ExternalIdView(ApiView):
    """A customer by the id of another system."""

    @endpoints.find_by_external_id
    def get(self, request: Request, source: str, external_id: str, query: SourceTypeQuery) -> ProfileSummary:
        """The id may contain slashes. Without `sourceType` it must belong to one customer only."""
        profile = fetched_by_external_id(source, external_id, query.source_type)
        return ProfileSummary.model_validate(profile)
