"""Every endpoint of the customer API: what it is for, whom it is open to, what it takes and answers."""

from __future__ import annotations

from cdp.api.operation import operation
from cdp.api.paging import PageQuery, WindowQuery
from cdp.permissions import IMPORT_RUN, PROFILE_DELETE, PROFILE_READ, PROFILE_WRITE
from profiles.api import examples
from profiles.api.serializers import bodies, parts, profiles, queries
from profiles.api.serializers.hints import HintsBody
from profiles.api.serializers.records import CustomerRecord
from profiles.filters import CustomerFilter, EventFilter, ProfileFilter
from profiles.records import ProfileRecord

MEANT = {"X-Merged-Into": "The customer answered, when the one asked for was merged into it."}
SEEN = {"ETag": "The version, for If-Match.", **MEANT}
MADE = {"ETag": "The version, for If-Match.", "Location": "The address of what was made."}
COUNTS = {"X-Updated": "How many customers are inactive now.", "X-Failed": "How many ids named none."}
DUPLICATE = {409: "Somebody known has this e-mail, phone or id; `existingId` says who."}
AMBIGUOUS = {409: "Several customers have this id; name the `sourceType`."}
LATER = {501: "The capability behind this endpoint is not installed."}

list_profiles = operation(
    "List customers",
    tag="profiles",
    code=PROFILE_READ,
    query=queries.ProfileListQuery,
    filters=ProfileFilter,
    answer=profiles.ProfilePage,
)
create_profile = operation(
    "Create a customer",
    tag="profiles",
    code=PROFILE_WRITE,
    status=201,
    query=queries.CreateQuery,
    body=ProfileRecord,
    answer=profiles.ProfileDetail,
    headers=MADE,
    problems=DUPLICATE,
    example=examples.PROFILE,
)
get_profile = operation(
    "Get a customer", tag="profiles", code=PROFILE_READ, answer=profiles.ProfileDetail, headers=SEEN
)
change_profile = operation(
    "Change a customer",
    tag="profiles",
    code=PROFILE_WRITE,
    body=ProfileRecord,
    answer=profiles.ProfileDetail,
    headers=SEEN,
    takes_version=True,
    example=examples.CHANGE,
)
deactivate_profile = operation(
    "Deactivate a customer", tag="profiles", code=PROFILE_DELETE, status=204, takes_version=True
)

count_profiles = operation(
    "Count customers", tag="profiles", code=PROFILE_READ, answer=queries.StatisticsAnswer
)
score_profile = operation(
    "Score a customer's completeness",
    tag="profiles",
    code=PROFILE_READ,
    answer=queries.CompletionAnswer,
    headers=MEANT,
)
find_by_external_id = operation(
    "Find a customer by external id",
    tag="profiles",
    code=PROFILE_READ,
    query=queries.SourceTypeQuery,
    answer=profiles.ProfileSummary,
    problems=AMBIGUOUS,
)
add_identifier = operation(
    "Add an external id",
    tag="identifiers",
    code=PROFILE_WRITE,
    status=201,
    body=bodies.IdentifierBody,
    answer=parts.IdentifierAnswer,
    example=examples.IDENTIFIER,
)
remove_identifier = operation("Remove an external id", tag="identifiers", code=PROFILE_WRITE, status=204)
list_events = operation(
    "List a customer's events",
    tag="events",
    code=PROFILE_READ,
    query=PageQuery,
    filters=EventFilter,
    answer=queries.EventPage,
    headers=MEANT,
)
record_event = operation(
    "Record an event",
    tag="events",
    code=PROFILE_WRITE,
    status=201,
    body=bodies.EventBody,
    answer=parts.EventAnswer,
    example=examples.EVENT,
)

tag_profiles = operation(
    "Tag many customers",
    tag="bulk",
    code=PROFILE_WRITE,
    body=bodies.BulkTagsBody,
    answer=queries.BulkAnswer,
    example=examples.BULK_TAGS,
)
segment_profiles = operation(
    "Put many customers in segments",
    tag="bulk",
    code=PROFILE_WRITE,
    body=bodies.BulkSegmentsBody,
    answer=queries.BulkAnswer,
    example=examples.BULK_SEGMENTS,
)
deactivate_profiles = operation(
    "Deactivate many customers",
    tag="bulk",
    code=PROFILE_DELETE,
    status=204,
    body=bodies.ProfileIdsBody,
    headers=COUNTS,
    example=examples.PROFILE_IDS,
)

sync_profiles = operation(
    "Fetch customers from another system", tag="sync", code=IMPORT_RUN, status=501, problems=LATER
)

list_customers = operation(
    "List customers",
    tag="customers",
    code=PROFILE_READ,
    query=WindowQuery,
    filters=CustomerFilter,
    answer=profiles.CustomerWindow,
)
get_customer = operation(
    "Get a customer", tag="customers", code=PROFILE_READ, answer=profiles.CustomerDetail, headers=SEEN
)
change_customer = operation(
    "Change a customer",
    tag="customers",
    code=PROFILE_WRITE,
    body=CustomerRecord,
    answer=profiles.CustomerDetail,
    headers=SEEN,
    takes_version=True,
    example=examples.CHANGE,
)
resolve_query = operation(
    "Resolve a person (hints in the query)",
    tag="customers",
    code=PROFILE_READ,
    query=HintsBody,
    answer=profiles.ResolutionAnswer,
)
resolve_body = operation(
    "Resolve a person",
    tag="customers",
    code=PROFILE_READ,
    body=HintsBody,
    answer=profiles.ResolutionAnswer,
    example=examples.HINTS,
)
