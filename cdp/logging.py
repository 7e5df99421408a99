"""Structured logs: one event a line, with request id and tenant, and never with personal data."""

from __future__ import annotations

import logging.config
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog

from cdp.log_safety import describe_exception, mask_event
from cdp.request_context import request_context, request_id
from cdp.tenancy.context import active_tenant_id

log = structlog.get_logger("cdp")


def add_context(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Put the request's id and the active tenant on every line."""
    tenant_id = active_tenant_id()
    event.setdefault("request_id", request_id() or None)
    event.setdefault("tenant_id", str(tenant_id) if tenant_id else None)
    return event


def hide_suspicious_input(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Keep, of what Django refuses as suspicious, the kind (the logger's name), not the input it quotes."""
    if str(event.get("logger")).startswith("django.security"):
        event["event"] = "refused as suspicious"
        event.pop("exc_info", None)
    return event


class UnhandledOnly(logging.Filter):
    """Keeps, of Django's request log, the exceptions nobody handled, without the address of the page."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = "unhandled exception", None
        return record.levelno >= logging.ERROR and bool(record.exc_info and record.exc_info[1])


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    add_context,
    hide_suspicious_input,
    structlog.processors.ExceptionRenderer(describe_exception),
    structlog.processors.StackInfoRenderer(),
    structlog.stdlib.PositionalArgumentsFormatter(),
    mask_event,
]


# Django's own handlers go: one would mail errors, with the values of every variable, to ADMINS.
_LOGGERS: dict[str, Any] = {
    # Requests are logged once, by RequestLogMiddleware, without query strings.
    "django.request": {"filters": ["unhandled"]},
    "django.server": {"handlers": [], "level": "CRITICAL", "propagate": True},
    # Log-ins name people.
    "axes": {"level": "CRITICAL"},
    # Tasks are logged once, by task_log, without arguments and results.
    "celery.app.trace": {"level": "CRITICAL"},
    "httpx": {"level": "WARNING"},
}


def logging_settings(*, json_lines: bool, level: str) -> dict[str, Any]:
    """Return the logging configuration; ``json_lines`` for machines, otherwise for a terminal."""
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json_lines
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    processors = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"unhandled": {"()": UnhandledOnly}},
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": _SHARED,
                "processors": processors,
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {"django": {"handlers": [], "level": level, "propagate": True}, **_LOGGERS},
    }


def configure(settings: dict[str, Any]) -> None:
    """Set up the standard library's logging and structlog alike (``LOGGING_CONFIG``)."""
    logging.config.dictConfig(settings)
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


@contextmanager
def task_log(
    name: str, task_id: str | None, *, harmless: tuple[type[BaseException], ...] = ()
) -> Iterator[None]:
    """Log a task with its duration in milliseconds and how it ended.

    ``harmless`` exceptions are the queue's way to say "again, later"; they are no failures.
    """
    started = time.perf_counter()
    with request_context(task_id or uuid.uuid4().hex):
        try:
            yield
        except harmless:
            log.info("task", task=name, outcome="postponed", ms=_since(started))
            raise
        except BaseException:
            log.exception("task", task=name, outcome="failed", ms=_since(started))
            raise
        log.info("task", task=name, outcome="succeeded", ms=_since(started))


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 1)
