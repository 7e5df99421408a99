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
from cdm.summaries.tasks import follow_changed as follow_changed
from cdm.summaries.tasks import follow_the_clock as follow_the_clock
from cdm.summaries.tasks import follow_the_clock_of_tenant as follow_the_clock_of_tenant
from cdm.summaries.tasks import rebuild_summaries as rebuild_summaries
from cdm.summaries.tasks import rebuild_summaries_of_tenant as rebuild_summaries_of_tenant
from cdm.summaries.tasks import summarise_new as summarise_new
from cdm.summaries.tasks import summarise_new_of_tenant as summarise_new_of_tenant
