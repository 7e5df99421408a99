"""What an event says, as a sentence: known kinds by name, all others by their type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from profiles.panels.reasons import reason_in_words, value_in_words
from profiles.panels.trees import readable

Text = str | Promise
LONGEST_SUBJECT = 120
AMOUNT_KEYS = ("amount", "total", "revenue", "value", "grandTotal", "price")
LARGEST_AMOUNT = Decimal(10) ** 15


@dataclass(frozen=True, slots=True)
class EventKind:
    """How one kind of event is told: plainly, or with what it was about when the payload says so."""

    icon: str
    plain: Text
    about: Text = ""
    keys: tuple[str, ...] = ()
    is_money: bool = False


PAGE = ("title", "page", "path", "url", "name")
PRODUCT = ("productName", "product_name", "product", "name", "title", "sku")
MESSAGE = ("subject", "text", "message", "campaign", "name", "template")

_VIEW = EventKind("visibility", _("Viewed a page"), _("Viewed %(what)s"), PAGE)
_PRODUCT = EventKind("shopping_bag", _("Looked at a product"), _("Looked at %(what)s"), PRODUCT)
_ORDER = EventKind("receipt_long", _("Placed an order"), _("Placed an order of %(what)s"), is_money=True)
_SIGN_UP = EventKind("person_add", _("Signed up"))
_RECEIVED = EventKind("chat", _("Wrote a message"), _("Wrote “%(what)s”"), MESSAGE)
_SENT = EventKind("outgoing_mail", _("Was sent a message"), _("Was sent “%(what)s”"), MESSAGE)

KINDS: dict[str, EventKind] = {
    "page_view": _VIEW,
    "page_viewed": _VIEW,
    "page": _VIEW,
    "screen": _VIEW,
    "product_view": _PRODUCT,
    "product_viewed": _PRODUCT,
    "view_item": _PRODUCT,
    "add_to_cart": EventKind(
        "add_shopping_cart", _("Put something in the cart"), _("Put %(what)s in the cart"), PRODUCT
    ),
    "product_added": EventKind(
        "add_shopping_cart", _("Put something in the cart"), _("Put %(what)s in the cart"), PRODUCT
    ),
    "remove_from_cart": EventKind(
        "remove_shopping_cart",
        _("Took something out of the cart"),
        _("Took %(what)s out of the cart"),
        PRODUCT,
    ),
    "cart_abandoned": EventKind(
        "production_quantity_limits", _("Left a full cart"), _("Left a cart of %(what)s"), is_money=True
    ),
    "checkout_started": EventKind(
        "shopping_cart_checkout",
        _("Went to the checkout"),
        _("Went to the checkout with %(what)s"),
        is_money=True,
    ),
    "purchase": EventKind("receipt_long", _("Bought something"), _("Bought for %(what)s"), is_money=True),
    "order": _ORDER,
    "order_placed": _ORDER,
    "order_created": _ORDER,
    "order_completed": EventKind(
        "receipt_long", _("Completed an order"), _("Completed an order of %(what)s"), is_money=True
    ),
    "payment": EventKind("payments", _("Paid"), _("Paid %(what)s"), is_money=True),
    "payment_failed": EventKind(
        "credit_card_off", _("A payment failed"), _("A payment of %(what)s failed"), is_money=True
    ),
    "refund": EventKind("undo", _("Got a refund"), _("Got %(what)s refunded"), is_money=True),
    "search": EventKind(
        "search", _("Searched"), _("Searched for “%(what)s”"), ("query", "q", "term", "keyword")
    ),
    "login": EventKind("login", _("Logged in")),
    "logout": EventKind("logout", _("Logged out")),
    "signup": _SIGN_UP,
    "sign_up": _SIGN_UP,
    "signed_up": _SIGN_UP,
    "register": _SIGN_UP,
    "email_sent": EventKind(
        "outgoing_mail", _("Was sent an e-mail"), _("Was sent the e-mail “%(what)s”"), MESSAGE
    ),
    "email_opened": EventKind("drafts", _("Opened an e-mail"), _("Opened the e-mail “%(what)s”"), MESSAGE),
    "email_clicked": EventKind(
        "ads_click", _("Clicked in an e-mail"), _("Clicked in the e-mail “%(what)s”"), MESSAGE
    ),
    "message": _RECEIVED,
    "message_received": _RECEIVED,
    "line_message": _RECEIVED,
    "message_sent": _SENT,
    "line_follow": EventKind("group_add", _("Followed our LINE account")),
    "follow": EventKind("group_add", _("Followed us")),
    "unfollow": EventKind("group_remove", _("Stopped following us")),
    "form_submitted": EventKind(
        "assignment", _("Sent a form"), _("Sent the form “%(what)s”"), ("form", "formName", "name", "title")
    ),
    "call": EventKind("call", _("A call"), _("A call about %(what)s"), ("subject", "topic", "reason")),
    "booking": EventKind("event_available", _("Made a booking"), _("Booked %(what)s"), PRODUCT),
    "booking_created": EventKind("event_available", _("Made a booking"), _("Booked %(what)s"), PRODUCT),
    "support_ticket": EventKind(
        "support_agent", _("Asked for help"), _("Asked for help: %(what)s"), ("subject", "title")
    ),
    "identify": EventKind("badge", _("Told us who they are")),
    "order_cancelled": EventKind(
        "cancel", _("An order was cancelled"), _("An order of %(what)s was cancelled"), is_money=True
    ),
    "order_changed": EventKind(
        "edit_note", _("An order was changed"), _("An order was changed to %(what)s"), is_money=True
    ),
    "temperature_changed": EventKind(
        "thermostat", _("Temperature changed"), _("Temperature is now %(what)s: %(reason)s")
    ),
    "type_changed": EventKind(
        "category", _("Customer type changed"), _("Customer type is now %(what)s: %(reason)s")
    ),
    "lifecycle_changed": EventKind("moving", _("Stage changed"), _("Stage is now %(what)s: %(reason)s")),
}
# Kinds whose payload says from where to where, and why.
JUDGED = {"temperature_changed", "type_changed", "lifecycle_changed"}
UNKNOWN_ICON = "radio_button_checked"


@dataclass(frozen=True, slots=True)
class Sentence:
    """An event told to a person."""

    icon: str
    text: Text


def sentence(type_: str, payload: Any, *, currency: str) -> Sentence:
    """Return the event as a sentence; ``currency`` is used for amounts that come without one."""
    kind = KINDS.get(key_of(type_))
    if kind is None:
        return Sentence(UNKNOWN_ICON, readable(type_))
    said = payload if isinstance(payload, Mapping) else {}
    event = key_of(type_)
    if event in JUDGED and said.get("to"):
        words = {
            "what": value_in_words(str(said["to"]), event),
            "reason": reason_in_words(str(said.get("reason", ""))),
        }
        return Sentence(kind.icon, str(kind.about) % words)
    what = _money(said, currency) if kind.is_money else _subject(said, kind.keys)
    return Sentence(kind.icon, str(kind.about) % {"what": what} if what and kind.about else kind.plain)


def type_label(type_: str) -> str:
    """Return an event type as a filter shows it: "Page view", outside English what its kind is called."""
    kind = KINDS.get(key_of(type_))
    is_english = (get_language() or "en").startswith("en")
    return readable(type_) if kind is None or is_english else str(kind.plain)


def key_of(type_: str) -> str:
    """Return the type in the spelling of the table: "Order Completed" is ``order_completed``."""
    return "_".join(type_.lower().replace("-", " ").replace(".", " ").replace("_", " ").split())


def _subject(payload: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    for key in keys:
        value = payload.get(key)
        if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value).strip():
            return " ".join(str(value).split())[:LONGEST_SUBJECT]
    return ""


def _money(payload: Mapping[str, Any], currency: str) -> str:
    for key in AMOUNT_KEYS:
        amount = _decimal(payload.get(key))
        if amount is not None:
            given = payload.get("currency")
            unit = given.upper()[:3] if isinstance(given, str) and given.isalpha() else currency
            places = 0 if amount == amount.to_integral_value() else 2
            return f"{number_format(amount, decimal_pos=places, force_grouping=True)} {unit}"
    return ""


def _decimal(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        amount = Decimal(str(value).replace(",", ""))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and abs(amount) < LARGEST_AMOUNT else None
