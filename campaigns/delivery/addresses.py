"""Which hosts a webhook may be sent to: none inside our own network."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

from django.conf import settings

from cdp.errors import Invalid

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# Ways to write an IPv4 address inside an IPv6 one: what they lead to is not known from here.
_WRAPPED = (
    ipaddress.ip_network("64:ff9b::/96"),
    ipaddress.ip_network("64:ff9b:1::/48"),
    ipaddress.ip_network("2002::/16"),
)


class ForbiddenAddress(Invalid):
    """The address leads into a private network, or nowhere."""

    slug = "forbidden-address"


def resolve_public(url: str) -> str:
    """Return the IP address to connect to for ``url``.

    Every address of the host must be public, unless WEBHOOK_ALLOWED_HOSTS names the host. Connecting to the
    answer, not to the name again, leaves nothing to be changed in between. Raises ForbiddenAddress.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or not host or parts.username or parts.password:
        raise _forbidden("Use an address such as https://example.com/hook.")
    try:
        found = socket.getaddrinfo(host, parts.port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, ValueError) as error:
        raise _forbidden("This host cannot be found.") from error
    addresses = [str(entry[4][0]) for entry in found]
    if host not in settings.WEBHOOK_ALLOWED_HOSTS and not all(map(_is_public, addresses)):
        raise _forbidden("This host is inside a private network.")
    return addresses[0]


def _is_public(text: str) -> bool:
    address: Address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return _is_public(str(address.ipv4_mapped))
        if any(address in network for network in _WRAPPED):
            return False
    return address.is_global and not address.is_multicast


def _forbidden(message: str) -> ForbiddenAddress:
    return ForbiddenAddress(message, fields={"webhookUrl": [message]})
