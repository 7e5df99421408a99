"""Values that never identify anybody, because forms and exports put them where something is missing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache

import phonenumbers

_PLACEHOLDER_WORDS = """
    - -- --- — – . .. ... ? ?? ??? _ * # / \\ null (null) nil none n/a n.a. n.a #n/a #na #null!
    #ref! #value! #name? nan undefined unknown empty blank (blank) (none) (empty) missing tbd tba
    not-available not_available ไม่มี ไม่ระบุ ไม่ทราบ নেই নাই なし 無し 不明 없음 无 無 keine unbekannt
    ninguno ninguna desconocido aucun inconnu
"""
_PHRASES = ("not available", "not provided", "not applicable", "not set", "no email", "no e-mail", "no phone")
_PLACEHOLDERS = frozenset(_PLACEHOLDER_WORDS.split()).union(_PHRASES)
_SUSPICIOUS_LENGTH = 6
_is_zeroes_or_dashes = re.compile(r"[0\-\s]*").fullmatch

_EMAIL_NAME_WORDS = """
    test testing tester noreply no-reply no_reply no.reply donotreply do-not-reply do_not_reply null
    none na n-a nil noemail no-email no_email nomail no-mail nobody noone unknown undefined
    anonymous example invalid fake dummy placeholder asdf asdfasdf qwerty mailer-daemon postmaster
"""
_EMAIL_NAMES = frozenset(_EMAIL_NAME_WORDS.split())
_EMAIL_WORDS = """
    a@b.com a@b.co a@b.c aa@bb.com x@y.com x@y.z abc@xyz.com abc@def.com user@user.com me@me.com
    name@name.com name@domain.com name@company.com your@email.com youremail@email.com your@mail.com
    your.name@company.com email@domain.com user@domain.com john@doe.com foo@bar.com no@email.com
    email@email.com mail@mail.com abc@abc.com asd@asd.com qwe@qwe.com sdf@sdf.com no@no.com
    na@na.com
"""
_EMAILS = frozenset(_EMAIL_WORDS.split())
_EMAIL_DOMAINS = frozenset({"test.com", "test.test", "none.com", "null.com", "noemail.com", "nomail.com"})
# Documentation and demonstrations use these reserved domains for people who are meant to be found again.
_DOCUMENTATION_DOMAINS = frozenset({"example.com", "example.net", "example.org"})
_PHONES = frozenset({"1234567890", "12345678901", "9876543210"})
_EXTERNAL_ID_WORDS = """
    -1 x xx xxx no na test testing todo anonymous guest false true ffffffff-ffff-ffff-ffff-ffffffffffff
"""
_EXTERNAL_IDS = frozenset(_EXTERNAL_ID_WORDS.split()) | {"[object object]"}


def is_placeholder(raw: str) -> bool:
    """Whether a cell says in words that there is no value ("n/a", "null", "-", "ไม่มี"); "" counts.

    Not for names: Null and None are people's surnames.
    """
    text = raw.strip()
    return not text or text.lower() in _PLACEHOLDERS


@dataclass(frozen=True, slots=True)
class BlockedValues:
    """The policy of one tenant; `BlockedValues()` is the default one, `extended` adds a tenant's own values.

    All values are held lower-cased, phones as digits alone.
    """

    emails: frozenset[str] = _EMAILS
    email_names: frozenset[str] = _EMAIL_NAMES
    email_domains: frozenset[str] = _EMAIL_DOMAINS
    phones: frozenset[str] = _PHONES
    external_ids: frozenset[str] = field(default=_PLACEHOLDERS | _EXTERNAL_IDS)

    def extended(
        self, *, emails: Iterable[str] = (), phones: Iterable[str] = (), external_ids: Iterable[str] = ()
    ) -> "BlockedValues":
        """With a tenant's values besides; an e-mail given as "@shop.com" blocks the whole domain."""
        listed = {email.strip().lower() for email in emails} - {""}
        return replace(
            self,
            emails=self.emails | {email for email in listed if not email.startswith("@")},
            email_domains=self.email_domains | {email[1:] for email in listed if email.startswith("@")},
            phones=self.phones | ({_digits(phone) for phone in phones} - {""}),
            external_ids=self.external_ids | ({value.strip().lower() for value in external_ids} - {""}),
        )

    def is_blocked_email(self, value: str) -> bool:
        email = value.strip().lower()
        name, _, domain = email.rpartition("@")
        if not name or email in self.emails or domain in self.email_domains:
            return True
        if domain.endswith(".invalid"):
            return True
        if name in self.email_names:
            return domain not in _DOCUMENTATION_DOMAINS
        return domain.startswith(f"{name}.") and len(set(name)) == 1

    def is_blocked_phone(self, value: str) -> bool:
        """For E.164 as well as for what was typed."""
        digits = _digits(value)
        if digits in self.phones:
            return True
        national = _national(digits) if value.lstrip().startswith("+") else digits
        return len(set(national.lstrip("0"))) <= 1 or national in self.phones

    def is_blocked_external_id(self, value: str) -> bool:
        text = value.strip().lower()
        return bool(_is_zeroes_or_dashes(text)) or text in self.external_ids or _is_one_digit_repeated(text)


def _is_one_digit_repeated(text: str) -> bool:
    return len(text) >= _SUSPICIOUS_LENGTH and text.isdigit() and len(set(text)) == 1


def _digits(value: str) -> str:
    return "".join(character for character in value if "0" <= character <= "9")


def _national(digits: str) -> str:
    for length in (1, 2, 3):
        if _is_country_code(digits[:length]):
            return digits[length:]
    return digits


@cache
def _is_country_code(code: str) -> bool:
    return bool(code) and int(code) in phonenumbers.COUNTRY_CODE_TO_REGION_CODE
