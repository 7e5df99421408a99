"""Keeping secrets that must be used again: sealed with a key that is not in the database."""

from __future__ import annotations

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class CannotUnseal(Exception):
    """Sealed with another SECRET_KEY, or for another purpose."""


def seal(secret: str, *, purpose: str) -> str:
    """Return ``secret`` encrypted and authenticated; only the same ``purpose`` opens it again."""
    return _box(purpose, _keys()).encrypt(secret.encode()).decode()


def unseal(sealed: str, *, purpose: str) -> str:
    """Return what was sealed; raises CannotUnseal."""
    try:
        return _box(purpose, _keys()).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise CannotUnseal(purpose) from error


def _keys() -> tuple[str, ...]:
    # The newest seals; those before it still open what they sealed.
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@lru_cache(maxsize=32)
def _box(purpose: str, keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_derived(key, purpose)) for key in keys])


def _derived(key: str, purpose: str) -> bytes:
    # RFC 5869: one key per purpose, so that what leaks for one opens nothing else.
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"cdp.sealing:{purpose}".encode())
    return base64.urlsafe_b64encode(derived.derive(key.encode()))
