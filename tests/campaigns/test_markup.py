"""HTML of messages, taken apart in one pass."""

from __future__ import annotations

import time

import pytest

from campaigns.linting.markup import EndTag, StartTag, parts_of
from campaigns.linting.message import LONGEST_MESSAGE, Message

# Each of them never ends what it begins, again and again.
NEVER_CLOSED = [
    "<", "<!--", "<!--x>", "<!", "<!x", "<?", "<![CDATA[x>", "</", "</a", "<a ", "<a/", "<a b='", '<a b="',
    "<a =", "<style>", "<script></x", "<p style='a:b;", "&", "&#", "<head>",
]  # fmt: skip


@pytest.mark.parametrize("piece", NEVER_CLOSED)
def test_what_is_never_closed_takes_no_longer_than_what_is(piece: str) -> None:
    html = (piece * LONGEST_MESSAGE)[:LONGEST_MESSAGE]
    began = time.process_time()
    message = Message(html=html)
    message.words_shown()
    message.colors_used()
    # The parser of the standard library took from 10 to 185 seconds for the first four.
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("html", "parts"),
    [
        ("a < b <3 &lt; c", ["a ", "<", " b ", "<", "3 < c"]),
        ("<p title=it's>x</P >y", [StartTag("p", (("title", "it's"),), False), "x", EndTag("p"), "y"]),
        ('<a B="1 > 0" c>', [StartTag("a", (("b", "1 > 0"), ("c", "")), False)]),
        ("<br/>x<br />", [StartTag("br", (), True), "x", StartTag("br", (), True)]),
        ("1<!-->2<!--->3<!-- a > b -->4<!doctype x>5<?x?>6", ["1", "2", "3", "4", "5", "6"]),
        ("<style><!-- a>b --></style>", [StartTag("style", (), False), "<!-- a>b -->", EndTag("style")]),
        ("<script>if (a<b)</SCRIPT>", [StartTag("script", (), False), "if (a<b)", EndTag("script")]),
        ("x<!-- never closed", ["x"]),
        ("x<a href='never closed", ["x"]),
        ("x</a", ["x"]),
    ],
)  # fmt: skip
def test_tags_texts_and_attributes_are_told_apart_as_browsers_do(html: str, parts: list[object]) -> None:
    assert list(parts_of(html)) == parts
