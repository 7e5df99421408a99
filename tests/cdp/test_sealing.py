"""What is sealed is opened by the same key, for the same purpose, and by nothing else."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from hypothesis import given
from hypothesis import strategies as st

from cdp.sealing import CannotUnseal, seal, unseal


@given(st.text())
def test_what_was_sealed_comes_back(secret: str) -> None:
    sealed = seal(secret, purpose="a")
    assert unseal(sealed, purpose="a") == secret
    with pytest.raises(CannotUnseal):
        unseal(sealed, purpose="b")


def test_an_old_key_opens_and_a_lost_one_does_not(settings: LazySettings) -> None:
    sealed, old = seal("secret", purpose="a"), settings.SECRET_KEY
    settings.SECRET_KEY = "x" * 60
    with pytest.raises(CannotUnseal):
        unseal(sealed, purpose="a")
    settings.SECRET_KEY_FALLBACKS = [old]
    assert unseal(sealed, purpose="a") == "secret"


def test_the_secret_is_not_in_what_is_stored() -> None:
    assert "secret" not in seal("secret", purpose="a")
    assert seal("secret", purpose="a") != seal("secret", purpose="a")
