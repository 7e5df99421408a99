class UnreadableFile(ValueError):
    """A file that cannot be imported as it stands; the message says what to change."""

    code = "unreadable"

    def __init__(self, message: str, *, line_no: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line_no = line_no


class EmptyFile(UnreadableFile):
    """A file without a single cell."""

    code = "empty"


class UnsupportedFormat(UnreadableFile):
    """A file that is neither delimited text nor an .xlsx workbook."""

    code = "format"


class UnknownEncoding(UnreadableFile):
    """Text that no known encoding, or not the chosen one, can read to its end."""

    code = "encoding"


class TooManyColumns(UnreadableFile):
    """A table wider than the limit."""

    code = "columns"


class LineTooLong(UnreadableFile):
    """A line so long that the file is hardly a table."""

    code = "line_length"


class UnsafeWorkbook(UnreadableFile):
    """A workbook that unpacks to far more than it should."""

    code = "workbook_size"


class DamagedWorkbook(UnreadableFile):
    """A workbook that cannot be opened or read to its end."""

    code = "workbook"


class UnknownSheet(UnreadableFile):
    """A sheet that the workbook does not have."""

    code = "sheet"
