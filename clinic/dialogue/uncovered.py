"""What is said where the articles are silent: never the same twice in a row, with the nearest thing and the phone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from clinic.dialogue.answer_replies import covered_by
from clinic.dialogue.reply import Button, Reply
from clinic.dialogue.responses import Responses
from clinic.knowledge.answers import Entity
from clinic.knowledge.model import Article

PERSON_AFTER = 2  # in a row
RING = Button("Ask to be rung back", say="Can somebody ring me back?")
WORDINGS = 3
LONGEST_LABEL = 60


def uncovered_reply(silent: Reply, articles: Iterable[Article], before: int, responses: Responses) -> Reply:
    """`silent` in other words than last time; `before` counts the uncovered questions in a row before this one."""
    nearest = next((one for one in articles if one.slug == silent.extra.get("nearest")), None)
    if before + 1 == PERSON_AFTER or (before + 1) % 4 == 0:
        return replace(silent, text=responses.render("not_covered_person"), buttons=(RING, *silent.buttons[:2]))
    if nearest is None:
        return replace(silent, text=responses.render("not_covered_nothing"))
    name = f"not_covered_{(before - (before > 0)) % WORDINGS + 1}"
    return replace(silent, text=responses.render(name, article=nearest.title, covers=covered_by(nearest)))


def part_reply(question: str, responses: Responses) -> Reply:
    """Names the one of several questions that was not answered."""
    return Reply("say", responses.render("not_covered_part", question=question.strip(" ?.,")))


def later_reply(question: str, responses: Responses) -> Reply:
    """Names one of more questions than are answered at once, with a button that asks it."""
    asked = question.strip(" ,")
    buttons = (Button(asked, say=asked),) if len(asked) <= LONGEST_LABEL else ()
    return Reply("say", responses.render("asked_beyond", question=asked.strip(" ?.")), buttons=buttons)


SHORT = 10  # words; a longer message names things that are not what it asks about
_NAMED = frozenset({"activity", "treatment", "imaging", "symptom", "body_part"})


def new_of(entities: Iterable[Entity], text: str) -> tuple[str, ...]:
    """What a short question names that an answer to it would have to speak of."""
    return tuple(one.value for one in entities if one.kind in _NAMED) if len(text.split()) <= SHORT else ()


def unanswered(reply: Reply) -> Reply:
    """In the place of an answer that is none: nothing is covered, the nearest article is the same."""
    article = reply.sources[0].article if reply.sources else ""
    return Reply("not_covered", "", buttons=reply.buttons, extra={"nearest": article} if article else {})


_TAG = re.compile(r"\b(?:it|that|this|he|she|they|them)\b", re.IGNORECASE)
_WH = re.compile(r"^\W*(?:how|what|when|where|who|whom|whose|which|why)\b", re.IGNORECASE)
LONGEST_TAG = 5


def is_tag(question: str) -> bool:
    """Whether a question only hangs on the one before it: "is that right"; "how long is it" asks something."""
    return len(question.split()) <= LONGEST_TAG and bool(_TAG.search(question)) and not _WH.search(question)
