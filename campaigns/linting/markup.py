"""HTML taken apart in one pass, whatever it holds: what is never closed ends with the text, as in browsers.

The parser of the standard library looks for each missing end anew: 100 KB of ``<!--`` took it minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

_COMMENT_END = re.compile(r"--!?>")
_START = re.compile(r"<([a-zA-Z][^\s/>]*)")
_END = re.compile(r"</([a-zA-Z][^\s/>]*)")
_ATTRIBUTE = re.compile(
    r"""[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)(?:"|\Z)|'([^']*)(?:'|\Z)|([^\s>]*)))?"""
)
_LONE = re.compile(r"<(?:<(?![a-zA-Z!?/]))*")
_REST = re.compile(r"[\s/]*")
# What is in these is not markup.
_RAW = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in ("style", "script")}


@dataclass(frozen=True, slots=True)
class StartTag:
    """A tag that opens something; ``is_empty`` when it closes it too. Names are in lower case."""

    name: str
    attributes: tuple[tuple[str, str], ...]
    is_empty: bool


@dataclass(frozen=True, slots=True)
class EndTag:
    """A tag that closes something."""

    name: str


Part = StartTag | EndTag | str


def parts_of(html: str) -> Iterator[Part]:
    """Yield tags and, as plain text, what is between them; comments and declarations are left out."""
    position = 0
    while (start := html.find("<", position)) >= 0:
        if start > position:
            yield unescape(html[position:start])
        part, position = _part_at(html, start)
        if part is not None:
            yield part
        if isinstance(part, StartTag) and not part.is_empty and part.name in _RAW:
            closing = _RAW[part.name].search(html, position)
            end = closing.start() if closing else len(html)
            yield html[position:end]
            position = end
    if position < len(html):
        yield unescape(html[position:])


def _part_at(html: str, start: int) -> tuple[Part | None, int]:
    """Return what begins with the ``<`` at ``start``, and where it ends."""
    if html.startswith("<!--", start):
        closing = _COMMENT_END.search(html, start + 2)
        return None, closing.end() if closing else len(html)
    if match := _START.match(html, start):
        return _start_tag(html, match)
    if html[start + 1 : start + 2] not in {"!", "?", "/"} and (lone := _LONE.match(html, start)):
        return lone[0], lone.end()
    end = html.find(">", start)
    if end < 0:
        return None, len(html)
    closed = _END.match(html, start)
    return EndTag(closed[1].lower()) if closed else None, end + 1


def _start_tag(html: str, name: re.Match[str]) -> tuple[StartTag | None, int]:
    position, attributes = name.end(), []
    while match := _ATTRIBUTE.match(html, position):
        value = next((value for value in match.groups()[1:] if value is not None), "")
        attributes.append((match[1].lower(), unescape(value)))
        position = match.end()
    rest = _REST.match(html, position)
    end = rest.end() if rest else position
    if end >= len(html):
        return None, len(html)
    return StartTag(name[1].lower(), tuple(attributes), html[end - 1] == "/" and end > position), end + 1
