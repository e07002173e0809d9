"""Whether what was found answers what was asked: the decision to quote or to say "not covered"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clinic.knowledge.answering.intent_aspects import ASKED, BEYOND, SERVICE
from clinic.knowledge.answering.ranked import RankedSentences
from clinic.knowledge.answering.sentence_ranking import AMOUNT
from clinic.knowledge.search.gazetteer import CONDITIONS, Mention, speaks_of
from clinic.knowledge.search.index import Index
from clinic.knowledge.search.text import canonical
from clinic.knowledge.search.title_match import names_of


@dataclass(frozen=True, slots=True)
class CoverageWeights:
    """How much each sign counts, and from where on an article answers."""

    beyond: float = 1.20
    asked: float = 0.30
    nearer: float = 2.00
    untaught: float = 0.05
    silence: float = 0.60
    condition: float = 9.00
    aside: float = 0.20
    body_part: float = 0.60
    thing: float = 0.30
    found: float = 0.45
    unsure: float = 0.05
    article: float = 0.10


@dataclass(frozen=True, slots=True)
class Answerability:
    """The confidence that the article answers (or what names take from it), and the first reason against it.

    `known` says that the question names the article's subject or a condition it speaks of.
    """

    confidence: float
    reason: str = ""
    known: bool = False


def score_answerability(
    choice: RankedSentences, intents: Mapping[str, float], strange: Answerability, weights: CoverageWeights
) -> Answerability:
    """Weigh the sentences' score, the kind of question, likeness to what is left out, and strange names.

    `strange` is what `weigh_names` found. Without intents their part is taken as undecided.
    """
    counted = BEYOND - {"ask_other_condition"} if strange.known else BEYOND
    beyond = sum(share for intent, share in intents.items() if intent in counted)
    asked = sum(share for intent, share in intents.items() if intent in ASKED) if intents else 0.6
    confidence = (
        choice.top
        - weights.beyond * beyond
        + weights.asked * asked
        + weights.nearer * (choice.asked - choice.out if choice.out else weights.untaught)
        - weights.silence * choice.silence
        + strange.confidence
    )
    if strange.reason == "other_body_part":  # "my hip keeps me at home, is it online?" asks of no hip
        confidence -= strange.confidence * sum(intents.get(intent, 0.0) for intent in SERVICE)
    reason = strange.reason or ("beyond" if beyond > asked else "weak")
    return Answerability(confidence, reason)


def weigh_names(
    index: Index, article: int, text: str, names: Sequence[Mention], weights: CoverageWeights
) -> Answerability:
    """What names the article does not know take away (0 or less), and why.

    A strange condition weighs most, and less when the question names the article's own subject beside it; a
    strange body part weighs little beside one the article does speak of.
    """
    stems = index.text_stems[article]
    strange = [one for one in names if not speaks_of(stems, one)]
    own = [one for one in names if speaks_of(stems, one)]
    named = names_article(index, article, text, strange)
    kinds = {one.kind for one in strange}
    known = named or any(one.kind in CONDITIONS for one in own)
    if kinds & CONDITIONS:
        return Answerability(-weights.aside if named else -weights.condition, "other_condition", named)
    if "body_parts" in kinds:
        at_home = named or any(one.kind == "body_parts" for one in own)
        return Answerability(-weights.aside if at_home else -weights.body_part, "other_body_part", known)
    if "things" in kinds:
        return Answerability(-weights.thing, "other_thing", known)
    return Answerability(0.0, known=known)


def names_article(index: Index, article: int, text: str, strange: Sequence[Mention] = ()) -> bool:
    """Whether the text holds the article's title or one of its synonyms, and not inside a strange name."""
    one = index.articles[article]
    line = canonical(text)
    for other in strange:
        line = line.replace(other.key, " . ")
    return any(canonical(name) in line for name in names_of(one))


_ASKS_AMOUNT = re.compile(r"\bhow (?:much|many|long|often|soon|old)\b|\bwhat (?:does .* )?(?:cost|price)\b|\bhow far\b")
_ASKS_DOSE = re.compile(  # not "wot dose it feel like"
    r"\bwhat dos(?:e|age)\b(?=\W*$|\W+(?:of|for|should|do|would|can|will|is|are)\b)"
)
_DOSE = re.compile(r"\d\W?(?:mg|mcg|g|ml|units?|tablets?|capsules?|drops|puffs|times)\b")


def lacks_amount(question: str, quoted: str) -> bool:
    """Whether a number, a time, a dose or a price was asked for and the quoted words hold none."""
    asked, told = question.casefold(), quoted.casefold()
    if _ASKS_DOSE.search(asked):
        return not _DOSE.search(told)
    return bool(_ASKS_AMOUNT.search(asked)) and not AMOUNT.search(told)
