"""How far a guess is trusted: a yes that may be none, and an article that knows the message better."""

from __future__ import annotations

from collections.abc import Iterable

from clinic.appointments.form.confirmation import is_bare_yes
from clinic.dialogue.state import State
from clinic.dialogue.turns import BEYOND, LIKELY, SURELY
from clinic.knowledge.answering.intent_aspects import TO_ARTICLES
from clinic.knowledge.answers import Answer, Verdict

KNOWN = 1.05  # how well the articles must know the question
TAUGHT_WELL = 1.1  # and where the other guess is a sure one: "no, nothing else"
TAUGHT_SO = 2.0  # from here on it was taught in nearly these words
ASKED_SURELY = 0.8  # how sure the guess must be that an article is asked
UNHEARD = 0.5  # what counts of a guess that answers something, where nothing was said: thanks in a first message
BETTER = 0.35  # and by how much better than the other was guessed
CERTAIN = 0.9  # a guess that gives way to nothing but the very words
_ANSWERING = frozenset({"feedback_positive", "feedback_negative", "thanks", "affirm", "deny", "solved"})


def is_taught(answers: Iterable[Answer], first: tuple[str, float] = ("", 0.0)) -> bool:
    """Whether an article was taught the message in nearly these words: "my gran swears by insoles"; in others too where
    the `first` guess is surely a question to it: "it's no better, I suppose they'll want to operate".
    """
    intent, share = first
    best = max((one.confidence for one in answers if one.verdict is Verdict.FOUND), default=0.0)
    return best >= (TAUGHT_WELL if intent in TO_ARTICLES and share >= ASKED_SURELY else TAUGHT_SO)


def is_unsure_yes(guessed: float, text: str) -> bool:
    """Whether a guessed yes is nothing to act on: "ok and jumping" asks on as well. A bare yes always is one."""
    return guessed < LIKELY and not is_bare_yes(text)


def takes_offer_up(guessed: float, text: str, learned: str) -> bool:
    """Whether a yes to the offer is one beyond doubt: one that is guessed, and was `learned` there as something else
    ("il fink abowt it"), is none.
    """
    return guessed >= BEYOND or is_bare_yes(text) or learned in ("", "takes_up")


def believed(intent: str, share: float, state: State) -> float:
    """The share of the first guess as far as it is believed: what answers something is doubted where nothing was
    said ("tiptoeing to the top shelf is murder" is no praise).
    """
    first = state.last_answer is None and not state.memory and not state.card
    return share * UNHEARD if first and intent in _ANSWERING else share


def prefers_answer(guessed: float, answers: Iterable[Answer]) -> bool:
    """Whether the articles answer it much more surely than `guessed`, the share of the first guess."""
    best = max((one.confidence for one in answers if one.verdict is Verdict.FOUND), default=0.0)
    least = TAUGHT_SO if guessed >= CERTAIN else TAUGHT_WELL if guessed >= SURELY else KNOWN
    return best >= least and best - guessed >= BETTER


def of_condition(answers: Iterable[Answer]) -> list[Answer]:
    """The answers that quote something else than the clinic's own offer, which its settings tell better."""
    return [one for one in answers if one.quote is not None and "service" not in one.quote.section.aspects]
