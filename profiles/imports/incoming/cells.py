"""What each field makes of the text of a cell."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop

from cdp.sentences import Sentence
from profiles.choices import Gender, LifecycleStage, MaritalStatus, ProfileType
from profiles.normalisation.dates import TOO_OLD, parse_birth_date
from profiles.normalisation.emails import LONG_ADDRESS, LONG_NAME, normalise_email
from profiles.normalisation.errors import InvalidDate, InvalidText
from profiles.normalisation.names import LONG_TEXT, clean_text
from profiles.normalisation.partial_dates import parse_day
from profiles.normalisation.phones import normalise_phone
from profiles.records import TagRef

Cleaner = Callable[[str], Any]

# Longest text of each plain column, as in profiles.records.
TEXT_LENGTHS: dict[str, int] = {
    "name": 255,
    "first_name": 120,
    "last_name": 120,
    "company_name": 200,
    "company_tax_id": 40,
    "industry": 120,
    "company_size": 40,
    "website": 300,
    "membership_tier": 40,
    "profession": 120,
}
ADDRESS_LENGTHS: dict[str, int] = {
    "street": 300, "district": 120, "city": 120, "state": 120, "country": 80, "postal_code": 20
}  # fmt: skip
ADDRESS_KEYS: dict[str, str] = {name: name for name in ADDRESS_LENGTHS} | {"postal_code": "postalCode"}
LONGEST_ATTRIBUTE = 4_000
LONGEST_ID = 255
LONGEST_TIME = 50
MOST_TAGS = 100
NOT_OUR_ID = gettext_noop("Give the ID as a file exported from here has it.")
USE_ONE_OF = Sentence(gettext_noop("Use one of: %(keys)s."))
TOO_MANY_TAGS = Sentence(gettext_noop("Keep at most %(most)s tags."))
TOO_LONG, *_LIMITS = [Sentence(template) for template in (LONG_TEXT, LONG_ADDRESS, LONG_NAME, TOO_OLD)]


def _meanings(**words: str) -> dict[str, str]:
    return {word: meaning for meaning, listed in words.items() for word in listed.split()}


_GENDERS = _meanings(
    female="""f female woman w หญิง মহিলা নারী 女 女性 weiblich frau mujer femme donna 여 여성""",
    male="""m male man ชาย পুরুষ 男 男性 männlich mann hombre homme uomo 남 남성""",
    other="""other o x d diverse divers non-binary nonbinary อื่นๆ অন্যান্য その他""",
)
_GENDER_UNSAID = frozenset({"unknown", "u", "not specified", "prefer not to say", "undisclosed", "ไม่ระบุ"})
_MARITAL = _meanings(
    single="""single unmarried bachelor s โสด অবিবাহিত 独身 ledig soltero soltera célibataire celibe""",
    married="""married m สมรส แต่งงานแล้ว แต่งงาน বিবাহিত 既婚 verheiratet casado casada marié mariée""",
    divorced="""divorced separated d หย่า หย่าร้าง তালাকপ্রাপ্ত 離婚 geschieden divorciado divorcée""",
    widowed="""widowed widow widower w หม้าย ม่าย বিধবা 死別 verwitwet viudo viuda veuve""",
    other="""other o อื่นๆ অন্যান্য その他""",
)
_TYPES = _meanings(
    INDIVIDUAL="""individual person private consumer b2c personal บุคคล บุคคลธรรมดา ব্যক্তি 個人""",
    COMPANY="""company business organisation organization corporate b2b firm juristic นิติบุคคล บริษัท
    কোম্পানি 法人 会社""",
)
_STAGES: dict[str, str] = {value.casefold(): value for value in LifecycleStage.values}


def text_cleaner(length: int) -> Cleaner:
    """Return a cleaner of text of at most ``length`` characters; what is clean already costs little."""

    def clean(raw: str) -> str:
        if raw.isascii() and raw.isprintable() and len(raw) <= length and "  " not in raw:
            return raw.strip()
        return clean_text(raw, max_length=length)

    return clean


def phone_cleaner(region: str) -> Cleaner:
    """Return a cleaner of phones as people write them in ``region``."""
    return lambda raw: normalise_phone(raw, region)


def day_cleaner(region: str, today: date, is_month_first: bool | None, is_workbook: bool) -> Cleaner:
    """Return a cleaner of days written as in this file: a date, or text such as --05-15 without its year."""
    order = "US" if is_month_first else region

    def clean(raw: str) -> date | str:
        try:
            return parse_birth_date(
                raw, region, today=today, is_month_first=is_month_first, excel_serials=is_workbook
            )
        except InvalidDate:
            known = parse_day(raw, order, today=today)
            if not known.partial:
                raise
            return known.partial

    return clean


def gender(raw: str) -> str:
    """Return the gender a word of several languages means."""
    word = raw.strip().casefold()
    if word in _GENDER_UNSAID:
        return ""
    if word not in _GENDERS:
        raise InvalidText("gender", USE_ONE_OF.template, keys=", ".join(Gender.values))
    return _GENDERS[word]


def marital_status(raw: str) -> str:
    """Return the marital status a word of several languages means."""
    word = " ".join(raw.split()).casefold()
    if word in _GENDER_UNSAID:
        return ""
    if word not in _MARITAL:
        raise InvalidText("marital_status", USE_ONE_OF.template, keys=", ".join(MaritalStatus.values))
    return _MARITAL[word]


def profile_type(raw: str) -> str:
    """Return the type a word means."""
    word = raw.strip().casefold()
    if word not in _TYPES:
        raise InvalidText("type", USE_ONE_OF.template, keys=", ".join(ProfileType.values))
    return _TYPES[word]


def lifecycle_stage(raw: str) -> str:
    """Return the lifecycle stage a word means."""
    word = "_".join(raw.strip().casefold().replace("-", " ").split())
    if word not in _STAGES:
        raise InvalidText("stage", USE_ONE_OF.template, keys=", ".join(LifecycleStage.values))
    return _STAGES[word]


def own_id(raw: str) -> uuid.UUID:
    """Return the id of a customer here."""
    try:
        return uuid.UUID(raw.strip())
    except ValueError as error:
        raise InvalidText("profile_id", NOT_OUR_ID) from error


def attribute(raw: str) -> str:
    """Return free text; line breaks stay."""
    text = raw.strip()
    if len(text) > LONGEST_ATTRIBUTE:
        raise InvalidText("too_long", TOO_LONG.template, most=f"{LONGEST_ATTRIBUTE:,}")
    return text


def tag_list(raw: str) -> list[TagRef]:
    """Return the tags of a cell, separated by commas, semicolons or vertical bars."""
    names = [clean_text(name, max_length=60) for name in raw.replace(";", ",").replace("|", ",").split(",")]
    found = [TagRef.model_construct(id=None, name=name, color=None) for name in dict.fromkeys(names) if name]
    if len(found) > MOST_TAGS:
        raise InvalidText("tags", TOO_MANY_TAGS.template, most=MOST_TAGS)
    return found


def cleaners(
    *, region: str, today: date, is_month_first: bool | None, is_workbook: bool
) -> dict[str, Cleaner]:
    """Return the cleaner of each target field."""
    phone = phone_cleaner(region)
    day = day_cleaner(region, today, is_month_first, is_workbook)
    return {
        **{name: text_cleaner(length) for name, length in TEXT_LENGTHS.items()},
        **{f"address.{name}": text_cleaner(length) for name, length in ADDRESS_LENGTHS.items()},
        "profile_id": own_id,
        "external_id": text_cleaner(LONGEST_ID),
        "member_id": text_cleaner(LONGEST_ID),
        "email": normalise_email,
        "emails": normalise_email,
        "phone": phone,
        "phones": phone,
        "date_of_birth": day,
        "anniversary_date": day,
        "marital_status": marital_status,
        "available_time": text_cleaner(LONGEST_TIME),
        "gender": gender,
        "type": profile_type,
        "lifecycle_stage": lifecycle_stage,
        "tags": tag_list,
    }
