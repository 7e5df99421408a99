"""App configuration."""

from django.apps import AppConfig


class UnifyConfig(AppConfig):
    """Duplicates: finding, deciding, merging."""

    name = "unify"

    def ready(self) -> None:
        """Say what merging does with the relations to customers, and what merges mean for the queue."""
        from unify.deciding.listening import close_pairs, keep_apart  # noqa: PLC0415
        from unify.merging.declared import declare  # noqa: PLC0415 (models are loaded only now)
        from unify.registries import after_merge, after_unmerge  # noqa: PLC0415

        declare()
        after_merge.register("queue", close_pairs)
        after_unmerge.register("queue", keep_apart)
