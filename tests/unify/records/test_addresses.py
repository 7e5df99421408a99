"""What a customer's address says reaches matching."""

from __future__ import annotations

import pytest

from tests.factories.profiles import ProfileFactory
from unify.records.reading import read


@pytest.mark.usefixtures("acme")
def test_street_city_and_postal_code_are_read() -> None:
    address = {"street": "12 Main Road", "city": "Bangkok", "postalCode": "10110"}
    customer = ProfileFactory(address=address)
    [(_id, _version, said)] = read([customer.pk])
    assert (said.street, said.city, said.postal_code) == ("12 Main Road", "Bangkok", "10110")
