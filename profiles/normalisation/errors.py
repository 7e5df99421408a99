from django.utils.translation import gettext


def gettext_noop(message: str) -> str:
    """Mark a text for the catalogues, as Django's own does, which wants settings and is no use without."""
    return message


class InvalidValue(ValueError):
    """A value that cannot be stored as it stands.

    The message says what to change and never repeats the value, so it may be logged.
    `code` is stable and meant for programs. `words` says the message in the reader's language.
    """

    def __init__(self, code: str, template: str, **limits: object) -> None:
        message = template % limits if limits else template
        super().__init__(message)
        self.code = code
        self.message = message
        self.template = template
        self.limits = limits

    def words(self) -> str:
        """Return the message in the active language."""
        text = gettext(self.template)
        return text % self.limits if self.limits else text

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
