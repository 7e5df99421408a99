"""Health checks of the containers: `python -m cdp.local.probe web|worker` ends with 0 or 1."""

import http.client
import os
import socket
import sys
from collections.abc import Callable

from cdp.celery import app

SECONDS = 4.0


def web() -> bool:
    """Whether the web server can work. Asked under a name it accepts, else it would refuse the question."""
    name = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".*") or "localhost"
    connection = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=SECONDS)
    try:
        connection.request("GET", "/readyz", headers={"Host": name})
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def worker() -> bool:
    """Whether the worker of this machine answers over the queue."""
    mine = f"celery@{socket.gethostname()}"
    return bool(app.control.ping(destination=[mine], timeout=SECONDS))


PROBES: dict[str, Callable[[], bool]] = {"web": web, "worker": worker}

if __name__ == "__main__":
    sys.exit(0 if PROBES[sys.argv[1]]() else 1)
