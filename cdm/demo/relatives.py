"""Given names of relatives, by the language a customer is spoken to in."""

from __future__ import annotations

NAMES: dict[str, dict[str, tuple[str, ...]]] = {
    "th": {
        "female": ("มาลี", "ใบเตย", "สมศรี", "นิด", "อรทัย", "พลอย", "จันทร์เพ็ญ"),
        "male": ("สมชาย", "ต้น", "ประเสริฐ", "วิชัย", "ภูมิ", "อนันต์", "ธีระ"),
    },
    "bn": {
        "female": ("Nasrin", "Farzana", "Ayesha", "Sumaiya", "Rehana", "Mitu"),
        "male": ("Tanvir", "Rafiq", "Imran", "Sohel", "Anis", "Rakib"),
    },
    "ja": {
        "female": ("Yuko", "Aoi", "Keiko", "Sakura", "Haruka", "Kazuko"),
        "male": ("Kenji", "Sota", "Takeshi", "Ren", "Daiki", "Shigeru"),
    },
    "af": {
        "female": ("Annelie", "Sarie", "Elna", "Mia", "Karien", "Hester"),
        "male": ("Johan", "Pieter", "Hendrik", "Dawid", "Ruan", "Gert"),
    },
    "zu": {
        "female": ("Nomvula", "Thandi", "Zanele", "Lindiwe", "Ntombi", "Busisiwe"),
        "male": ("Sipho", "Themba", "Bongani", "Sandile", "Mandla", "Jabulani"),
    },
    "xh": {
        "female": ("Nosipho", "Zoleka", "Nomsa", "Bulelwa", "Anathi", "Thozama"),
        "male": ("Luthando", "Sizwe", "Mzwandile", "Andile", "Vuyo", "Xolani"),
    },
    "st": {
        "female": ("Lerato", "Palesa", "Naledi", "Dineo", "Mpho", "Kelebogile"),
        "male": ("Kagiso", "Thabo", "Tshepo", "Lebohang", "Neo", "Teboho"),
    },
    "en": {
        "female": ("Anna", "Claire", "Emma", "Laura", "Sofia", "Margaret"),
        "male": ("Ben", "Daniel", "Peter", "Lucas", "Martin", "Thomas"),
    },
}


def names_for(language: str) -> dict[str, tuple[str, ...]]:
    """Return the names of a language's families; European ones where none are known."""
    return NAMES.get(language, NAMES["en"])
