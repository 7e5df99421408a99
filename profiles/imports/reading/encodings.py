"""Which encoding a text file is in, found out over the whole file without loading it."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext_noop

from cdp.sentences import Sentence
from profiles.imports.reading.errors import EmptyFile, UnknownEncoding, UnsupportedFormat

ENCODINGS = {
    "utf-8-sig": gettext_noop("Unicode (UTF-8)"),
    "utf-16": gettext_noop("Unicode (UTF-16)"),
    "cp874": gettext_noop("Thai (Windows-874)"),
    "cp1252": gettext_noop("Western European (Windows-1252)"),
    "cp932": gettext_noop("Japanese (Shift JIS)"),
}
"""What a person may choose, with its label in English."""

EMPTY = gettext_noop("The file is empty; choose a file with a header line and rows.")
NOT_IN_ENCODING = Sentence(
    gettext_noop("The file is not in %(encoding)s from about line %(line)s on; choose another encoding."),
    ours=("encoding",),
)
NO_TEXT = gettext_noop("This is not a text file; export the customers as CSV (UTF-8) or .xlsx.")

_CHUNK = 1 << 20
_PROBE = 1 << 16
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NON_ASCII = bytes(range(0x80, 0x100))
_UTF8_LEADS = bytes(range(0xC2, 0xF5))
_THAI_RUNS = re.compile(rb"[\xa1-\xda\xdf-\xfb]{3,}").findall
_JAPANESE_RUNS = re.compile(rb"(?:[\x81-\x9f\xe0-\xea][\x40-\x7e\x80-\xfc]){2,}").findall
_UNDECODED = re.compile("[\udc80-\udcff]").findall
_ENOUGH_NON_ASCII = 1 << 20
_MAX_DAMAGE = 0.1
_MOST = 0.5
_FEW = 0.1


@dataclass(frozen=True, slots=True)
class EncodingFound:
    encoding: str
    line_count: int
    is_certain: bool = True
    is_damaged: bool = False


def detect_encoding(file: BinaryIO) -> EncodingFound:
    """BOM, UTF-16 by its zero bytes, UTF-8 over the whole file, then the legacy encoding that fits best."""
    file.seek(0)
    probe = file.read(_PROBE)
    if not probe.strip(b"\0 \t\r\n\xff\xfe\xef\xbb\xbf"):
        raise EmptyFile(EMPTY)
    marked = next((encoding for bom, encoding in _BOMS if probe.startswith(bom)), "")
    encoding = marked or _utf16_by_zero_bytes(probe)
    if encoding and encoding != "utf-8-sig":
        return EncodingFound(encoding, check_encoding(file, encoding))
    return _utf8(file) or _legacy(file)


def check_encoding(file: BinaryIO, encoding: str) -> int:
    """The number of lines; raises UnknownEncoding, naming the line, when the file is not in that encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    newlines = returns = 0
    try:
        for chunk in _chunks(file):
            text = decoder.decode(chunk)
            newlines += text.count("\n")
            returns += text.count("\r")
        decoder.decode(b"", final=True)
    except UnicodeError as error:
        line_no = max(newlines, returns) + 1
        label = ENCODINGS.get(encoding, encoding)
        raise UnknownEncoding(
            NOT_IN_ENCODING(encoding=label, line=f"{line_no:,}"),
            line_no=line_no,
        ) from error
    return (newlines or returns) + 1


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(_CHUNK):
        yield chunk


def _utf16_by_zero_bytes(probe: bytes) -> str:
    zeroes = probe.count(0)
    if zeroes < max(2, len(probe) // 100):
        return ""
    odd = probe[1::2].count(0)
    if odd >= (1 - _FEW) * zeroes:
        return "utf-16-le"
    if odd <= _FEW * zeroes:
        return "utf-16-be"
    raise UnsupportedFormat(NO_TEXT)


def _utf8(file: BinaryIO) -> EncodingFound | None:
    try:
        return EncodingFound("utf-8-sig", check_encoding(file, "utf-8-sig"))
    except UnknownEncoding:
        return _damaged_utf8(file)


def _damaged_utf8(file: BinaryIO) -> EncodingFound | None:
    """UTF-8 with a few bad bytes: reading all rows as cp1252 because of one would spoil them all."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")("surrogateescape")
    newlines = returns = damaged = characters = 0
    for chunk in _chunks(file):
        text = decoder.decode(chunk)
        newlines += text.count("\n")
        returns += text.count("\r")
        damaged += len(_UNDECODED(text))
        characters += _count(chunk, _UTF8_LEADS)
        if damaged > max(1_000, _MAX_DAMAGE * characters):
            return None
    damaged += len(_UNDECODED(decoder.decode(b"", final=True)))
    if damaged > _MAX_DAMAGE * characters:
        return None
    return EncodingFound("utf-8-sig", (newlines or returns) + 1, is_damaged=True)


def _legacy(file: BinaryIO) -> EncodingFound:
    """cp874 when Thai letters stand in runs, cp932 when Japanese pairs do, else cp1252."""
    likely, otherwise = _likely_legacy(file)
    try:
        return EncodingFound(likely, check_encoding(file, likely), is_certain=False)
    except UnknownEncoding:
        return EncodingFound(otherwise, check_encoding(file, otherwise), is_certain=False)


def _likely_legacy(file: BinaryIO) -> tuple[str, str]:
    non_ascii = thai = japanese = 0
    for chunk in _chunks(file):
        non_ascii += _count(chunk, _NON_ASCII)
        thai += sum(map(len, _THAI_RUNS(chunk)))
        japanese += sum(map(len, _JAPANESE_RUNS(chunk)))
        if non_ascii > _ENOUGH_NON_ASCII:
            break
    if japanese > _MOST * non_ascii:
        return "cp932", "cp1252"
    return ("cp874", "cp1252") if thai > _MOST * non_ascii else ("cp1252", "cp874")


def _count(chunk: bytes, wanted: bytes) -> int:
    return len(chunk) - len(chunk.translate(None, wanted))
