"""The parts of a postal address, and of days that are known in part, as people call them."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ADDRESS_LABELS: dict[str, str | Promise] = {
    "street": _("Street"),
    "district": _("District"),
    "city": _("City"),
    "state": _("State or province"),
    "postalCode": _("Postal code"),
    "country": _("Country"),
}
# Whole date -> the same day as far as it is known.
PARTIAL = {"date_of_birth": "partial_birth_date", "anniversary_date": "partial_anniversary"}
