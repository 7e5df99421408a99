"""The embedded servers: side by side, shared, killed, and started again."""

import multiprocessing
import os
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE, Popen, run

import psycopg
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from cdp.local import services
from cdp.local.environment import Environment, addresses
from cdp.local.processes import LARGEST_LOG, is_alive, wait_until_gone
from cdp.local.services import environment

HOLDER = """
import sys
from pathlib import Path
from cdp.local import services
services.ensure_running(Path(sys.argv[1]), testing=True)
print("running", flush=True)
sys.stdin.read()
print(services.stop(Path(sys.argv[1])), flush=True)
"""


@pytest.fixture
def data_dir(short_directory: Path) -> Iterator[Path]:
    """A directory whose servers are stopped after the test."""
    yield short_directory
    services.stop(short_directory)


def rows(where: Environment) -> int:
    with psycopg.connect(where.database_owner_url) as connection:
        found = connection.execute("SELECT count(*) FROM kept").fetchone()
    assert found is not None
    return int(found[0])


def keep_a_row(where: Environment) -> None:
    with psycopg.connect(where.database_owner_url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (id int)")
        connection.execute("INSERT INTO kept VALUES (1)")


def postmaster(data_dir: Path) -> int:
    return int((data_dir / "postgres" / "postmaster.pid").read_text().split()[0])


def test_asking_where_the_servers_are_starts_nothing(short_directory: Path) -> None:
    first = environment(short_directory)
    assert environment(short_directory) == first
    assert sorted(path.name for path in short_directory.iterdir()) == ["services.json", "services.lock"]
    assert (short_directory / "services.json").stat().st_mode & 0o077 == 0


def test_the_servers_are_where_the_settings_were_told(data_dir: Path) -> None:
    told = environment(data_dir)
    assert services.ensure_running(data_dir, testing=True) == told
    with psycopg.connect(told.database_url) as connection:
        assert connection.execute("SELECT current_user::text, lower('Ä'), 'Z' < 'a'").fetchone() == (
            "crm_app",
            "ä",
            True,
        )
    with redis.Redis.from_url(told.redis_url) as client:
        assert client.ping()


def test_two_copies_run_side_by_side_and_share_nothing(data_dir: Path, long_directory: Path) -> None:
    here = services.ensure_running(data_dir, testing=True)
    with services.running(long_directory, testing=True) as there:
        keep_a_row(here)
        with (
            psycopg.connect(there.database_owner_url) as connection,
            pytest.raises(psycopg.errors.UndefinedTable),
        ):
            connection.execute("SELECT * FROM kept")
        with redis.Redis.from_url(here.redis_url) as a, redis.Redis.from_url(there.redis_url) as b:
            a.set("colour", "blue")
            assert b.get("colour") is None
    assert rows(here) == 1
    assert not addresses(long_directory).socket_dir.exists()


def test_a_killed_postmaster_is_survived_and_nothing_committed_is_lost(data_dir: Path) -> None:
    where = services.ensure_running(data_dir)
    keep_a_row(where)
    os.kill(killed := postmaster(data_dir), signal.SIGKILL)
    assert wait_until_gone(killed, 10)
    assert services.ensure_running(data_dir) == where
    assert rows(where) == 1
    assert postmaster(data_dir) != killed


def test_a_lock_file_with_somebody_elses_process_id_does_not_stop_the_start(data_dir: Path) -> None:
    where = services.ensure_running(data_dir, testing=True)
    keep_a_row(where)
    lock = data_dir / "postgres" / "postmaster.pid"
    lines = lock.read_text().split("\n")
    services.stop(data_dir)
    lock.write_text("\n".join([str(os.getpid()), *lines[1:]]))
    services.ensure_running(data_dir, testing=True)
    assert rows(where) == 1


def test_a_queue_that_was_stopped_still_has_its_messages(data_dir: Path) -> None:
    for _ in range(2):
        where = services.ensure_running(data_dir)
        with redis.Redis.from_url(where.redis_url) as client:
            client.rpush("queue", "message")
            length = client.llen("queue")
        services.stop(data_dir)
    assert length == 2


def test_a_port_that_was_taken_meanwhile_is_replaced(data_dir: Path) -> None:
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", addresses(data_dir).redis_port))
        stranger.listen()
        where = services.ensure_running(data_dir, testing=True)
        assert where == environment(data_dir)
        with redis.Redis.from_url(where.redis_url) as client:
            assert client.ping()


def test_starters_at_the_same_moment_do_not_clash(data_dir: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        found = pool.map(services.ensure_running, [data_dir] * 4)
    assert len(set(found)) == 1
    assert is_alive(postmaster(data_dir))


def test_whoever_lets_go_last_stops_the_servers(data_dir: Path) -> None:
    services.ensure_running(data_dir, testing=True)
    command = [sys.executable, "-c", HOLDER, str(data_dir)]
    with Popen(command, stdin=PIPE, stdout=PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "running\n"
        assert services.stop(data_dir) is False
        assert is_alive(postmaster(data_dir))
        answer, _ = other.communicate("", timeout=60)
    assert answer == "True\n"
    assert not (data_dir / "postgres" / "postmaster.pid").exists()


def test_a_user_that_was_killed_no_longer_counts(data_dir: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(data_dir)]
    with Popen(command, stdin=PIPE, stdout=PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "running\n"
        other.kill()
    assert is_alive(postmaster(data_dir))
    assert services.stop(data_dir) is True


def test_no_program_on_the_network_can_reach_the_servers(data_dir: Path) -> None:
    where = services.ensure_running(data_dir, testing=True)
    with psycopg.connect(where.database_superuser_url) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    assert (data_dir / "run").stat().st_mode & 0o077 == 0
    port = addresses(data_dir).redis_port
    with (
        redis.Redis(port=port, retry=Retry(NoBackoff(), 0)) as client,
        pytest.raises(redis.exceptions.AuthenticationError),
    ):
        client.ping()


def test_the_callers_environment_does_not_change_the_server(data_dir: Path) -> None:
    code = "import sys; from pathlib import Path; from cdp.local import services\n"
    code += "with services.running(Path(sys.argv[1]), testing=True) as where: print(where.database_url)"
    hostile = {
        **os.environ,
        "PGPORT": "1",
        "PGDATA": "/nowhere",
        "LC_ALL": "tr_TR",
        "PGOPTIONS": "-c nonsense=1",
    }
    hostile.pop("PGOPTIONS")
    done = run(
        [sys.executable, "-c", code, data_dir], env=hostile, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == environment(data_dir).database_url


def test_a_log_that_grew_large_makes_way_for_a_new_one(data_dir: Path) -> None:
    services.ensure_running(data_dir, testing=True)
    services.stop(data_dir)
    logs = [data_dir / "log" / "postgres.log", data_dir / "valkey" / "valkey.log"]
    for log in logs:
        os.truncate(log, LARGEST_LOG + 1)
    services.ensure_running(data_dir, testing=True)
    for log in logs:
        assert 0 < log.stat().st_size < LARGEST_LOG
        assert log.with_suffix(".old").stat().st_size > LARGEST_LOG
