"""What can stand in the way of finding duplicates."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext, gettext_noop

from cdp.errors import Conflict, Invalid, NotFound
from cdp.sentences import Sentence

# What matching itself says, which knows no language.
SAID_BY_MATCHING = (
    Sentence(gettext_noop("%(records)s records are too few to learn from; %(fewest)s are needed.")),
    Sentence(
        gettext_noop(
            "%(verdicts)s verdicts, %(same)s of them “the same”, are too few: "
            "%(fewest)s are needed, and %(each)s of either kind."
        )
    ),
    Sentence(gettext_noop("No m or u was learned for: %(levels)s.")),
    gettext_noop("The verdicts contradict the weights: more weight would mean less likely the same."),
    gettext_noop("PySpark is not installed (pip install pyspark)."),
    gettext_noop("Java 17 or newer is not installed."),
)


class RunNotFound(NotFound):
    """No such run in this tenant."""

    slug = "match-run-not-found"

    def __init__(self) -> None:
        super().__init__(gettext("There is no such search for duplicates."))


class RunAtWork(Conflict):
    """One at a time per tenant."""

    slug = "match-run-at-work"
    title = "A search for duplicates is at work"

    def __init__(self) -> None:
        super().__init__(
            gettext("A search for duplicates is waiting or at work: wait for its end, or cancel it.")
        )


class RunIsOver(Conflict):
    """The run cannot be cancelled any more."""

    slug = "match-run-over"
    title = "This search has ended"

    def __init__(self) -> None:
        super().__init__(gettext("This search for duplicates has ended."))


class ModelNotFound(NotFound):
    """No such version of the model in this tenant."""

    slug = "match-model-not-found"

    def __init__(self) -> None:
        super().__init__(gettext("There is no such version of the matching model."))


class ModelNotDraft(Conflict):
    """Only a draft can be published."""

    slug = "match-model-not-draft"
    title = "This version is no draft"

    def __init__(self) -> None:
        super().__init__(gettext("Only a draft can be taken into use; this version has been in use already."))


class UntrainedModel(Conflict):
    """Levels without m or u would have invented weights."""

    slug = "match-model-untrained"
    title = "Nothing was learned about some levels"

    def __init__(self, levels: Sequence[str]) -> None:
        self.levels = tuple(levels)
        super().__init__(
            gettext(
                "Your customers showed too few pairs of some levels to learn their weights; keep the former "
                "weights for them, or train again later."
            ),
            fields={"levels": list(levels)},
        )


class NotEnough(Conflict):
    """Too few customers or verdicts to learn from."""

    slug = "match-not-enough"
    title = "There is too little to learn from"


class NotSureAnyMore(Conflict):
    """Looked at once more under lock, a cluster is not as sure as it was planned."""

    slug = "not-sure-any-more"
    title = "They are not surely the same any more"

    def __init__(self) -> None:
        super().__init__(
            gettext(
                "Since it was planned to merge these customers, something about them has changed, or speaks "
                "against it: people decide."
            )
        )


class NotAPair(Invalid):
    """Two different customers are needed."""

    slug = "not-a-pair"

    def __init__(self) -> None:
        super().__init__(gettext("Name two different customers."))
