"""The lock files: the same bytes for everybody, from wherever each of them installs."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from cdp.local import bootstrap

ROOT = Path(__file__).resolve().parents[2]
LOCKS = {name: (ROOT / name).read_text() for name in ("requirements.lock", "requirements-dev.lock")}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PINNED = re.compile(r"(?m)^([\w.-]+)==(\S+)[^\\\n]*((?:\\\n +--hash=sha256:[0-9a-f]{64} ?)+)$")


def pins(lock: str) -> dict[str, str]:
    return {canonicalize_name(name): version for name, version, _ in PINNED.findall(LOCKS[lock])}


@pytest.mark.parametrize("lock", sorted(LOCKS))
def test_a_lock_is_nothing_but_versions_with_hashes(lock: str) -> None:
    assert PINNED.sub("", LOCKS[lock]).strip() == ""
    assert "://" not in LOCKS[lock]


@pytest.mark.parametrize("lock", sorted(LOCKS))
def test_a_lock_has_one_version_of_each_package(lock: str) -> None:
    names = [name for name, _, _ in PINNED.findall(LOCKS[lock])]
    assert sorted(set(names)) == sorted(names)


def test_the_development_lock_is_the_runtime_lock_and_more() -> None:
    assert pins("requirements.lock").items() < pins("requirements-dev.lock").items()


@pytest.mark.parametrize(
    ("lock", "asked"),
    [
        ("requirements.lock", PROJECT["project"]["dependencies"]),
        ("requirements-dev.lock", PROJECT["dependency-groups"]["dev"]),
    ],
)
def test_a_lock_answers_what_the_project_asks_for(lock: str, asked: list[str]) -> None:
    pinned = pins(lock)
    for requirement in map(Requirement, asked):
        assert requirement.specifier.contains(pinned[canonicalize_name(requirement.name)]), requirement


def test_every_dependency_says_why_it_is_there() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    block = text[text.index("dependencies = [") : text.index("[dependency-groups]")]
    lines = [line for line in block.splitlines() if line.strip().startswith('"')]
    assert lines
    assert all(re.search(r"  # \w", line) for line in lines)


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The bootstrap with an empty environment and two small lock files."""
    (tmp_path / "runtime").write_text("a==1")
    (tmp_path / "dev").write_text("a==1 b==2")
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(bootstrap, "LOCKS", {"runtime": tmp_path / "runtime", "dev": tmp_path / "dev"})
    return tmp_path


def done(kind: str) -> None:
    bootstrap._stamp(kind).write_text(bootstrap._digest(kind))


def test_nothing_is_installed_twice_but_everything_once(fake: Path) -> None:
    assert not bootstrap._installed("runtime")
    done("runtime")
    assert bootstrap._installed("runtime")
    assert not bootstrap._installed("dev")


def test_who_has_the_development_packages_needs_no_other(fake: Path) -> None:
    done("dev")
    assert bootstrap._installed("runtime")


def test_a_changed_lock_is_installed_again(fake: Path) -> None:
    done("dev")
    (fake / "dev").write_text("a==1 b==3")
    assert not bootstrap._installed("dev")
    assert not bootstrap._installed("runtime")


def test_a_step_that_fails_ends_with_a_sentence_and_its_last_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit, match="Could not finish the impossible"):
        bootstrap._run(["sh", "-c", "echo why it failed; exit 3"], "the impossible")
    assert "why it failed" in capsys.readouterr().err


def test_a_silent_step_is_heard_of(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "SILENCE_SECONDS", 0.1)
    bootstrap._run(["sleep", "0.3"], "sleeping")
    assert "… sleeping (0 s)" in capsys.readouterr().err


def test_a_dead_environment_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "python").symlink_to(tmp_path / "gone")
    assert not bootstrap._works(tmp_path / "python")
