"""What the articles were asked during one turn, for whoever asks later how its answer came about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from clinic.knowledge.answers import Answer

_NOTES: ContextVar[list[Answer] | None] = ContextVar("notes", default=None)


@contextmanager
def noted_answers() -> Iterator[list[Answer]]:
    """A list that every answer made in this context is added to, once a question, until the block is left."""
    notes: list[Answer] = []
    token = _NOTES.set(notes)
    try:
        yield notes
    finally:
        _NOTES.reset(token)


def note_answers(answers: tuple[Answer, ...]) -> None:
    """Add answers to the list of this context, if there is one."""
    notes = _NOTES.get()
    if notes is not None:
        asked = {one.question for one in notes}
        notes.extend(one for one in answers if one.question not in asked)
