"""Structured logs: one event a line, with request id and tenant, and never with personal data."""

from __future__ import annotations

import logging.config
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog

from cdp.request_context import request_id, set_request_id
from cdp.tenancy.context import active_tenant_id

log = structlog.get_logger("cdp")


def add_context(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Put the request's id and the active tenant on every line."""
    tenant_id = active_tenant_id()
    event.setdefault("request_id", request_id() or None)
    event.setdefault("tenant_id", str(tenant_id) if tenant_id else None)
    return event


def drop_query_values(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Cut parameters off database errors: PostgreSQL quotes the offending row in its DETAIL."""
    message = event.get("exception")
    if isinstance(message, str) and "DETAIL:" in message:
        event["exception"] = message.split("DETAIL:")[0] + "DETAIL: (left out)"
    return event


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    add_context,
    structlog.processors.format_exc_info,
    drop_query_values,
]


def logging_settings(*, json_lines: bool, level: str) -> dict[str, Any]:
    """Return the logging configuration; ``json_lines`` for machines, otherwise for a terminal."""
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json_lines
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": _SHARED,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django.server": {"level": "WARNING"},
            # Requests are logged once, by RequestLogMiddleware, without query strings.
            "django.request": {"level": "CRITICAL"},
            "axes": {"level": "ERROR"},
            "httpx": {"level": "WARNING"},
        },
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
def task_log(name: str, task_id: str | None) -> Iterator[None]:
    """Log a task's start of work, its duration in milliseconds, and whether it failed."""
    set_request_id(task_id or uuid.uuid4().hex)
    started = time.perf_counter()
    outcome = "failed"
    try:
        yield
        outcome = "succeeded"
    finally:
        log.info("task", task=name, outcome=outcome, ms=round((time.perf_counter() - started) * 1000, 1))
