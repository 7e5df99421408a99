"""A message to be checked, and what can be read from it."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field

from campaigns.linting.looks import colors_in, families_in, fonts_in
from campaigns.linting.markup import EndTag, StartTag, parts_of
from campaigns.shapes.base import Words, refuse_unstorable
from campaigns.shapes.brand import Hex
from cdp.api.wire import Incoming

LONGEST_MESSAGE = 100_000
_SILENT = {"style", "script", "head", "title", "template"}
# What may stand in a head; anything else ends it, whether its end tag is there or not.
_OF_HEAD = {"base", "link", "meta", "noscript", "script", "style", "template", "title"}
_LOOKS = {"color", "bgcolor", "fill", "stroke", "stop-color"}
# The old attributes take a colour without its #.
_BARE_HEX = re.compile(r"[0-9a-fA-F]{6}").fullmatch
_BLOCKS = {"p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "table", "section"}


class Message(Incoming):
    """A message: its text, or its HTML, and what its maker says about it."""

    text: Annotated[str, Field(max_length=LONGEST_MESSAGE), AfterValidator(refuse_unstorable)] = ""
    html: Annotated[str, Field(max_length=LONGEST_MESSAGE), AfterValidator(refuse_unstorable)] = ""
    colors: Annotated[list[Hex], Field(max_length=100)] = Field(default_factory=list)
    fonts: Words = Field(default_factory=list)
    tones: Words = Field(default_factory=list)

    def words_shown(self) -> str:
        """Return what a reader sees."""
        shown = f"{self.text}\n{''.join(_Reader.of(self.html).pieces)}" if self.html else self.text
        return unicodedata.normalize("NFC", shown)

    def colors_used(self) -> list[str]:
        """Return every colour that is named or set in the HTML, as #RRGGBB, each once."""
        return list(dict.fromkeys([*self.colors, *colors_in(_Reader.of(self.html).css())]))

    def fonts_used(self) -> list[str]:
        """Return every font that is named or set in the HTML, each once."""
        reader = _Reader.of(self.html)
        faces = [family for face in reader.faces for family in families_in(face)]
        return list(dict.fromkeys([*self.fonts, *faces, *fonts_in(reader.css())]))


class _Reader:
    """Takes HTML apart into what is read and what is said about its looks."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.faces: list[str] = []
        self.looks: list[str] = []
        self._open: list[str] = []

    @classmethod
    def of(cls, html: str) -> _Reader:
        """Read ``html``."""
        reader = cls()
        for part in parts_of(html):
            if isinstance(part, StartTag):
                reader.start(part)
            elif isinstance(part, EndTag):
                reader.end(part.name)
            else:
                reader.read(part)
        return reader

    def css(self) -> str:
        """Return all that is said about looks, as declarations."""
        return "\n;".join(self.looks)

    def start(self, tag: StartTag) -> None:
        """Take up what a tag opens and says about looks."""
        if tag.name not in _OF_HEAD:
            self._end_head()
        if tag.name in _SILENT and not tag.is_empty:
            self._open.append(tag.name)
        if tag.name in _BLOCKS:
            self.pieces.append("\n")
        for name, value in tag.attributes:
            if value and name == "style":
                self.looks.append(value)
            elif value and name in _LOOKS:
                self.looks.append(f"{name}:{'#' if _BARE_HEX(value) else ''}{value}")
            if value and (tag.name, name) == ("font", "face"):
                self.faces.append(value)

    def end(self, name: str) -> None:
        """Close what the tag closes."""
        if self._open and self._open[-1] == name:
            self._open.pop()

    def _end_head(self) -> None:
        if self._open and self._open[-1] == "head":
            self._open.pop()

    def read(self, text: str) -> None:
        """Take up text: to be read, or a style sheet."""
        if text.strip():
            self._end_head()
        if not self._open:
            self.pieces.append(text)
        elif self._open[-1] == "style":
            self.looks.append(text)
