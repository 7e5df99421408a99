"""Closed sets of values of customers; the values are those on the wire."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProfileType(TextChoices):
    """A person or a company."""

    INDIVIDUAL = "INDIVIDUAL", _("Person")
    COMPANY = "COMPANY", _("Company")


class ProfileStatus(TextChoices):
    """Where a profile stands; MERGED profiles redirect to their survivor."""

    ACTIVE = "ACTIVE", _("Active")
    INACTIVE = "INACTIVE", _("Deactivated")
    MERGED = "MERGED", _("Merged")
    DELETED = "DELETED", _("Deleted")


class LifecycleStage(TextChoices):
    """How far a customer has come; one map for all sources, described in docs/lifecycle.md."""

    SUBSCRIBER = "SUBSCRIBER", _("Subscriber")
    LEAD = "lead", _("Lead")
    PROSPECT = "prospect", _("Prospect")
    FIRST_BUYER = "first_buyer", _("First buyer")
    REPEAT_BUYER = "repeat_buyer", _("Repeat buyer")
    LOYAL = "loyal", _("Loyal")
    VIP = "VIP", _("VIP")
    INACTIVE = "inactive", _("Dormant")


class Source(TextChoices):
    """Where customer data comes from; others are allowed, these are known by name."""

    ERP = "ERP", _("ERP")
    CRM = "CRM", _("CRM")
    LINE = "LINE", _("LINE")
    FACEBOOK = "FACEBOOK", _("Facebook")
    WEBSITE = "Website", _("Website")
    MANUAL = "MANUAL", _("By hand")


# What the sources call their customer's id (S0), for the externalIds map.
EXTERNAL_ID_NAMES: dict[str, str] = {
    "erpCustomerId": Source.ERP,
    "crmContactId": Source.CRM,
    "lineUserId": Source.LINE,
    "facebookUserId": Source.FACEBOOK,
    "websiteUserId": Source.WEBSITE,
}


class ContactKind(TextChoices):
    """What kind of address a contact point is."""

    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Phone")


class Gender(TextChoices):
    """A person's gender, where they told us."""

    FEMALE = "female", _("Female")
    MALE = "male", _("Male")
    OTHER = "other", _("Other")


class ContactChannel(TextChoices):
    """By which way somebody may be reached."""

    CALL = "call", _("Call")
    WHATSAPP = "whatsapp", _("WhatsApp")
    LINE = "line", _("LINE")
    SMS = "sms", _("SMS")
    EMAIL = "email", _("E-mail")
    FACEBOOK = "facebook", _("Facebook")
    INSTAGRAM = "instagram", _("Instagram")
    MEETING = "meeting", _("Meeting")


class MaritalStatus(TextChoices):
    """Whether a person is married, where they told us."""

    SINGLE = "single", _("Single")
    MARRIED = "married", _("Married")
    DIVORCED = "divorced", _("Divorced")
    WIDOWED = "widowed", _("Widowed")
    OTHER = "other", _("Other")
