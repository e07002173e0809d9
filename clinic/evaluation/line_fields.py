"""Fields of a line of an evaluation set; each raises ValueError that says what the field must be."""

from __future__ import annotations

import re
from typing import Any

from .items import Facts


def text_in(row: dict[str, Any], key: str) -> str:
    """A text that is not empty."""
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"`{key}` must be a text that is not empty")
    return value


def list_in(row: dict[str, Any], key: str) -> list[Any]:
    """A list."""
    value = row.get(key)
    if not isinstance(value, list):
        raise ValueError(f"`{key}` must be a list")
    return value


def facts_in(row: dict[str, Any], key: str = "facts") -> Facts:
    """Groups of regular expressions, each of which can be compiled."""
    groups = list_in(row, key)
    for group in groups:
        if not isinstance(group, list) or not group or not all(isinstance(p, str) for p in group):
            raise ValueError(f"`{key}` must be a list of lists of patterns")
        for pattern in group:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"the pattern {pattern!r} is not a regular expression: {error}") from error
    return tuple(tuple(group) for group in groups)


def words_in(row: dict[str, Any], key: str) -> tuple[str, ...]:
    """Words, or the only one; none where there are none."""
    value = row.get(key) or []
    return tuple(str(one) for one in ([value] if isinstance(value, str) else value))


def groups_in(row: dict[str, Any], key: str) -> Facts:
    """Groups of patterns, any one of each; a pattern alone is a group of its own."""
    given = row.get(key) or []
    return tuple(
        (one,) if isinstance(one, str) else tuple(one) for one in ([given] if isinstance(given, str) else given)
    )
