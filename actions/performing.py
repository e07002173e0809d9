"""How a move of the dialogue is carried out."""

from __future__ import annotations

from collections.abc import Callable

from actions.outcome import Outcome
from actions.services import Services
from actions.tracker import Turn
from clinic.dialogue.state import State

Perform = Callable[[Turn, State, Services], Outcome]
