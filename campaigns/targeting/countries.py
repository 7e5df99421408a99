"""Ways to write a country: addresses say "Thailand" where a target profile says "TH"."""

from __future__ import annotations

# ISO 3166-1 code -> other names people write; what is not here is taken as it stands.
NAMES: dict[str, tuple[str, ...]] = {
    "AE": ("United Arab Emirates", "UAE"),
    "AU": ("Australia",),
    "BD": ("Bangladesh", "বাংলাদেশ"),
    "BR": ("Brazil", "Brasil"),
    "CA": ("Canada",),
    "CH": ("Switzerland", "Schweiz", "Suisse"),
    "CN": ("China", "中国"),
    "DE": ("Germany", "Deutschland"),
    "ES": ("Spain", "España"),
    "FR": ("France",),
    "GB": ("United Kingdom", "UK", "Great Britain", "England"),
    "HK": ("Hong Kong",),
    "ID": ("Indonesia",),
    "IN": ("India", "भारत"),
    "IT": ("Italy", "Italia"),
    "JP": ("Japan", "日本"),
    "KE": ("Kenya",),
    "KH": ("Cambodia",),
    "KR": ("South Korea", "Korea", "대한민국"),
    "LA": ("Laos",),
    "LK": ("Sri Lanka",),
    "MM": ("Myanmar", "Burma"),
    "MX": ("Mexico", "México"),
    "MY": ("Malaysia",),
    "NG": ("Nigeria",),
    "NL": ("Netherlands", "Nederland"),
    "NP": ("Nepal",),
    "NZ": ("New Zealand",),
    "PH": ("Philippines",),
    "PK": ("Pakistan",),
    "SA": ("Saudi Arabia",),
    "SE": ("Sweden", "Sverige"),
    "SG": ("Singapore",),
    "TH": ("Thailand", "ประเทศไทย", "ไทย"),
    "TW": ("Taiwan",),
    "US": ("United States", "USA", "United States of America"),
    "VN": ("Vietnam", "Viet Nam", "Việt Nam"),
    "ZA": ("South Africa", "RSA"),
}
_CODE_OF = {name.lower(): code for code, names in NAMES.items() for name in (code, *names)}


def spellings(country: str) -> list[str]:
    """Return every way to write a country, the given one first."""
    code = _CODE_OF.get(country.strip().lower())
    others = (code, *NAMES[code]) if code else ()
    return list(dict.fromkeys([country.strip(), *others]))
