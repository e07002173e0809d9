"""A contact detail in a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ContactKind = Literal["email", "phone"]
Manner = Literal["written", "spelt", "said", "part", "like"]
"""How an address stands there: with its @; in words that can be nothing else ("nina at example dot org"); in words that
may ("nina at example.org"); only what follows its @; or as something that lacks the @."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A detail with its place in the text as typed; one that is not `usable` was meant as one and cannot be."""

    kind: ContactKind
    value: str
    start: int
    end: int
    usable: bool = True
    manner: Manner = "written"
