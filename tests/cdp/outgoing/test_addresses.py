"""We call nobody inside our own network, unless a list names them."""

from __future__ import annotations

import pytest
from django.conf import LazySettings

from cdp.models import Tenant
from cdp.outgoing.addresses import ForbiddenAddress, HostNotFound, allowed_hosts, resolve_public


@pytest.mark.conforms("R135", "B171")
@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://10.0.0.1/",
        "http://192.168.1.1:8080/",
        "http://169.254.169.254/latest/meta-data",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://224.0.0.1/",
        "http://2130706433/",
        "http://user:secret@8.8.8.8/",
        "ftp://8.8.8.8/",
        "http:///nowhere",
        "http://nowhere.invalid/",
        "http://[half/",
        "http://8.8.8.8:99999/",
    ],
)
def test_nothing_is_sent_into_a_private_network(url: str) -> None:
    with pytest.raises(ForbiddenAddress) as refusal:
        resolve_public(url)
    assert refusal.value.fields["url"] == [refusal.value.detail]


def test_a_host_that_is_not_found_now_may_be_found_later() -> None:
    with pytest.raises(HostNotFound):
        resolve_public("http://nowhere.invalid/")
    with pytest.raises(ForbiddenAddress) as refusal:
        resolve_public("http://" + "a" * 64 + ".example/")
    assert not isinstance(refusal.value, HostNotFound), "no name at all"


def test_a_public_address_is_connected_to_as_it_was_checked() -> None:
    assert resolve_public("https://8.8.8.8/hook") == "8.8.8.8"


def test_a_list_opens_a_private_host_by_its_name(settings: LazySettings) -> None:
    settings.WEBHOOK_ALLOWED_HOSTS = ["Inside.example"]
    ours = Tenant(allowed_hosts=["127.0.0.1"])
    assert allowed_hosts(ours) == {"inside.example", "127.0.0.1"}
    assert resolve_public("http://127.0.0.1/", allowed=allowed_hosts(ours)) == "127.0.0.1"
    with pytest.raises(ForbiddenAddress):
        resolve_public("http://127.0.0.2/", allowed=allowed_hosts(ours))
    with pytest.raises(ForbiddenAddress):
        resolve_public("http://127.0.0.1/", allowed=allowed_hosts(Tenant(allowed_hosts=[])))
