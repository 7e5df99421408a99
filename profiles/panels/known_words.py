"""Words that sources send again and again, in the reader's language: keys of payloads, uses of addresses."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Keys of what sources send, as ``readable`` writes them.
KEYS: dict[str, Promise] = {
    "Addresses": _("Addresses"),
    "Amount": _("Amount"),
    "Campaign": _("Campaign"),
    "Category": _("Category"),
    "Channel": _("Channel"),
    "Currency": _("Currency"),
    "Customer id": _("Customer id"),
    "Date": _("Date"),
    "Device type": _("Device type"),
    "Email": _("E-mail"),
    "File": _("File"),
    "From": _("From"),
    "Items": _("Items"),
    "Language": _("Language"),
    "Message": _("Message"),
    "Name": _("Name"),
    "Note": _("Note"),
    "Order id": _("Order id"),
    "Page": _("Page"),
    "Path": _("Path"),
    "Phone": _("Phone"),
    "Preferred language": _("Preferred language"),
    "Price": _("Price"),
    "Product": _("Product"),
    "Product name": _("Product name"),
    "Quantity": _("Quantity"),
    "Query": _("Query"),
    "Reason": _("Reason"),
    "Segments": _("Segments"),
    "Session id": _("Session id"),
    "Sku": _("SKU"),
    "Status": _("Status"),
    "Subject": _("Subject"),
    "Tags": _("Tags"),
    "Text": _("Text"),
    "Title": _("Title"),
    "To": _("To"),
    "Total": _("Total"),
    "Type": _("Type"),
    "Url": _("Web address"),
}
USES: dict[str, Promise] = {
    "home": pgettext_lazy("use of an address", "Home"),
    "main": pgettext_lazy("use of an address", "Main"),
    "mobile": pgettext_lazy("use of an address", "Mobile"),
    "office": pgettext_lazy("use of an address", "Office"),
    "other": pgettext_lazy("use of an address", "Other"),
    "private": pgettext_lazy("use of an address", "Private"),
    "work": pgettext_lazy("use of an address", "Work"),
}


def use_in_words(use: str) -> str:
    """Return what an address is used for ("HOME", "work") as people read it; anything else as it was sent."""
    return str(USES.get(use.lower(), use))
