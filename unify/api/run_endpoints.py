"""The endpoints of searches, settings and models: whom they are open to, what they take and answer."""

from __future__ import annotations

from cdp.api.operation import operation
from cdp.api.paging import PageQuery
from cdp.permissions import SETTINGS_WRITE, UNIFY_MERGE
from unify.api import bodies, run_answers

_AT_WORK = {409: "A search, training or trial is at work; one at a time."}
_NOT_READY = {409: "It is no draft, or nothing was learned about some levels (`errors` names them)."}
_OVER = {409: "It has ended already."}

list_runs = operation(
    "List searches", tag="matching", code=UNIFY_MERGE, query=bodies.RunQuery, answer=run_answers.MatchRunPage
)
start_run = operation(
    "Search for duplicates",
    tag="matching",
    code=UNIFY_MERGE,
    status=202,
    body=bodies.RunBody,
    answer=run_answers.MatchRunAnswer,
    problems=_AT_WORK,
    headers={"Location": "Where to ask how far it is."},
    example={"kind": "deep"},
)
get_run = operation("Get a search", tag="matching", code=UNIFY_MERGE, answer=run_answers.MatchRunAnswer)
cancel_run = operation(
    "Cancel a search", tag="matching", code=UNIFY_MERGE, answer=run_answers.MatchRunAnswer, problems=_OVER
)
get_settings = operation(
    "Get the settings of duplicates", tag="matching", code=SETTINGS_WRITE, answer=run_answers.SettingsAnswer
)
change_settings = operation(
    "Change the settings of duplicates",
    tag="matching",
    code=SETTINGS_WRITE,
    body=bodies.SettingsBody,
    answer=run_answers.SettingsAnswer,
    example={"mergeScore": 95, "needsSecondPerson": True, "survivorship": {"phone": "most_recent"}},
)
list_models = operation(
    "List versions of the model",
    tag="matching",
    code=SETTINGS_WRITE,
    query=PageQuery,
    answer=run_answers.ModelPage,
)
get_model = operation(
    "Get a version of the model", tag="matching", code=SETTINGS_WRITE, answer=run_answers.ModelDetail
)
diff_model = operation(
    "Compare versions of the model",
    tag="matching",
    code=SETTINGS_WRITE,
    query=bodies.DiffQuery,
    answer=run_answers.ModelDifferenceAnswer,
)
publish_model = operation(
    "Use a version of the model",
    tag="matching",
    code=SETTINGS_WRITE,
    body=bodies.PublishBody,
    answer=run_answers.ModelAnswer,
    problems=_NOT_READY,
    example={"complete": False},
)
train_model = operation(
    "Train a model",
    tag="matching",
    code=SETTINGS_WRITE,
    status=202,
    answer=run_answers.MatchRunAnswer,
    problems=_AT_WORK,
    headers={"Location": "Where to ask how far it is."},
)
calibrate_model = operation(
    "Calibrate the model by verdicts",
    tag="matching",
    code=SETTINGS_WRITE,
    status=201,
    answer=run_answers.ModelAnswer,
    problems={409: "There are too few verdicts."},
    headers={"Location": "The address of the draft."},
)
try_model = operation(
    "Try a version of the model",
    tag="matching",
    code=SETTINGS_WRITE,
    status=202,
    answer=run_answers.MatchRunAnswer,
    problems={409: "A search is at work."},
    headers={"Location": "Where to ask how far it is."},
)
