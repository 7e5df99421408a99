"""Keys of organisations: the distinctive part of the name, in ASCII, without the legal form."""

import re

from unify.matching.keys.transliteration import ascii_key

# Stand in the raw name, in scripts that put no spaces around them.
_attached = re.compile(
    r"บริษัท(?:มหาชน)?|จำกัด|\(?มหาชน\)?|บมจ\.?|บจก\.?|บจ\.|หจก\.?|หสน\.?|ห้างหุ้นส่วน(?:สามัญ|จำกัด)?"
    r"|株式会社|カブシキガイシャ|かぶしきがいしゃ|ユウゲンガイシャ|有限会社|合同会社|合資会社|合名会社|一般社団法人|一般財団法人|[㈱㈲]|\(株\)|（株）|\(有\)|（有）"
    r"|有限责任公司|有限公司|股份有限公司|주식회사|\(주\)|㈜|মেসার্স|লিমিটেড|লিঃ|লি\.|প্রাঃ|প্রাইভেট|কোম্পানি|কোং|এন্ড|অ্যান্ড"
)
_messrs = re.compile(r"^\s*m/s\.?\s+|\bt/a\b", re.IGNORECASE)
_dotted = re.compile(r"\b(?:[A-Za-z]\.){2,}")
_FORMS_WORDS = """
    ltd limited co company corp corporation inc incorporated llc llp lp plc pcl pty pvt private
    public gmbh mbh ag kg ohg ug eg ev sa sas sarl sasu srl spa sl slu bv nv cv vof ab as asa oy oyj
    aps a s kabushiki yugen kaisha gaisha kk yk gk sdn bhd pte tbk cc npc soc inc the and of und et y e for
"""
_FORMS = frozenset(_FORMS_WORDS.split())
_WORDS = {"centre": "center", "intl": "international", "univ": "university", "assoc": "association",
          "assn": "association", "svc": "service", "svcs": "service", "services": "service",
          "dept": "department",
          "dev": "development", "inst": "institute", "ctr": "center", "cntr": "center", "st": "saint",
          "mt": "mount", "natl": "national", "mfg": "manufacturing", "bros": "brothers", "hosp": "hospital",
          "acad": "academy", "elem": "elementary", "sch": "school", "comm": "community", "govt": "government",
          "rest": "restaurant", "ristorante": "restaurant", "centers": "center", "schools": "school",
          "clubs": "club", "centres": "center"}  # fmt: skip


def organisation_key(raw: str) -> str:
    """ "Foo & Bar (Pty) Ltd." -> "foo bar"; a name made of nothing but such words keeps them."""
    text = _dotted.sub(lambda match: match[0].replace(".", ""), _attached.sub(" ", _messrs.sub("", raw)))
    words = [_WORDS.get(word, word) for word in ascii_key(text).split()]
    kept = [word for word in words if word not in _FORMS]
    return " ".join(kept or words or ascii_key(raw).split())
