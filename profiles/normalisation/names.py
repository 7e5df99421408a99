"""Names and other free text as people type them, made fit to store, and the name a profile is shown under."""

import re
import unicodedata

from profiles.normalisation.errors import InvalidText, gettext_noop

MAX_NAME_LENGTH = 255
LONG_TEXT = gettext_noop("Shorten the text to at most %(most)s characters.")

# Direction marks and the zero-width space only change how text looks, so two equal-looking names would
# differ. The zero-width joiners stay: Bengali and Persian spelling needs them.
_INVISIBLE = dict.fromkeys(
    [0xAD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF]
)
_CONTROL = dict.fromkeys([*range(0x01, 0x09), *range(0x0E, 0x1C), *range(0x7F, 0x85), *range(0x86, 0xA0)])
_REMOVED = _INVISIBLE | _CONTROL
_has_removed = re.compile("[" + "".join(map(chr, _REMOVED)) + "]").search
_has_surrogate = re.compile("[\ud800-\udfff]").search
_is_east_asian = re.compile(
    r"[\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003fffd\s]+"
).fullmatch


def clean_text(raw: str, *, max_length: int = MAX_NAME_LENGTH) -> str:
    """NFC on one line, single spaces, no control or invisible characters; raises InvalidText."""
    text = " ".join(raw.split()) if raw.isascii() and raw.isprintable() else _clean_unusual(raw)
    if len(text) > max_length:
        most = f"{max_length:,}"
        raise InvalidText("too_long", LONG_TEXT, most=most)
    return text


def _clean_unusual(raw: str) -> str:
    if "\0" in raw:
        raise InvalidText("null_character", gettext_noop("Remove the null character from the text."))
    if _has_surrogate(raw):
        raise InvalidText("broken_character", gettext_noop("Remove the broken character from the text."))
    text = raw.translate(_REMOVED) if _has_removed(raw) else raw
    text = unicodedata.normalize("NFC", text)
    # The Thai vowel am, as some converters write it in two characters.
    return " ".join(text.replace("\u0e4d\u0e32", "\u0e33").split())


def display_name(
    first: str = "",
    last: str = "",
    company: str = "",
    email: str = "",
    phone: str = "",
    *,
    is_company: bool = False,
) -> str:
    """The name a profile is shown under: never empty unless nothing at all is known.

    A person is not shown under the company's name while anything of their own is known, or everybody of one
    company would look the same.
    """
    person = _person_name(first.strip(), last.strip())
    if is_company:
        return company.strip() or person or email or phone
    return person or email or phone or company.strip()


def _person_name(first: str, last: str) -> str:
    if first and last and _is_east_asian(first) and _is_east_asian(last):
        return last + first
    return f"{first} {last}".strip()
