"""The list of a model in the admin."""

from __future__ import annotations

from django.http import HttpRequest
from unfold.views import ChangeList


class CrmChangeList(ChangeList):  # type: ignore[misc]
    """A list that offers "show all" only when something is filtered out."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        if not self.query and not self.has_active_filters:
            self.full_result_count = self.result_count
