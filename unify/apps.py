"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UnifyConfig(AppConfig):
    """Duplicates: finding, deciding, merging."""

    name = "unify"
    verbose_name = _("Duplicates")

    def ready(self) -> None:
        """Say what merging does with the relations to customers, and what changes mean for duplicates."""
        from profiles import registries as below  # noqa: PLC0415
        from unify.deciding.listening import close_pairs, keep_apart  # noqa: PLC0415
        from unify.demo import find_duplicates  # noqa: PLC0415
        from unify.finding import listening  # noqa: PLC0415
        from unify.labels import add_labels  # noqa: PLC0415
        from unify.merging.declared import declare  # noqa: PLC0415 (models are loaded only now)
        from unify.operations.erase_merges import erase_merges  # noqa: PLC0415
        from unify.panels import add_panels  # noqa: PLC0415
        from unify.records.queueing import refresh_after_commit, refresh_after_import  # noqa: PLC0415
        from unify.registries import after_merge, after_unmerge  # noqa: PLC0415

        declare()
        add_labels()
        # In this order: what is asked again is read before it is closed, verdicts are about renewed records.
        after_merge.register("pairs", listening.hand_on_pairs)
        after_merge.register("records", listening.renew_merged)
        after_merge.register("queue", close_pairs)
        after_unmerge.register("records", listening.renew_merged)
        after_unmerge.register("queue", keep_apart)
        below.profile_changes.register("matching", refresh_after_commit)
        below.imports_done.register("matching", refresh_after_import)
        below.identity_conflicts.register("candidates", listening.open_conflicts)
        below.derived_rows.register("unify.MatchKey", listening.remove_keys)
        below.derived_rows.register("unify.MatchRecord", listening.remove_records)
        below.derived_rows.register("unify.Candidate", listening.remove_candidates)
        below.personal_data.register(
            "merges", lambda tenant, ids, by: erase_merges(tenant=tenant, by=by, profile_ids=ids)
        )
        below.demo_steps.register("duplicates", find_duplicates)
        add_panels()
