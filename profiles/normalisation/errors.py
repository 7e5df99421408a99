class InvalidValue(ValueError):
    """A value that cannot be stored as it stands.

    The message says what to change and never repeats the value, so it may be logged.
    `code` is stable and meant for programs.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    def __reduce__(self) -> tuple[type["InvalidValue"], tuple[str, str]]:
        return type(self), (self.code, self.message)


class InvalidText(InvalidValue):
    """Text that the database cannot hold, or that is too long."""


class InvalidEmail(InvalidValue):
    """Text that is not one deliverable e-mail address."""


class InvalidPhone(InvalidValue):
    """Text that is not one dialable phone number."""


class InvalidDate(InvalidValue):
    """Text that is not a date of birth."""
