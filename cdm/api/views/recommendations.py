"""Whom to call, with what, and when."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from cdm.api import endpoints
from cdm.api.queries import CallsQuery, TopQuery
from cdm.api.recommendation_answers import RecommendationAnswer, Recommendations
from cdm.api.subject import CdmViewSet, answered
from cdm.customers import customer_by
from cdm.models import Recommendation
from cdm.recommendations import call_list, first_word_on, recommendation_of
from profiles.models import Profile


class RecommendationViewSet(CdmViewSet):
    """The call list, and what is recommended about one customer."""

    queryset = Recommendation.objects.all()

    @endpoints.list_recommendations
    def list(self, request: Request, query: CallsQuery) -> Recommendations:
        """By value, or by where a call may tip it; without the comparison group and who rests."""
        return Recommendations(
            [RecommendationAnswer.of(one) for one in call_list(self.tenant, query.list, query.limit)]
        )

    @endpoints.list_top_priority
    def top(self, request: Request, query: TopQuery) -> Recommendations:
        """The first of the call list."""
        return Recommendations(
            [RecommendationAnswer.of(one) for one in call_list(self.tenant, limit=query.limit)]
        )

    @endpoints.get_recommendation
    def retrieve(self, request: Request, customer_id: str) -> Response:
        """Its numbers are made every night: until the first one they are null, and the next action stands."""
        pk = customer_by(customer_id)
        found = recommendation_of(pk)
        if found is not None:
            return answered(customer_id, pk, RecommendationAnswer.of(found))
        first = first_word_on(self.tenant, Profile.objects.get(pk=pk))
        return answered(customer_id, pk, RecommendationAnswer.of(first, is_computed=False))
