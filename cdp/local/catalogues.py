"""`make messages-check`: every text is in both catalogues and translated, and the compiled ones are no older.

Needs GNU gettext (xgettext and msgfmt), as `make messages` does.
"""

from __future__ import annotations

import gettext
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("th", "bn")
LOCALE = ROOT / "locale"
MESSAGE = re.compile(r'^msgid ((?:"(?:[^"\\]|\\.)*"\s*)+)', re.MULTILINE)


def main() -> int:
    """Print what is wrong; return how the process ends."""
    if not (shutil.which("xgettext") and shutil.which("msgfmt")):
        sys.stderr.write("GNU gettext is needed to check the catalogues: install the package gettext.\n")
        return 1
    problems = [*_texts_without_entry(), *(line for each in LANGUAGES for line in _faults(each))]
    sys.stderr.write(("\n".join(problems) or "The catalogues are whole.") + "\n")
    return bool(problems)


def _catalogue(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def _texts_without_entry() -> Iterator[str]:
    """Collect the texts anew, compare, and leave the catalogues as they were."""
    before = {language: _catalogue(language).read_text() for language in LANGUAGES}
    try:
        command = ["make", "--no-print-directory", "-C", str(ROOT), "collect-messages"]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
        for language, text in before.items():
            new = _ids(_catalogue(language).read_text()) - _ids(text)
            yield from (
                f"{language}: not in the catalogue, run make messages: {each}" for each in sorted(new)
            )
    finally:
        for language, text in before.items():
            _catalogue(language).write_text(text)


def _ids(catalogue: str) -> set[str]:
    return {"".join(re.findall(r'"((?:[^"\\]|\\.)*)"', found)) for found in MESSAGE.findall(catalogue)}


def _faults(language: str) -> Iterator[str]:
    source = _catalogue(language)
    with tempfile.TemporaryDirectory() as directory:
        compiled = Path(directory) / "django.mo"
        command = ["msgfmt", "--check", "--statistics", "--output-file", str(compiled), str(source)]
        told = subprocess.run(
            command, check=False, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"}
        )
        if told.returncode:
            yield f"{language}: {told.stderr.strip()}"
            return
        if "untranslated" in told.stderr or "fuzzy" in told.stderr:
            yield f"{language}: {told.stderr.strip()}"
        if _texts(compiled) != _texts(source.with_suffix(".mo")):
            yield f"{language}: the compiled catalogue is older than its source, run make messages"


def _texts(compiled: Path) -> dict[object, str]:
    with compiled.open("rb") as file:
        return dict(vars(gettext.GNUTranslations(file))["_catalog"])


if __name__ == "__main__":
    sys.exit(main())
