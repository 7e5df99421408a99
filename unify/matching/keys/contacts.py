"""Keys of e-mail addresses, phones and ids: the stored form, and the form in which near ones meet."""

import re
from datetime import date

from profiles.normalisation.blocked import BlockedValues, is_placeholder
from profiles.normalisation.dates import parse_birth_date
from profiles.normalisation.emails import normalise_email
from profiles.normalisation.errors import InvalidValue
from profiles.normalisation.phones import normalise_phone
from unify.matching.keys.transliteration import ascii_key

# These deliver a.b+c@ to ab@; what others do with dots is not known.
_IGNORE_DOTS = frozenset({"gmail.com", "proton.me"})
_ALSO_CALLED = {"googlemail.com": "gmail.com", "protonmail.com": "proton.me", "pm.me": "proton.me"}
_is_nearly_email = re.compile(r"[!-~]{1,64}@[!-~]{2,190}").fullmatch
_not_digit = re.compile(r"\D+", re.ASCII)
_extension = re.compile(r"\s*(?:x|ext\.?|extension)\s*\d{1,6}\s*$", re.IGNORECASE)
_FEWEST_PHONE_DIGITS = 6
_FEWEST_ID_CHARACTERS = 3
_BLOCKED = BlockedValues()


def email_key(raw: str, blocked: BlockedValues = _BLOCKED) -> str:
    """The address in its stored form, a misspelt one as it is; "" when it identifies nobody."""
    try:
        email = normalise_email(raw)
    except InvalidValue:
        email = raw.strip().casefold()
        if not _is_nearly_email(email):
            return ""
    return "" if blocked.is_blocked_email(email) else _ascii_email(email)


def _ascii_email(email: str) -> str:
    """The name before the @ in ASCII letters: a database compares bytes where Python compares characters."""
    if email.isascii():
        return email
    local, _, domain = email.rpartition("@")
    return f"{ascii_key(local).replace(' ', '.')}@{ascii_key(domain).replace(' ', '.')}"


def mailbox_key(email: str) -> str:
    """The mailbox behind an address: no +tag, no dots where the provider ignores them."""
    local, _, domain = email.partition("@")
    local = local.partition("+")[0] or local
    domain = _ALSO_CALLED.get(domain, domain)
    if domain in _IGNORE_DOTS:
        local = local.replace(".", "")
    return f"{local}@{domain}" if local else ""


def phone_key(raw: str, region: str, blocked: BlockedValues = _BLOCKED) -> str:
    """E.164 where the number can be understood, otherwise its digits; "" when it identifies nobody."""
    try:
        number = normalise_phone(raw, region)
    except InvalidValue:
        number = _not_digit.sub("", _extension.sub("", raw)).lstrip("0")
        if len(number) < _FEWEST_PHONE_DIGITS:
            return ""
    return "" if blocked.is_blocked_phone(number) else number


def birth_date_key(raw: str | date, region: str, *, today: date, is_month_first: bool | None = None) -> str:
    """YYYYMMDD, or "" when it is no date of birth."""
    if isinstance(raw, str) and is_placeholder(raw):
        return ""
    try:
        born_on = parse_birth_date(raw, region, today=today, is_month_first=is_month_first)
    except InvalidValue:
        return ""
    return f"{born_on:%Y%m%d}" if born_on.year > 999 else ""  # noqa: PLR2004


def id_key(raw: str, blocked: BlockedValues = _BLOCKED) -> str:
    """A tax or national id as bare letters and digits; "" for a placeholder."""
    if is_placeholder(raw) or blocked.is_blocked_external_id(raw):
        return ""
    key = ascii_key(raw).replace(" ", "")
    return key if len(key) >= _FEWEST_ID_CHARACTERS else ""
