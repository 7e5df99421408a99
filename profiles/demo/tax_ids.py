"""Tax ids with the check digits their countries ask for; each number of a company gives another id."""

from __future__ import annotations

from itertools import cycle


def _spread(number: int, size: int) -> int:
    """Scatter consecutive numbers over range(size) without two meeting (``size`` is a power of ten)."""
    return (number * 7_654_321 + 1_234_567) % size


def thai(number: int) -> str:
    """Return a juristic person's id: 0, province, kind, year of registration, running number, check digit."""
    spread = _spread(number, 10_000_000)
    digits = f"01055{30 + spread // 100_000 % 38:02d}{spread % 100_000:05d}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(13, 1, -1), strict=True))
    return f"{digits}{(11 - total % 11) % 10}"


def bangladeshi(number: int) -> str:
    """Return a business identification number: nine digits and the tax circle."""
    return f"00{_spread(number, 10_000_000):07d}-0{1 + number % 4}0{1 + number % 3}"


def south_african(number: int) -> str:
    """Return a VAT number: ten digits, the first a 4, the last by Luhn's rule."""
    return _luhn(f"4{_spread(number, 100_000_000):08d}")


def japanese(number: int) -> str:
    """Return a corporate number: the check digit first, then twelve digits."""
    digits = f"01{_spread(number, 10_000_000_000):010d}"
    total = sum(int(digit) * weight for digit, weight in zip(reversed(digits), cycle((1, 2)), strict=False))
    return f"{9 - total % 9}{digits}"


def british(number: int) -> str:
    """Return a VAT number: GB, seven digits, two check digits modulo 97."""
    digits = f"{_spread(number, 10_000_000):07d}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(8, 1, -1), strict=True))
    return f"GB{digits}{97 - total % 97:02d}"


def american(number: int) -> str:
    """Return an employer identification number."""
    return f"{20 + number % 7}-{_spread(number, 10_000_000):07d}"


def _luhn(digits: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 - place % 2)
        total += doubled - 9 if doubled > 9 else doubled  # noqa: PLR2004 (the rule itself)
    return f"{digits}{-total % 10}"
