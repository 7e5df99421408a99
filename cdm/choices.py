"""Closed sets of values of the agent's working day; the values are those on the wire."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Relationship(TextChoices):
    """What a family member is to the customer."""

    SPOUSE = "spouse", _("Spouse")
    CHILD = "child", _("Child")
    PARENT = "parent", _("Parent")
    SIBLING = "sibling", _("Sibling")
    GRANDPARENT = "grandparent", _("Grandparent")


class InteractionType(TextChoices):
    """By which way somebody was spoken to."""

    CALL = "call", _("Call")
    WHATSAPP = "whatsapp", _("WhatsApp")
    LINE = "line", _("LINE")
    SMS = "sms", _("SMS")
    EMAIL = "email", _("E-mail")
    FACEBOOK = "facebook", _("Facebook")
    INSTAGRAM = "instagram", _("Instagram")
    MEETING = "meeting", _("Meeting")


class Direction(TextChoices):
    """Who began."""

    INBOUND = "inbound", _("Inbound")
    OUTBOUND = "outbound", _("Outbound")


class BehaviourType(TextChoices):
    """What a visitor did in the shop."""

    PRODUCT_VIEW = "product_view", _("Viewed a product")
    ADD_TO_CART = "add_to_cart", _("Put into the cart")
    WISHLIST = "wishlist", _("Put on the wish list")
    SEARCH = "search", _("Searched")


class DropOffStage(TextChoices):
    """Where somebody turned back on the way to an order, earliest first."""

    PRODUCT_VIEW = "product_view", _("Product page")
    ADD_TO_CART = "add_to_cart", _("Cart")
    CHECKOUT_INITIATED = "checkout_initiated", _("Checkout")
    PAYMENT_FAILED = "payment_failed", _("Payment")


class CustomerType(TextChoices):
    """What kind of buyer a customer is, by the rules of docs/lifecycle.md."""

    NEW = "new", _("New")
    REPEAT = "repeat", _("Repeat")
    VIP = "vip", _("VIP")
    INACTIVE = "inactive", _("Lapsed")


class Temperature(TextChoices):
    """How long ago the last order or contact was, by the rules of docs/lifecycle.md."""

    HOT = "hot", _("Hot")
    WARM = "warm", _("Warm")
    COLD = "cold", _("Cold")


class Chance(TextChoices):
    """How likely an order in the next 60 days is, as pages say it; programs read hot, warm and cold."""

    HIGH = "hot", _("High")
    MEDIUM = "warm", _("Medium")
    LOW = "cold", _("Low")


class OrderKind(TextChoices):
    """A sale, or goods that came back."""

    SALE = "SALE", _("Sale")
    RETURN = "RETURN", _("Return")


class OrderStatus(TextChoices):
    """Where an order stands; cancelled ones count for nothing."""

    OPEN = "OPEN", _("Open")
    COMPLETED = "COMPLETED", _("Completed")
    CANCELLED = "CANCELLED", _("Cancelled")


class DealStage(TextChoices):
    """How far a deal has come."""

    NEW = "new", _("New")
    QUALIFIED = "qualified", _("Qualified")
    PROPOSAL = "proposal", _("Proposal")
    NEGOTIATION = "negotiation", _("Negotiation")
    WON = "won", _("Won")
    LOST = "lost", _("Lost")


class TaskKind(TextChoices):
    """What is to be done."""

    CALL = "call", _("Call")
    MESSAGE = "message", _("Message")
    MEETING = "meeting", _("Meeting")
    GREETING = "greeting", _("Greeting")
    TO_DO = "todo", _("To do")


class QuotationStatus(TextChoices):
    """What became of an offer in writing."""

    DRAFT = "draft", _("Draft")
    SENT = "sent", _("Sent")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")
    EXPIRED = "expired", _("Expired")


class BillingStatus(TextChoices):
    """What became of an invoice."""

    OPEN = "open", _("Open")
    PAID = "paid", _("Paid")
    VOID = "void", _("Void")


class OfferType(TextChoices):
    """What kind of offer suits the moment."""

    UPSELL = "upsell", _("Upsell")
    CROSS_SELL = "cross-sell", _("Cross-sell")
    DISCOUNT = "discount", _("Discount")
    REACTIVATION = "reactivation", _("Reactivation")


class OccasionKind(TextChoices):
    """A day of the year worth a greeting."""

    BIRTHDAY = "birthday", _("Birthday")
    ANNIVERSARY = "anniversary", _("Anniversary")


class RunState(TextChoices):
    """Where the making of recommendations stands."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("At work")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class CallListName(TextChoices):
    """The two lists of whom to call (docs/insights.md)."""

    MOST_VALUABLE = "most_valuable", _("Most valuable")
    ROOM_TO_WIN = "room_to_win", _("Room to win")


class WrongReason(TextChoices):
    """Why an agent says that a recommendation is wrong."""

    JUST_BOUGHT = "just_bought", _("Has just bought")
    NOT_INTERESTED = "not_interested", _("Not interested in this")
    WRONG_PRODUCT = "wrong_product", _("Wrong products")
    WRONG_TIME = "wrong_time", _("Wrong time to call")
    DO_NOT_CONTACT = "do_not_contact", _("Does not want to be contacted")
    OTHER = "other", _("Something else")
