"""Entry points of the workers; each part's jobs are found through this module."""

from __future__ import annotations

from cdm.automation.jobs import evaluate as evaluate
from cdm.automation.jobs import send as send
from cdm.automation.jobs import send_everywhere as send_everywhere
from cdm.occasions.tasks import fold_summary_tallies_everywhere as fold_summary_tallies_everywhere
from cdm.occasions.tasks import fold_summary_tallies_of_tenant as fold_summary_tallies_of_tenant
from cdm.occasions.tasks import remind_occasions as remind_occasions
from cdm.occasions.tasks import remind_occasions_of_tenant as remind_occasions_of_tenant
from cdm.recommending.tasks import carry_out as carry_out
from cdm.recommending.tasks import recommend_nightly as recommend_nightly
