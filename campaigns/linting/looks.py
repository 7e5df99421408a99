"""The colours and fonts that CSS names: declarations alone are read, selectors are not."""

from __future__ import annotations

import colorsys
import json
import math
import re
from collections.abc import Iterator
from pathlib import Path

# https://www.w3.org/TR/css-color-4/#named-colors
COLOR_NAMES: dict[str, str] = json.loads(Path(__file__).with_name("color_names.json").read_text())
LARGEST_PART = 255
LONGEST_FONTS = 300

_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_ENDS = re.compile(r"([;{}])")
_PROPERTY = re.compile(r"[a-z-]{1,100}")
_NO_COLOR = re.compile(r"""url\([^)]*(?:\)|$)|"[^"]*(?:"|$)|'[^']*(?:'|$)""", re.IGNORECASE)
_TAKES_NAMES = re.compile(
    r"(?:.*-)?color|bgcolor|background(?:-image)?|border(?:-(?:top|right|bottom|left|block|inline).*)?"
    r"|outline|fill|stroke|(?:box|text)-shadow|filter|text-decoration|text-emphasis|column-rule"
)
_NAME = re.compile(r"(?<![\w#.-])[a-z]+(?![\w(.-])")
_HEX = re.compile(r"(?<![\w&#-])#([0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})(?![\w-])")
_FUNCTION = re.compile(r"\b(rgb|hsl)a?\(([^()]*)\)")
_PART = re.compile(r"([-+]?(?:\d{1,9}\.?\d{0,20}|\.\d{1,20}))(%|deg|grad|rad|turn)?")
_DEGREES = {"deg": 1.0, "grad": 0.9, "rad": 180 / math.pi, "turn": 360.0}
_IMPORTANT = re.compile(r"!\s*important", re.IGNORECASE)
_FAMILY = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([^,"']+))\s*(?:,|$)""")
# In the shorthand the families follow the size.
_AFTER_SIZE = re.compile(
    r"(?:^|\s)(?:[\d.]+(?:%|[a-z]+)|0|(?:xx?-|xxx-)?(?:small|large)|medium|smaller|larger|calc\([^)]*\))"
    r"(?:\s*/\s*[^\s,]+)?\s+([^\s/].*)$",
    re.IGNORECASE | re.DOTALL,
)


def declarations(css: str) -> Iterator[tuple[str, str]]:
    """Return the properties, in lower case, and values that CSS declares."""
    parts = [*_ENDS.split(_COMMENT.sub(" ", css)), ""]
    for text, end in zip(parts[::2], parts[1::2], strict=True):
        name, colon, value = text.partition(":")
        # What is before an opening brace is a selector or a media query.
        if colon and end != "{" and _PROPERTY.fullmatch(known := name.strip().lower()):
            yield known, _IMPORTANT.sub("", value).strip()


def colors_in(css: str) -> Iterator[str]:
    """Return every colour as #RRGGBB, without its transparency; what is wholly transparent is no colour."""
    for name, value in declarations(_NO_COLOR.sub(" ", css)):
        lower = value.lower()
        yield from filter(None, (_long(match[1]) for match in _HEX.finditer(lower)))
        yield from filter(None, (_called(match[1], match[2]) for match in _FUNCTION.finditer(lower)))
        if _TAKES_NAMES.fullmatch(name):
            yield from (COLOR_NAMES[word] for word in _NAME.findall(lower) if word in COLOR_NAMES)


def fonts_in(css: str) -> Iterator[str]:
    """Return every font that is asked for, by its family or in the shorthand."""
    for name, value in declarations(css):
        if name == "font-family":
            yield from families_in(value)
        elif name == "font" and (match := _AFTER_SIZE.search(_tidy(value))):
            yield from families_in(match[1])


def families_in(value: str) -> list[str]:
    """Return the names of a list of families; one that a variable holds is not known."""
    names = ("".join(filter(None, match.groups())).strip() for match in _FAMILY.finditer(_tidy(value)))
    return [name for name in names if name and not name.lower().startswith("var(")]


def _tidy(value: str) -> str:
    return " ".join(value[:LONGEST_FONTS].split())


def _long(letters: str) -> str:
    doubled = "".join(letter * 2 for letter in letters) if len(letters) < len("RRGGBB") else letters
    return "" if doubled[6:] == "00" else f"#{doubled[:6].upper()}"


def _called(function: str, arguments: str) -> str:
    """Return what rgb(…) or hsl(…) comes to; nothing for what is neither."""
    parts = [(float(number), unit) for number, unit in _PART.findall(arguments)]
    if len(parts) not in {3, 4} or (len(parts) == 4 and parts[3][0] == 0):  # noqa: PLR2004 (with alpha)
        return ""
    (first, unit), (second, second_unit), (third, third_unit), *_alpha = parts
    if function == "hsl":
        hue = first * _DEGREES.get(unit, 1) / 360 % 1
        shares = colorsys.hls_to_rgb(hue, _share(third / 100), _share(second / 100))
        return _hex([share * LARGEST_PART for share in shares])
    units = (unit, second_unit, third_unit)
    numbers = (first, second, third)
    return _hex([n * LARGEST_PART / 100 if u == "%" else n for n, u in zip(numbers, units, strict=True)])


def _share(value: float) -> float:
    return min(max(value, 0), 1)


def _hex(parts: list[float]) -> str:
    whole = [min(max(math.floor(part + 0.5), 0), LARGEST_PART) for part in parts]
    return "#{:02X}{:02X}{:02X}".format(*whole)
