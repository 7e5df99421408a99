"""Letter tables of scripts whose Unicode names do not already say how a letter sounds."""

_THAI = """
ก k ข kh ฃ kh ค kh ฅ kh ฆ kh ง ng จ j ฉ ch ช ch ซ s ฌ ch ญ y ฎ d ฏ t ฐ th ฑ th ฒ th ณ n ด d ต t ถ th ท th
ธ th น n บ b ป p ผ ph ฝ f พ ph ฟ f ภ ph ม m ย y ร r ล l ว w ศ s ษ s ส s ห h ฬ l อ o ฮ h ฤ rue ฦ lue
ะ a ั a า a ำ am ิ i ี i ึ ue ื ue ุ u ู u เ e แ ae โ o ใ ai ไ ai
"""
_CYRILLIC = """
а a б b в v г g д d е e ё e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh
щ shch ы y э e ю yu я ya і i ї yi є ye ґ g ў u ј j љ lj њ nj ћ c ђ dj џ dz ѕ dz ќ k ѓ g қ k ғ g ң n ө o ү u
ұ u һ h ә a
"""
_GREEK = """
α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o
"""
_ARABIC = """
ا a أ a إ i آ a ٱ a ب b ت t ث th ج j ح h خ kh د d ذ dh ر r ز z س s ش sh ص s ض d ط t ظ z ع a غ gh ف f ق q
ك k ک k ل l م m ن n ه h ة a و w ي y ی y ى a ؤ w ئ y پ p چ ch ژ zh گ g ٹ t ڈ d ڑ r ں n ے y ہ h ھ h
"""
_HEBREW = """
א a ב b ג g ד d ה h ו v ז z ח h ט t י y כ k ך k ל l מ m ם m נ n ן n ס s ע a פ p ף p צ ts ץ ts ק k ר r ש sh ת t
"""
_LATIN = "ø o æ ae œ oe đ d ł l þ th ð d ı i ħ h ŋ ng ŧ t ə a ß ss"


def _pairs(table: str) -> dict[str, str]:
    words = table.split()
    return dict(zip(words[::2], words[1::2], strict=True))


LETTERS = _pairs(" ".join((_THAI, _CYRILLIC, _GREEK, _ARABIC, _HEBREW, _LATIN)))

# What the Unicode names of kana call si, ti, tu, hu, zi is said shi, chi, tsu, fu, ji.
KANA = {"si": "shi", "ti": "chi", "tu": "tsu", "hu": "fu", "zi": "ji", "di": "ji", "du": "zu"}
KANA_PALATAL = {"shi": "sh", "chi": "ch", "ji": "j"}

INDIC_CONSONANTS = {
    "TTA": "t", "TTHA": "th", "DDA": "d", "DDHA": "dh", "NNA": "n", "SSA": "sh", "SHA": "sh", "CA": "ch",
    "CHA": "ch", "YYA": "y", "RRA": "r", "RHA": "r", "KHANDA TA": "t", "LLA": "l", "NGA": "ng", "NYA": "n",
    "JNYA": "gy", "LLLA": "l", "NNNA": "n", "DDDHA": "r",
}  # fmt: skip
INDIC_VOWELS = {
    "A": "a", "AA": "a", "I": "i", "II": "i", "U": "u", "UU": "u", "E": "e", "EE": "e", "AI": "ai", "O": "o",
    "OO": "o", "AU": "au", "VOCALIC R": "ri", "CANDRA E": "e", "CANDRA O": "o",
    "SHORT E": "e", "SHORT O": "o",
}  # fmt: skip
INDIC_SCRIPTS_WORDS = """
    BENGALI DEVANAGARI GUJARATI GURMUKHI KANNADA MALAYALAM ORIYA SINHALA TAMIL TELUGU
"""
INDIC_SCRIPTS = frozenset(INDIC_SCRIPTS_WORDS.split())
