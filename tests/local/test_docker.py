"""What can be known about the containers without an engine to run them."""

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands
from django.utils.module_loading import import_string

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("setup", "migrate", "web", "worker", "beat")
JOBS = ("setup", "migrate")
DOCKERFILE = (ROOT / "Dockerfile").read_text()
INSTRUCTIONS = re.sub(r"\\\n", " ", re.sub(r"(?m)^#.*\n", "", DOCKERFILE)).split("\n")
VARIABLE = re.compile(r"(?<!\$)\$\{(\w+)(:[-?][^}]*)?\}")


def instructions(name: str) -> list[str]:
    return [line.split(maxsplit=1)[1] for line in INSTRUCTIONS if line.startswith(f"{name} ")]


def example_variables() -> dict[str, str]:
    found = re.findall(r"(?m)^#?([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text())
    return dict(found)


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_every_service_reports_its_health_or_ends(name: str) -> None:
    check = SERVICES[name].get("healthcheck", {})
    if name in JOBS:
        assert check == {"disable": True}
    elif name == "web":
        assert instructions("HEALTHCHECK"), "web relies on the image's own check"
    else:
        assert check["test"][0] in {"CMD", "CMD-SHELL"}
        assert {"interval", "timeout", "retries", "start_period"} <= check.keys()


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_no_service_can_gain_rights_or_follow_a_moving_image(name: str) -> None:
    service = SERVICES[name]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service
    assert service["restart"] in {"unless-stopped", "on-failure"}
    if name in OURS:
        assert service["cap_drop"] == ["ALL"]
        assert service["read_only"] is True
        assert service["build"] == "."
    else:
        assert re.fullmatch(r"[\w./-]+:\d+[\w.-]*", service["image"])


def test_the_order_is_database_then_setup_then_schema_then_everything_else() -> None:
    conditions = {
        name: {other: wait["condition"] for other, wait in service.get("depends_on", {}).items()}
        for name, service in SERVICES.items()
    }
    done, healthy = "service_completed_successfully", "service_healthy"
    assert conditions["setup"] == {"postgres": healthy}
    assert conditions["migrate"] == {"setup": done, "valkey": healthy}
    for name in ("web", "worker", "beat"):
        assert conditions[name] == {"migrate": done, "valkey": healthy}


def test_no_secret_has_a_default_and_none_is_written_down() -> None:
    for name, modifier in VARIABLE.findall((ROOT / "docker-compose.yml").read_text()):
        if re.search("PASSWORD|SECRET|ALLOWED_HOSTS", name):
            assert modifier.startswith(":?"), f"{name} must be demanded, not defaulted"
    for name, service in SERVICES.items():
        for variable, value in service.get("environment", {}).items():
            if re.search("PASSWORD|SECRET|_URL", variable) and value is not None:
                assert VARIABLE.search(value), f"{variable} of {name} is written down"


def test_the_example_names_every_variable_and_gives_away_no_value() -> None:
    used = {name for name, _ in VARIABLE.findall((ROOT / "docker-compose.yml").read_text())}
    passed_on = {name for name, value in COMPOSE["x-environment"].items() if value is None}
    in_image = set(re.findall(r"\$\{(WEB_\w+):-", DOCKERFILE))
    example = example_variables()
    assert (used | passed_on) <= example.keys()
    assert example.keys() <= used | passed_on | in_image
    assert not any(value for name, value in example.items() if re.search("PASSWORD|SECRET|HOST", name))


def test_only_the_jobs_that_need_them_know_the_powerful_passwords() -> None:
    knows_owner = {name for name in SERVICES if "DATABASE_OWNER_URL" in SERVICES[name].get("environment", {})}
    knows_superuser = {n for n in SERVICES if "DATABASE_SUPERUSER_URL" in SERVICES[n].get("environment", {})}
    assert knows_owner == {"setup", "migrate"}
    assert knows_superuser == {"setup"}


def test_nothing_is_reachable_from_outside_but_the_web_server_on_loopback() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert list(published) == ["web"]
    assert all(port.startswith("127.0.0.1:") for port in published["web"])
    assert COMPOSE["networks"]["inside"] == {"internal": True}


def test_the_image_is_built_in_stages_from_checked_wheels_and_does_not_run_as_root() -> None:
    assert len(instructions("FROM")) == 2
    assert not instructions("ADD")
    assert any("--require-hashes" in line and "--only-binary :all:" in line for line in instructions("RUN"))
    assert instructions("USER")[-1] not in {"root", "0"}
    position = {line.split()[0]: number for number, line in enumerate(INSTRUCTIONS) if line}
    assert position["USER"] < position["CMD"]
    assert all(line.startswith("[") for line in instructions("CMD"))


def test_the_image_has_every_part_of_the_product_and_nothing_else() -> None:
    allowed = re.findall(r"(?m)^!(.+)$", (ROOT / ".dockerignore").read_text())
    assert (ROOT / ".dockerignore").read_text().startswith("*\n")
    for part in ("cdp", "profiles", "unify", "campaigns", "cdm", "templates", "static", "manage.py"):
        assert part in allowed
        assert (ROOT / part).exists()
    assert not {".env", ".git", ".data", "tests"} & set(allowed)


def test_the_commands_of_the_services_exist() -> None:
    for name in JOBS:
        assert SERVICES[name]["command"][2] in get_commands()
    scheduler = SERVICES["beat"]["command"][-1]
    assert import_string(scheduler.replace(":", ".")).__name__ == "HeartbeatScheduler"
    assert find_spec("cdp.wsgi") is not None


def test_every_variable_given_to_the_product_is_read_by_it() -> None:
    read = "".join(path.read_text() for path in (ROOT / "cdp").rglob("*.py"))
    for name in OURS:
        for variable in SERVICES[name].get("environment", {}):
            assert f'"{variable}"' in read, f"{variable} is set for {name} and read by nobody"


def test_the_product_accepts_the_environment_of_the_web_container(tmp_path: Path) -> None:
    secret = "0123456789abcdefghijklmnopqrstuvwxyz" * 2
    chosen = {"ALLOWED_HOSTS": "crm.example.org", "SECRET_KEY": secret}

    def fill(match: re.Match[str]) -> str:
        default = (match[2] or ":-")[2:] if (match[2] or "").startswith(":-") else "secret"
        return chosen.get(match[1], default)

    given = SERVICES["web"]["environment"]
    environment = {name: VARIABLE.sub(fill, value) for name, value in given.items() if value is not None}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    environment |= {"PATH": os.environ["PATH"], "STATIC_ROOT": str(tmp_path)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
