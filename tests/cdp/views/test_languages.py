"""Thai and Bengali beside English."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.world import World

LANGUAGES = [code for code, _ in settings.LANGUAGES if code != "en"]


def catalogue(language: str) -> dict[object, str]:
    path = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.mo"
    with path.open("rb") as file:
        return dict(vars(gettext.GNUTranslations(file))["_catalog"])


@pytest.mark.conforms("R99")
@pytest.mark.parametrize(("language", "customers"), [("th", "ลูกค้า"), ("bn", "গ্রাহক")])
def test_a_person_reads_the_pages_in_their_language(world: World, language: str, customers: str) -> None:
    browser = world.browser(world.alice)
    address = reverse("customers")
    assert f'lang="{language}"' not in browser.get(address).content.decode()
    answer = browser.post(reverse("set_language"), {"language": language, "next": address})
    assert (answer.status_code, answer["Location"]) == (302, address)
    html = browser.get(address).content.decode()
    assert f'lang="{language}"' in html
    assert customers in html
    # The menu of the account offers every language under its own name.
    assert {"English", "ภาษาไทย", "বাংলা"} <= {word for word in ("English", "ภาษาไทย", "বাংলা") if word in html}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_browser_chooses_until_somebody_does(client: Client, language: str) -> None:
    html = client.get("/admin/login/", headers={"Accept-Language": language}).content.decode()
    assert f'lang="{language}"' in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    texts = catalogue(language)
    assert len(texts) > 1500
    assert [key for key, text in texts.items() if key and not text] == []


def test_both_catalogues_hold_the_same_texts() -> None:
    def of(language: str) -> set[object]:
        return {key[0] if isinstance(key, tuple) else key for key in catalogue(language)}

    assert of("th") == of("bn")
