"""Spellings that people take for the same name, and slips of the fingers."""

# ruff: noqa: PLR2004 (how often something happens to made-up people is its own name)

from __future__ import annotations

from random import Random


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Read "ph:p, th:t"."""
    parts = (part.strip().partition(":") for part in text.split(","))
    return tuple((old, new) for old, _, new in parts)


SAME = {
    "thai": _pairs("""
        ณ:น, ์:, ศ:ส, ษ:ส, พงษ์:พงศ์, ญ:ย, ฐ:ถ, ธ:ท, ู:ุ, ภ:พ, วงศ์:วงษ์
    """),
    "bengali": _pairs("""
        ী:ি, ূ:ু, ণ:ন, শ:স, ষ:স, জ:য, হোসেন:হোসাইন, আহমেদ:আহমদ, আক্তার:আখতার, চৌধুরী:চৌধুরি
    """),
    "japanese": _pairs("""
        斎:斉, 渡辺:渡邊, 高:髙, 崎:﨑, 沢:澤, 浜:濱, 桜:櫻, 島:嶋, 広:廣, 恵:惠, 真:眞
    """),
}
# In Latin letters, by the script the name was taken from.
ROMANISED = {
    "thai": _pairs("""
        ph:p, th:t, Ph:P, Th:T, Ch:J, kh:k, aeo:aew, phon:porn, ai:ay, kun:kul, wat:wad, W:V
    """),
    "bengali": _pairs("""
        Hossain:Hossen, Ahmed:Ahmad, Chowdhury:Choudhury, Rahman:Rahaman, Miah:Mia, Islam:Eslam,
        Akter:Akhter, z:j, Z:J, q:k, sh:s, ee:i, Sarker:Sarkar, ou:o
    """),
    "japanese": _pairs("""
        shi:si, Shi:Si, tsu:tu, chi:ti, ji:zi, fu:hu, Fu:Hu, Yo:You, Sho:Shou, Yu:Yuu, Ko:Kou, Ot:Oot,
        Ito:Itoh, Sato:Satoh
    """),
    "latin": _pairs("""
        ph:f, ck:k, ll:l, nn:n, tt:t, ss:s, th:t, rr:r, mm:m
    """),
}
SHORTEST = 4  # a shorter word is typed right


def misspelt(rng: Random, text: str, script: str, is_native: bool) -> str:
    """Return ``text``, a name of a person of ``script``, in another spelling or with a slip."""
    known = [
        pair for pair in (SAME if is_native and script != "latin" else ROMANISED)[script] if pair[0] in text
    ]
    if is_native and script != "latin":
        return text.replace(*known[int(rng.random() * len(known))], 1) if known else text
    if known and rng.random() < 0.6:
        return text.replace(*known[int(rng.random() * len(known))], 1)
    return slip(rng, text)


def slip(rng: Random, text: str) -> str:
    """Swap two letters, drop one or strike one twice; never the first of a word."""
    if len(text) <= SHORTEST:
        return text
    place = 1 + int(rng.random() * (len(text) - 2))
    if not text[place - 1 : place + 2].isalpha():
        return text
    kind = rng.random()
    if kind < 0.4:
        return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    if kind < 0.75:
        return text[:place] + text[place + 1 :]
    return text[:place] + text[place] + text[place:]
