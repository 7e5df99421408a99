"""The audit of pages can fail."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.audit import complaints_about

pytestmark = pytest.mark.browser
GOOD = """<html lang="en"><h1>Title</h1><main>
<p>Text</p><label>Name <input class="input"></label><a href="/">Go</a></main>"""


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ("<p class='pale'>Pale words</p><style>.pale{color:#aaa}</style>", "contrast 2.32"),
        ("<button><span aria-hidden='true'>x</span></button>", "no name"),
        ("<input type='text'>", "no name"),
        ("<img src='data:,'>", "no alt"),
        ("<p style='margin:0'>x</p>", "inline style"),
        ("<i id='a'>x</i><i id='a'>x</i>", "id twice: a"),
        ("<input class='input' aria-label='x'><style>.input{border:1px solid #eee}</style>", "border 1.16"),
        ("<h1>Again</h1>", "not one h1"),
    ],
)
def test_the_audit_finds_what_is_wrong_and_only_that(browser: Browser, wrong: str, complaint: str) -> None:
    window = browser.new_page()
    window.set_content(GOOD)
    assert complaints_about(window) == []
    window.set_content(GOOD.replace("</main>", f"{wrong}</main>"))
    assert any(found.startswith(complaint) for found in complaints_about(window))
    window.close()
