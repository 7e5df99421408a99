"""Addresses of the pages about duplicates."""

from django.urls import path
from django.views.generic import RedirectView

from unify.views import hint
from unify.views import undo_verbs as _undo_verbs  # noqa: F401 (registers how acts are taken back)
from unify.views.matching import how, model, model_acts, runs, settings
from unify.views.merging import by_hand, unmerge
from unify.views.review import acts, bulk, page, queue

CASE = "admin/review/<uuid:case_id>"
CUSTOMER = "admin/customers/<uuid:profile_id>"
MATCHING = "admin/matching"
VERSION = f"{MATCHING}/model/<uuid:version_id>"

urlpatterns = [
    path("admin/customers/duplicates", hint.duplicates, name="customer-duplicates"),
    path("review", RedirectView.as_view(pattern_name="review")),
    path("admin/review", page.review, name="review"),
    path("admin/review/queue", queue.queue, name="review-queue"),
    path("admin/review/accept", bulk.accept, name="review-accept"),
    path("admin/review/accepted/<uuid:bulk_id>", bulk.one, name="review-bulk"),
    path("admin/review/accepted/<uuid:bulk_id>/stop", bulk.stop, name="review-bulk-stop"),
    path(CASE, page.one, name="review-case"),
    path(f"{CASE}/claim", page.claim, name="review-claim"),
    path(f"{CASE}/preview", page.preview, name="review-preview"),
    path(f"{CASE}/decide", acts.decide, name="review-decide"),
    path(f"{CASE}/skip", acts.skip, name="review-skip"),
    path(f"{CASE}/undo", acts.undo, name="review-undo"),
    path(f"{CASE}/renew", acts.renew, name="review-renew"),
    path(f"{CASE}/release", acts.release, name="review-release"),
    path(f"{CUSTOMER}/merge", by_hand.choose, name="merge-choose"),
    path(f"{CUSTOMER}/merge/<uuid:other_id>", by_hand.compare, name="merge-compare"),
    path(f"{CUSTOMER}/merge/<uuid:other_id>/preview", by_hand.preview, name="merge-compare-preview"),
    path("admin/merges/<uuid:merge_id>", unmerge.merge_page, name="merge"),
    path(f"{MATCHING}/how", how.how, name="match-how"),
    path(f"{MATCHING}/runs", runs.runs, name="match-runs"),
    path(f"{MATCHING}/runs/progress", runs.progress, name="match-run-progress"),
    path(f"{MATCHING}/runs/start", runs.start, name="match-run-start"),
    path(f"{MATCHING}/runs/<uuid:match_run_id>/cancel", runs.cancel, name="match-run-cancel"),
    path(f"{MATCHING}/settings", settings.settings, name="match-settings"),
    path(f"{MATCHING}/settings/consequences", settings.consequences, name="match-consequences"),
    path(f"{MATCHING}/model/train", model_acts.train, name="match-train"),
    path(f"{MATCHING}/model/calibrate", model_acts.calibrate, name="match-calibrate"),
    path(f"{VERSION}/try", model_acts.dry_run, name="match-dry-run"),
    path(f"{VERSION}/publish", model_acts.publish, name="match-publish"),
    path(f"{MATCHING}/model", model.model, name="match-model"),
    path(VERSION, model.version, name="match-version"),
]
