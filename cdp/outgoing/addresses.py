"""Which hosts we call: none inside a private network, unless a list names them."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from cdp.errors import Invalid
from cdp.models import Tenant

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# Ways to write an IPv4 address inside an IPv6 one: what they lead to is not known from here.
_WRAPPED = (
    ipaddress.ip_network("64:ff9b::/96"),
    ipaddress.ip_network("64:ff9b:1::/48"),
    ipaddress.ip_network("2002::/16"),
)
PORTS = {"http": 80, "https": 443}


class ForbiddenAddress(Invalid):
    """The address leads into a private network, or nowhere."""

    slug = "forbidden-address"

    def __init__(self, message: str) -> None:
        super().__init__(message, fields={"url": [message]})


class HostNotFound(ForbiddenAddress):
    """No address is known of the host now: it may not exist, or the name service does not answer.

    What is being written down is refused for it; what is being sent is tried again later.
    """

    slug = "host-not-found"


def allowed_hosts(tenant: Tenant) -> frozenset[str]:
    """Return the hosts a tenant may have called although they are inside a private network."""
    return frozenset(name.lower() for name in (*settings.WEBHOOK_ALLOWED_HOSTS, *tenant.allowed_hosts))


def resolve_public(url: str, *, allowed: Collection[str] = ()) -> str:
    """Return the IP address to connect to for ``url``.

    Every address of the host must be public, unless ``allowed`` names the host. Connecting to the answer,
    not to the name again, leaves nothing to be changed in between. Raises ForbiddenAddress, HostNotFound.
    """
    host, port = _place(url)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise ForbiddenAddress(_("This host cannot be found.")) from error
    except OSError as error:
        raise HostNotFound(_("This host cannot be found.")) from error
    addresses = [str(entry[4][0]) for entry in found]
    if host not in allowed and not all(map(_is_public, addresses)):
        raise ForbiddenAddress(_("This host is inside a private network."))
    return addresses[0]


def _place(url: str) -> tuple[str, int]:
    """Return host, in lower case, and port; raises ForbiddenAddress."""
    problem = _("Use an address such as https://example.com/hook.")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise ForbiddenAddress(problem) from error
    if parts.scheme not in PORTS or not host or parts.username or parts.password:
        raise ForbiddenAddress(problem)
    return host, port or PORTS[parts.scheme]


def _is_public(text: str) -> bool:
    address: Address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return _is_public(str(address.ipv4_mapped))
        if any(address in network for network in _WRAPPED):
            return False
    return address.is_global and not address.is_multicast
