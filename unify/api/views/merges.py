"""Merging, and taking merges back."""

from __future__ import annotations

import uuid

from rest_framework.request import Request
from rest_framework.response import Response

from cdp.api.views import ApiMixin, ApiView, ApiViewSet
from profiles.api import answers as profile_answers
from profiles.api.fetching import fetched, followed
from unify.api import endpoints
from unify.api.answers import MergeAnswer, MergedProfile, MergePage
from unify.api.bodies import CustomerMergeBody, HowToMerge, MergeBody, MergeQuery, UnmergeBody
from unify.api.paging import page_of
from unify.api.previews import MergePreviewAnswer, UnmergeAnswer, UnmergePreviewAnswer
from unify.deciding.clusters import one_customer
from unify.deciding.history import get_merge, merges_of
from unify.models import Merge
from unify.operations.merge_by_hand import merge_by_hand, preview_by_hand, takes_two
from unify.operations.preview_unmerge import preview_unmerge
from unify.operations.unmerge import unmerge


class MergeView(ApiView):
    """Merging pairs."""

    @endpoints.merge_candidates
    def post(self, request: Request, body: MergeBody) -> MergedProfile:
        """Merges the customers of pairs that hang together; `mergedFrom` names those that are gone."""
        winner, *losers = one_customer(body.pairs, body.winner_id)
        merges = _merge(self, winner, losers, body)
        return MergedProfile.after(fetched(merges[0].winner_id), merges)


class MergePreviewView(ApiView):
    """Looking at a merge before it is made."""

    @endpoints.preview_merge
    def post(self, request: Request, body: MergeBody) -> MergePreviewAnswer:
        """What the same body would do at `/profiles/merge`: every field with whose value is kept and why."""
        winner, *losers = one_customer(body.pairs, body.winner_id)
        preview = preview_by_hand(
            tenant=self.tenant,
            winner_id=winner,
            loser_ids=losers,
            strategy=body.strategy,
            resolved_conflicts=body.resolved_conflicts,
            force=body.force,
            seen=body.versions,
        )
        is_for_two = takes_two(self.tenant, [winner, *losers])
        return MergePreviewAnswer.of(preview, needs_second_person=is_for_two)


class CustomerMergeView(ApiView):
    """Merging one customer into another."""

    @endpoints.merge_customer
    def post(self, request: Request, profile_id: uuid.UUID, body: CustomerMergeBody) -> Response:
        """The customer of the address survives; the other's id answers the survivor from now on."""
        followed(profile_id)
        _merge(self, profile_id, [body.loser_id], body)
        return profile_answers.detail(profile_id, route="customer-detail")


class MergeViewSet(ApiViewSet):
    """What was merged."""

    queryset = Merge.objects.all()

    @endpoints.list_merges
    def list(self, request: Request, query: MergeQuery) -> MergePage:
        """The latest first, those that were taken back included."""
        rows, meta = page_of(merges_of(query.profile_id, status=query.status, origin=query.origin), query)
        return MergePage(data=[MergeAnswer.model_validate(row) for row in rows], meta=meta)

    @endpoints.get_merge
    def retrieve(self, request: Request, merge_id: uuid.UUID) -> MergeAnswer:
        """Who was merged into whom, by whom and why, and whether it still holds."""
        return MergeAnswer.model_validate(get_merge(merge_id))


class UnmergeView(ApiView):
    """Taking one merge back."""

    @endpoints.preview_unmerge
    def get(self, request: Request, merge_id: uuid.UUID) -> UnmergePreviewAnswer:
        """Who would come out, and what was changed since and must be answered."""
        return UnmergePreviewAnswer.of(preview_unmerge(tenant=self.tenant, merge_id=merge_id))

    @endpoints.unmerge
    def post(self, request: Request, merge_id: uuid.UUID, body: UnmergeBody) -> UnmergeAnswer:
        """Puts everything back as it was; of each change since, it must be said what becomes of it."""
        result = unmerge(
            tenant=self.tenant,
            by=self.actor,
            merge_id=merge_id,
            answers=body.answers,
            default=body.default,
        )
        return UnmergeAnswer.of(result)


def _merge(view: ApiMixin, winner: uuid.UUID, losers: list[uuid.UUID], how: HowToMerge) -> list[Merge]:
    return merge_by_hand(
        tenant=view.tenant,
        by=view.actor,
        winner_id=winner,
        loser_ids=losers,
        strategy=how.strategy,
        resolved_conflicts=how.resolved_conflicts,
        reason=how.reason,
        force=how.force,
        seen=how.versions,
    )
