"""What a taught example is, and what can be wrong with a set of them."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Example:
    """One utterance as it stands in a file: ``text`` keeps its entity annotation, ``line`` counts from 1."""

    text: str
    intent: str
    path: str
    line: int

    @property
    def place(self) -> str:
        """Where it stands, as messages name it."""
        return f"{self.path}:{self.line}"


class DuplicateKind(StrEnum):
    """How two examples are too much alike."""

    SAME = "the same but for case, accents, punctuation or spelling marks"
    ONE_WORD = "the same but for one word"
    SAME_WORDS = "nearly the same words"


@dataclass(frozen=True, slots=True)
class Repetition:
    """Two examples that teach the same thing twice, or one thing as two intents."""

    first: Example
    second: Example
    likeness: DuplicateKind

    def __str__(self) -> str:
        return (
            f"{self.second.place}: {self.second.text!r} ({self.second.intent}) is {self.likeness} as "
            f"{self.first.place}: {self.first.text!r} ({self.first.intent})"
        )


@dataclass(frozen=True, slots=True)
class TooFewExamples:
    """An intent with too few examples to be learned."""

    intent: str
    count: int
    needed: int

    def __str__(self) -> str:
        return f"{self.intent} has {self.count} utterances, it needs at least {self.needed}"
