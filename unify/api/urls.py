"""Addresses of the API of duplicates; fixed routes stand before those with ids."""

from typing import Any

from django.urls import path

import cdp.api.converters  # noqa: F401 (registers "id")
from unify.api.views import bulk, cases, merges, models, pairs, runs

CASE = "unify/cases/<id:case_id>"
LIST: dict[str, str | Any] = {"get": "list"}
ONE: dict[str, str | Any] = {"get": "retrieve"}
MODEL = "unify/models/<id:version_id>"

urlpatterns = [
    path("profiles/detect-duplicates", pairs.DetectDuplicatesView.as_view(), name="profile-detect"),
    path("profiles/match", pairs.MatchView.as_view(), name="profile-match"),
    path("profiles/auto-unify/<id:profile_id>", pairs.AutoUnifyView.as_view(), name="profile-auto-unify"),
    path("profiles/merge", merges.MergeView.as_view(), name="profile-merge"),
    path("profiles/merge/preview", merges.MergePreviewView.as_view(), name="profile-merge-preview"),
    path("profiles/merges", merges.MergeViewSet.as_view(LIST), name="merge-list"),
    path("profiles/merges/<id:merge_id>", merges.MergeViewSet.as_view(ONE), name="merge-detail"),
    path("profiles/merges/<id:merge_id>/unmerge", merges.UnmergeView.as_view(), name="merge-unmerge"),
    path("api/v1/customers/<id:profile_id>/merge", merges.CustomerMergeView.as_view(), name="customer-merge"),
    path("unify/explain", pairs.ExplainView.as_view(), name="unify-explain"),
    path("unify/candidates", pairs.CandidateView.as_view(), name="unify-candidates"),
    path("unify/cases", cases.CaseViewSet.as_view(LIST), name="unify-cases"),
    path("unify/cases/claim", cases.ClaimView.as_view(), name="unify-claim"),
    path("unify/cases/accept", bulk.AcceptView.as_view(), name="unify-accept"),
    path(CASE, cases.CaseViewSet.as_view(ONE), name="unify-case"),
    path(f"{CASE}/renew", cases.RenewView.as_view(), name="unify-case-renew"),
    path(f"{CASE}/release", cases.ReleaseView.as_view(), name="unify-case-release"),
    path(f"{CASE}/skip", cases.SkipView.as_view(), name="unify-case-skip"),
    path(f"{CASE}/decide", cases.DecideView.as_view(), name="unify-case-decide"),
    path(f"{CASE}/undo", cases.UndoView.as_view(), name="unify-case-undo"),
    path("unify/bulk-decisions/<id:bulk_id>", bulk.BulkDecisionView.as_view(), name="unify-bulk"),
    path("unify/bulk-decisions/<id:bulk_id>/stop", bulk.StopView.as_view(), name="unify-bulk-stop"),
    path("unify/progress", cases.ProgressView.as_view(), name="unify-progress"),
    path("unify/verdicts", cases.VerdictListView.as_view(), name="unify-verdicts"),
    path("unify/runs", runs.RunViewSet.as_view({**LIST, "post": "create"}), name="unify-runs"),
    path("unify/runs/<id:match_run_id>", runs.RunViewSet.as_view(ONE), name="unify-run"),
    path("unify/runs/<id:match_run_id>/cancel", runs.CancelView.as_view(), name="unify-run-cancel"),
    path("unify/settings", models.SettingsView.as_view(), name="unify-settings"),
    path("unify/models", models.ModelViewSet.as_view(LIST), name="unify-models"),
    path("unify/models/train", models.TrainView.as_view(), name="unify-train"),
    path("unify/models/calibrate", models.CalibrateView.as_view(), name="unify-calibrate"),
    path(MODEL, models.ModelViewSet.as_view(ONE), name="unify-model"),
    path(f"{MODEL}/diff", models.ModelDifferenceView.as_view(), name="unify-model-diff"),
    path(f"{MODEL}/publish", models.PublishView.as_view(), name="unify-model-publish"),
    path(f"{MODEL}/dry-run", models.TryView.as_view(), name="unify-model-dry-run"),
]
