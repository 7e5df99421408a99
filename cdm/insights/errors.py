"""What can be wrong with the orders or the settings given to insights."""


class InsightsError(Exception):
    """Base of the errors of insights; the message is one line that can be shown to an admin."""


class UnreadableOrders(InsightsError):
    """The file is neither a CSV nor a parquet file of order lines."""


class UnknownColumns(InsightsError):
    """A column that is needed cannot be told from the header."""

    def __init__(self, missing: list[str], header: list[str]) -> None:
        shown = ", ".join(header[:20]) or "none"
        super().__init__(f"No column for {', '.join(missing)}; the file has {shown[:300]}.")
        self.missing = missing


class NotEnoughOrders(InsightsError):
    """Too few orders before or after the cutoff to learn from or to measure on."""


class NoConvergence(InsightsError):
    """The likelihood of a value model has no maximum that could be found."""
