"""Erases everything said in a conversation: our tables, the engine's, and what SQLite leaves in its files."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from clinic.privacy.erasure_store import Erasures

# Longer than any turn may take: after it nothing can still be written of an erased conversation.
SETTLED = timedelta(minutes=5)
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True, slots=True)
class Places:
    """Where something of a conversation may be; the composition root fills it in."""

    conversation: Callable[[str], None]
    engine: Callable[[list[str]], int]
    appointment: Callable[[str, bool], None]
    scrub: Callable[[], None]


class Erasure:
    """Erases at once, and once more when no turn can still be in flight."""

    def __init__(self, erasures: Erasures, places: Places) -> None:
        self._erasures = erasures
        self._places = places

    def erase(self, conversation_id: str, keep_appointment: bool) -> str:
        """Erase a conversation; a pending request is kept or cancelled. Returns an opaque reference."""
        reference = new_reference()
        self.carry_out(conversation_id, {"reference": reference, "keep": keep_appointment})
        return reference

    def carry_out(self, conversation_id: str, asked: dict[str, object]) -> None:
        """Erase under a reference already given to the visitor: `{"reference", "keep"}`."""
        self._forget(conversation_id, str(asked["reference"]), bool(asked.get("keep")))
        self._places.scrub()

    def retire(self, conversation_ids: list[str]) -> None:
        """Erase old conversations; their requests are kept. The files are scrubbed once, at the end."""
        for conversation_id in conversation_ids:
            self._forget(conversation_id, new_reference(), keep_appointment=True)
        if conversation_ids:
            self._places.scrub()

    def _forget(self, conversation_id: str, reference: str, keep_appointment: bool) -> None:
        self._erasures.begin(reference, conversation_id)
        self._places.appointment(conversation_id, keep_appointment)
        self._places.conversation(conversation_id)
        self._places.engine([conversation_id])

    def sweep(self, settled: timedelta = SETTLED) -> int:
        """Erase again what a turn in flight may have written, then forget whose it was; how many were swept."""
        waiting = self._erasures.unfinished(settled)
        if waiting:
            for conversation_id in waiting:
                self._places.conversation(conversation_id)
            self._places.engine(waiting)
            self._erasures.finish(waiting)
            self._places.scrub()
        return len(waiting)


def new_reference() -> str:
    """An opaque reference that can be read aloud: `E-7KQ4-M2XB`."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"E-{letters[:4]}-{letters[4:]}"
