"""A name in a text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PersonName:
    """A stretch of the text as typed that is taken for a person's name, and how sure that is (0 to 1)."""

    value: str
    start: int
    end: int
    confidence: float
