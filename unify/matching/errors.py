"""What can be wrong with a model or with the records given to it."""


class MatchingError(Exception):
    """Base of the errors of matching; the message can be shown to an admin."""


class UnknownFunction(MatchingError, ValueError):
    """A condition uses something outside the closed list that both engines understand alike."""


class UntrainedLevel(MatchingError):
    """A level has no m or no u, so that its weight would be an invention."""

    def __init__(self, levels: list[str]) -> None:
        super().__init__(f"No m or u was learned for: {', '.join(levels)}.")
        self.levels = levels


class NotEnoughData(MatchingError):
    """Too few records or verdicts to learn from."""


class EngineUnavailable(MatchingError):
    """The chosen engine cannot run here; the message says what is missing."""
