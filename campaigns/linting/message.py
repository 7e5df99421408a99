"""A message to be checked, and what can be read from it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Annotated

from pydantic import AfterValidator, Field

from campaigns.shapes.base import Words, refuse_unstorable
from campaigns.shapes.brand import Hex
from cdp.api.wire import Incoming

LONGEST_MESSAGE = 100_000
_HEX = re.compile(r"(?<![\w&])#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})(?![\w-])")
_RGB = re.compile(r"\brgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\b")
_FONT_FAMILY = re.compile(r"font-family\s*:\s*([^;}<>]{1,300})", re.IGNORECASE)
_SILENT = {"style", "script", "head", "title", "template"}
_LOOKS = {"style", "color", "bgcolor", "background", "fill", "stroke", "stop-color"}
_BLOCKS = {"p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "table", "section"}
LARGEST_PART = 255


class Message(Incoming):
    """A message: its text, or its HTML, and what its maker says about it."""

    text: Annotated[str, Field(max_length=LONGEST_MESSAGE), AfterValidator(refuse_unstorable)] = ""
    html: Annotated[str, Field(max_length=LONGEST_MESSAGE), AfterValidator(refuse_unstorable)] = ""
    colors: Annotated[list[Hex], Field(max_length=100)] = Field(default_factory=list)
    fonts: Words = Field(default_factory=list)
    tones: Words = Field(default_factory=list)

    def words_shown(self) -> str:
        """Return what a reader sees."""
        return f"{self.text}\n{''.join(_Reader.of(self.html).pieces)}" if self.html else self.text

    def colors_used(self) -> list[str]:
        """Return every colour that is named or set in the HTML, as #RRGGBB, each once."""
        looks = "\n".join(_Reader.of(self.html).looks)
        found = [*self.colors, *(_long(match[1]) for match in _HEX.finditer(looks))]
        for match in _RGB.finditer(looks):
            parts = [int(part) for part in match.groups()]
            if max(parts) <= LARGEST_PART:
                found.append("#{:02X}{:02X}{:02X}".format(*parts))
        return list(dict.fromkeys(found))

    def fonts_used(self) -> list[str]:
        """Return every font that is named or set in the HTML, each once."""
        reader = _Reader.of(self.html)
        found = list(self.fonts)
        for families in (*reader.faces, *_FONT_FAMILY.findall("\n".join(reader.looks))):
            found += _families(families)
        return list(dict.fromkeys(found))


def _long(letters: str) -> str:
    doubled = "".join(letter * 2 for letter in letters) if len(letters) < len("RRGGBB") else letters
    return f"#{doubled.upper()}"


def _families(value: str) -> list[str]:
    names = (part.strip().strip("'\"").removesuffix("!important").strip() for part in value.split(","))
    return [name for name in names if name]


class _Reader(HTMLParser):
    """Takes HTML apart into what is read and what is said about its looks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.faces: list[str] = []
        self.looks: list[str] = []
        self._open: list[str] = []

    @classmethod
    def of(cls, html: str) -> _Reader:
        """Read ``html``."""
        reader = cls()
        reader.feed(html)
        reader.close()
        return reader

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._open.append(tag)
        if tag in _BLOCKS:
            self.pieces.append("\n")
        for name, value in attrs:
            if value and name in _LOOKS:
                self.looks.append(value)
            if value and (tag, name) == ("font", "face"):
                self.faces.append(value)

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not self._open:
            self.pieces.append(data)
        elif self._open[-1] == "style":
            self.looks.append(data)
