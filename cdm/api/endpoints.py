"""Every endpoint under /cdm: what it is for, whom it is open to, what it takes and answers."""

from __future__ import annotations

import functools

from cdm.api import answers, customer_answers, examples, queries, recommendation_answers
from cdm.records import behaviour, family, interaction, ownership
from cdp.api.operation import operation
from cdp.permissions import PROFILE_READ, PROFILE_WRITE

SEEN = {"X-Merged-Into": "The customer answered, when the one asked for was merged into it."}
AMBIGUOUS = {409: "Several customers are known by this id."}
_read = functools.partial(operation, code=PROFILE_READ, headers=SEEN, problems=AMBIGUOUS)
_list = functools.partial(operation, code=PROFILE_READ, problems=AMBIGUOUS)
_add = functools.partial(operation, code=PROFILE_WRITE, status=201, problems=AMBIGUOUS)
_change = functools.partial(operation, code=PROFILE_WRITE)
_remove = functools.partial(operation, code=PROFILE_WRITE, status=204)


_c360, _family, _talk = "customer 360", "family", "interactions"
_shop, _back, _days = "behavior", "drop-offs", "occasions"

get_customer = _read("Get a customer at a glance", tag=_c360, answer=customer_answers.Customer360)
list_customers = _list(
    "List customers at a glance",
    tag=_c360,
    query=queries.CustomersQuery,
    answer=customer_answers.Customers360,
)
list_by_stage = _list(
    "List the customers of a lifecycle stage",
    tag=_c360,
    query=queries.CustomersQuery,
    answer=customer_answers.Customers360,
)
list_by_type = _list(
    "List the customers of a type",
    tag=_c360,
    query=queries.CustomersQuery,
    answer=customer_answers.Customers360,
)
list_by_temperature = _list(
    "List the customers of a temperature",
    tag=_c360,
    query=queries.CustomersQuery,
    answer=customer_answers.Customers360,
)
count_customers = _list("Count customers", tag=_c360, answer=customer_answers.DashboardAnswer)
assign_owner = _change(
    "Assign customers to an agent",
    tag=_c360,
    body=ownership.OwnerBody,
    answer=customer_answers.AssignedAnswer,
    example=examples.OWNER,
)

list_family = _read("List a customer's family", tag=_family, answer=answers.Family)
add_family = _add(
    "Add a family member",
    tag=_family,
    body=family.NewFamilyRecord,
    answer=answers.FamilyAnswer,
    example=examples.FAMILY,
)
change_family = _change(
    "Change a family member",
    tag=_family,
    body=family.FamilyChange,
    answer=answers.FamilyAnswer,
    example=examples.FAMILY_CHANGE,
)
remove_family = _remove("Remove a family member", tag=_family)
restore_family = _change(
    "Bring a removed family member back",
    tag=_family,
    answer=answers.FamilyAnswer,
    problems={409: "It is still there."},
)

list_interactions = _read(
    "List a customer's interactions",
    tag=_talk,
    query=queries.InteractionsQuery,
    answer=answers.Interactions,
)
log_interaction = _add(
    "Log an interaction",
    tag=_talk,
    body=interaction.NewInteraction,
    answer=answers.InteractionAnswer,
    example=examples.INTERACTION,
)
change_interaction = _change(
    "Correct an interaction",
    tag=_talk,
    body=interaction.InteractionChange,
    answer=answers.InteractionAnswer,
    example=examples.INTERACTION_CHANGE,
)
remove_interaction = _remove("Remove an interaction", tag=_talk)
restore_interaction = _change(
    "Bring a removed interaction back",
    tag=_talk,
    answer=answers.InteractionAnswer,
    problems={409: "It is still there."},
)
count_interactions = _read("Count a customer's interactions", tag=_talk, answer=answers.InteractionStats)

record_behaviour = _add(
    "Record what a customer did in the shop",
    tag=_shop,
    body=behaviour.NewBehaviour,
    answer=answers.BehaviourAnswer,
    example=examples.BEHAVIOUR,
)
record_behaviours = _add(
    "Record what many customers did in the shop",
    tag=_shop,
    body=behaviour.BehaviourBatch,
    answer=answers.BatchAnswer,
    example=examples.BEHAVIOURS,
)
list_behaviour = _read(
    "List what a customer did in the shop",
    tag=_shop,
    query=queries.BehaviourQuery,
    answer=answers.Behaviours,
)
list_most_viewed = _read(
    "List the products a customer looked at most",
    tag=_shop,
    query=queries.MostViewedQuery,
    answer=answers.MostViewed,
)

record_drop_off = _add(
    "Record a drop-off",
    tag=_back,
    body=behaviour.NewDropOff,
    answer=answers.DropOffAnswer,
    example=examples.DROP_OFF,
)
list_drop_offs = _read(
    "List a customer's drop-offs", tag=_back, query=queries.CustomerRows, answer=answers.DropOffs
)
recover_drop_off = _change("Mark a drop-off as recovered", tag=_back, answer=answers.DropOffAnswer)
count_recovered = _list(
    "Count drop-offs and recoveries by stage",
    tag=_back,
    query=queries.RecoveryQuery,
    answer=answers.RecoveryAnswer,
)
list_win_back = _list(
    "List drop-offs to win back, the most valuable first",
    tag=_back,
    query=queries.CustomerRows,
    answer=answers.DropOffs,
)

list_birthdays = _list(
    "List coming birthdays", tag=_days, query=queries.OccasionsQuery, answer=customer_answers.Occasions
)
list_anniversaries = _list(
    "List coming anniversaries", tag=_days, query=queries.OccasionsQuery, answer=customer_answers.Occasions
)
list_today = _list(
    "List today's birthdays and anniversaries",
    tag=_days,
    query=queries.CustomerRows,
    answer=customer_answers.Occasions,
)

_calls = "recommendations"
list_recommendations = _list(
    "List whom to call, the best first",
    tag=_calls,
    query=queries.CallsQuery,
    answer=recommendation_answers.Recommendations,
)
list_top_priority = _list(
    "List the first to call",
    tag=_calls,
    query=queries.TopQuery,
    answer=recommendation_answers.Recommendations,
)
get_recommendation = _read(
    "Get what is recommended about a customer",
    tag=_calls,
    answer=recommendation_answers.RecommendationAnswer,
)
