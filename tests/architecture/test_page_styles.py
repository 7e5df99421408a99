"""A page's style sheet leaves alone what stands around the page."""

from __future__ import annotations

import re
from pathlib import Path

import unfold

from tests.architecture.source import ROOT

_comments = re.compile(r"/\*.*?\*/", re.DOTALL)
_selectors = re.compile(r"([^{}@;]+)\{")
_first_class = re.compile(r"\s*\.([\w-]+)")
_classes = re.compile(r'class="([^"]*)"')
_tags = re.compile(r"\{[{%].*?[%}]\}")


def around_the_page() -> set[str]:
    """Return the classes of the admin's own header, menus and dialogs."""
    templates = Path(unfold.__file__).parent / "templates" / "unfold"
    texts = [
        path.read_text() for part in ("layouts", "helpers") for path in (templates / part).rglob("*.html")
    ]
    return {
        name for text in texts for said in _classes.findall(text) for name in _tags.sub(" ", said).split()
    }


def test_no_page_styles_a_class_of_the_frame_around_it() -> None:
    frame, leaks = around_the_page(), set()
    assert {"relative", "flex"} <= frame
    for path in sorted((ROOT / "static/css/pages").glob("*.css")):
        for selectors in _selectors.findall(_comments.sub("", path.read_text())):
            for selector in selectors.split(","):
                found = _first_class.match(selector)
                if found and found[1] in frame:
                    leaks.add(f"{path.name}: {selector.strip()}")
    assert leaks == set()
