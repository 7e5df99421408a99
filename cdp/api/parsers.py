"""Reading request bodies without trusting them."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import IO, Any, NoReturn

from django.conf import settings
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser

DEEPEST_NESTING = 32


class BodyTooLarge(APIException):
    """The request's body is larger than this endpoint takes."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = "The body is too large. Send less at once."
    default_code = "too-large"


class StrictJSONParser(BaseParser):
    """JSON as RFC 8259 has it: UTF-8, no NaN, no null characters, bounded in size and depth."""

    media_type = "application/json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise BodyTooLarge(f"The body may have at most {limit} bytes.")
        try:
            data = json.loads(body.decode("utf-8"), parse_constant=_no_constant, parse_float=_finite)
        except UnicodeDecodeError as error:
            raise ParseError("The body is not UTF-8.") from error
        except RecursionError as error:
            raise ParseError("The body is nested too deeply.") from error
        except ValueError as error:
            raise ParseError(f"The body is not JSON: {error}.") from error
        _check(data, 0)
        return data


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON number")


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError("a number is too large")
    return number


def _check(value: Any, depth: int) -> None:
    if depth > DEEPEST_NESTING:
        raise ParseError(f"The body is nested deeper than {DEEPEST_NESTING} levels.")
    if isinstance(value, str):
        check_text(value)
    elif isinstance(value, list):
        for item in value:
            _check(item, depth + 1)
    elif isinstance(value, dict):
        for key, item in value.items():
            check_text(key)
            _check(item, depth + 1)


def check_text(value: str) -> None:
    """Refuse text PostgreSQL cannot store; raises ParseError."""
    if complaint := unstorable(value):
        raise ParseError(complaint)


def unstorable(value: str) -> str:
    """Say why PostgreSQL cannot store the text (null characters, halves of surrogate pairs), or nothing."""
    if "\x00" in value:
        return "Null characters are not allowed."
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return "The text holds half of a surrogate pair."
    return ""
