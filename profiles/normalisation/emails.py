"""E-mail addresses in the one form in which they are stored, compared and looked up."""

import re
import unicodedata

import idna

from profiles.normalisation.errors import InvalidEmail, gettext_noop

MAX_LENGTH = 254
MAX_LOCAL_LENGTH = 64

_ATOM = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = rf"(?:{_LABEL}\.)+(?![0-9]+$)[a-z0-9][a-z0-9-]{{0,61}}[a-z0-9]"
_LENGTHS = rf"(?=.{{1,{MAX_LENGTH}}}$)(?=[^@]{{1,{MAX_LOCAL_LENGTH}}}@)"
_is_plain = re.compile(rf"{_LENGTHS}{_ATOM}(?:\.{_ATOM})*@{_DOMAIN}").fullmatch
_is_domain = re.compile(_DOMAIN).fullmatch
_ASCII_IN_LOCAL = frozenset("abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+/=?^_`{|}~.-")
_JOINERS = "\u200c\u200d"
_wrapped = re.compile(r"[^<>@]*<([^<>]+)>|mailto:([^?]+)(?:\?.*)?", re.IGNORECASE).fullmatch

# Full-width ASCII and the ideographic full stops are typed by East Asian keyboards. Other compatibility
# characters are left alone: folding them could make two different mailboxes one.
_TYPED = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_TYPED |= {0x3002: 0x2E, 0xFF61: 0x2E, 0x3000: 0x20, 0xA0: 0x20}
_TYPED_INVISIBLE: dict[int, None] = dict.fromkeys(
    [0xAD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF]
)
_TRANSLATION: dict[int, int | None] = {**_TYPED, **_TYPED_INVISIBLE}
LONG_NAME = gettext_noop("Shorten the part in front of the @ to at most %(most)s characters.")
LONG_ADDRESS = gettext_noop("Shorten the e-mail address to at most %(most)s characters.")
_DOTS_BEFORE = gettext_noop("Remove the doubled, leading or trailing dot in front of the @ of the e-mail.")
_DOTS_AFTER = gettext_noop("Remove the doubled, leading or trailing dot after the @ of the e-mail.")


def normalise_email(raw: str) -> str:
    """The address trimmed, lower-cased, its domain in ASCII (IDNA); raises InvalidEmail.

    Dots and +tags in the local part are kept: only the mailbox's own server knows what they mean.
    """
    email = raw.strip().lower()
    if _is_plain(email):
        return email
    return _normalise_unusual(raw)


def _normalise_unusual(raw: str) -> str:
    if len(raw) > 4 * MAX_LENGTH:
        raise InvalidEmail("too_long", LONG_ADDRESS, most=MAX_LENGTH)
    text = unicodedata.normalize("NFC", raw.translate(_TRANSLATION)).strip()
    if match := _wrapped(text):
        text = (match[1] or match[2]).strip()
    if len(text) > 1 and text[0] in "'\"" and text[0] == text[-1]:
        text = text[1:-1].strip()
    text = unicodedata.normalize("NFC", text.lower())
    _refuse_what_is_not_one_address(text)
    local, _, domain = text.rpartition("@")
    _refuse_local_part(local)
    email = f"{local}@{_ascii_domain(domain)}"
    if len(email) > MAX_LENGTH:
        raise InvalidEmail("too_long", LONG_ADDRESS, most=MAX_LENGTH)
    return email


def _refuse_what_is_not_one_address(text: str) -> None:
    if not text:
        raise InvalidEmail("empty", gettext_noop("Enter an e-mail address."))
    if "\0" in text:
        raise InvalidEmail(
            "null_character", gettext_noop("Remove the null character from the e-mail address.")
        )
    if "@" not in text:
        raise InvalidEmail(
            "no_at_sign", gettext_noop("Write the e-mail address with an @, like name@company.com.")
        )
    if text.count("@") > 1:
        raise InvalidEmail(
            "several_at_signs", gettext_noop("Keep exactly one e-mail address with one @ in this place.")
        )
    if any(character.isspace() for character in text):
        raise InvalidEmail("space", gettext_noop("Remove the spaces inside the e-mail address."))


def _refuse_local_part(local: str) -> None:
    if not local:
        raise InvalidEmail("no_name", gettext_noop("Add the name in front of the @ of the e-mail address."))
    if len(local.encode("utf-8", "surrogatepass")) > MAX_LOCAL_LENGTH:
        raise InvalidEmail("name_too_long", LONG_NAME, most=MAX_LOCAL_LENGTH)
    _refuse_misplaced_dots(local, _DOTS_BEFORE)
    if not all(_may_stand_in_local_part(character) for character in local):
        raise InvalidEmail(
            "character",
            gettext_noop("Remove the characters that an e-mail address cannot hold in front of the @."),
        )


def _may_stand_in_local_part(character: str) -> bool:
    if character.isascii():
        return character in _ASCII_IN_LOCAL
    return unicodedata.category(character)[0] in "LMN" or character in _JOINERS


def _refuse_misplaced_dots(text: str, message: str) -> None:
    if text.startswith(".") or text.endswith(".") or ".." in text:
        raise InvalidEmail("dots", message)


def _ascii_domain(domain: str) -> str:
    if not domain:
        raise InvalidEmail("no_domain", gettext_noop("Add the domain after the @ of the e-mail address."))
    _refuse_misplaced_dots(domain, _DOTS_AFTER)
    if "." not in domain:
        raise InvalidEmail(
            "incomplete_domain", gettext_noop("Complete the domain after the @, like company.com.")
        )
    if not domain.isascii():
        try:
            domain = idna.encode(domain, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError) as error:
            raise InvalidEmail(
                "domain", gettext_noop("Correct the domain after the @ of the e-mail address.")
            ) from error
    if not _is_domain(domain):
        raise InvalidEmail(
            "domain", gettext_noop("Correct the domain after the @ of the e-mail, like company.com.")
        )
    return domain
