"""What taking a merge back would do."""

from __future__ import annotations

import uuid

from cdp.models import Tenant
from unify.merging.previews import UnmergePreview


def preview_unmerge(*, tenant: Tenant, merge_id: uuid.UUID) -> UnmergePreview:
    """Return who would come out, what goes along, and what was edited since."""
    raise NotImplementedError
