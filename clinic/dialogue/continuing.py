"""How an answer goes on: the next sentences of the article. Never the same words twice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from clinic.dialogue.answer_replies import quote_reply
from clinic.dialogue.remarks import FollowUp
from clinic.dialogue.repeating import PEOPLE, again, body, place_of
from clinic.dialogue.reply import Reply, say
from clinic.dialogue.responses import Responses
from clinic.knowledge.answers import Quote
from clinic.knowledge.model import Article, Section, Sentence

_REASON = re.compile(r"\b(?:caus\w+|because|due to|leads? to|results? in|so that)\b", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:before|earlier|first|prior|previous)\b", re.IGNORECASE)
MOST = 2  # sentences in a continuation
ASKED = {
    FollowUp.WHY: ("what causes it", "ask_causes"),
    FollowUp.WHERE: ("where does it hurt", "ask_symptoms"),
    FollowUp.WHO: ("who treats it", "ask_diagnosis"),
}
"""The question that a bare "how come", "whereabouts" or "who does that" asks of an article, and its intent."""
_NEXT = {FollowUp.WHY: ("causes", "anatomy", "overview"), FollowUp.WHO: ("diagnosis", "treatment", "risk_groups")}
_AFTERWARDS = ("recovery", "prevention", "exercises")  # what can follow in time
_LATER = ("treatment", "recovery", "prevention", "exercises", "causes", "diagnosis")


def continued(last: Reply, how: FollowUp, asked: str, articles: Iterable[Article], responses: Responses) -> Reply:
    """What the article says next, in the section or in the one that the follow-up `asked` points to."""
    article, section = place_of(last, articles)
    if article is None or section is None:
        return say(responses.render("nothing_more"))
    found = _step_before(section, last) if how is FollowUp.THEN and _BEFORE.search(asked) else ()
    found = found or _next_sentences(article, section, last, how)
    if found:
        where = next(one for one in article.sections if found[0] in one.sentences)
        reply = quote_reply(Quote(article, where, found))
        lead = responses.render("lead_more", section=where.heading)
        return replace(reply, text=f"{lead}\n{body(reply)}")
    steps = [one for one in section.sentences if one.text in body(last)]
    if how is FollowUp.THEN and len(steps) > 1:  # what comes afterwards was quoted with it
        return again(quote_reply(Quote(article, section, (steps[-1],))), responses)
    return say(responses.render("nothing_more"))


def _next_sentences(article: Article, section: Section, last: Reply, how: FollowUp) -> tuple[Sentence, ...]:
    told = _who(section) if how is FollowUp.WHO else _reasons(article, section, last) if how is FollowUp.WHY else ()
    rest = told or _after(section, last, how)
    rest = rest or _of_other(article, section, _NEXT.get(how, ()), last)
    return rest or _of_other(article, section, _AFTERWARDS if how is FollowUp.THEN else _LATER, last)


def _step_before(section: Section, last: Reply) -> tuple[Sentence, ...]:
    """The passage before the first sentence that was quoted, or what of its own passage stands before it."""
    quoted = [at for at, one in enumerate(section.sentences) if one.text in body(last)]
    if not quoted or not quoted[0]:
        return ()
    before = section.sentences[quoted[0] - 1]
    passage = next((one.sentences for one in section.passages if before in one.sentences), (before,))
    return tuple(one for one in section.sentences[: quoted[0]] if one in passage)[-MOST:]


def _after(section: Section, last: Reply, how: FollowUp) -> tuple[Sentence, ...]:
    """What of the section was not quoted, from the first quoted sentence on; for "what then" a further step, and from
    the last one on.
    """
    quoted = [at for at, one in enumerate(section.sentences) if one.text in body(last)]
    fresh = [one for one in section.sentences[quoted[0] if quoted else 0 :] if one.text not in body(last)]
    if how is FollowUp.THEN and quoted:  # what comes afterwards stands behind it
        fresh = list(section.sentences[quoted[-1] + 1 :]) or fresh
    if how is FollowUp.THEN and (steps := [one for one in fresh if one.text.startswith("If ")]):
        return (steps[0],)
    passage = next((one for one in section.passages if fresh and fresh[0] in one.sentences), None)
    return tuple(one for one in fresh[:MOST] if passage and one in passage.sentences)


def _reasons(article: Article, here: Section, last: Reply) -> tuple[Sentence, ...]:
    """The sentences on the causes that were not quoted and say how it comes about; those of this section first."""
    causes = sorted((one for one in article.sections if one.aspect == "causes"), key=lambda one: one is not here)
    for section in causes:
        for passage in section.passages:
            fresh = [one for one in passage.sentences if one.text not in body(last) and _REASON.search(one.text)]
            if fresh:
                return tuple(fresh[:MOST])
    return ()


def _who(section: Section) -> tuple[Sentence, ...]:
    return tuple(one for one in section.sentences if PEOPLE.search(one.text))[:1]


def _of_other(article: Article, here: Section, aspects: tuple[str, ...], last: Reply) -> tuple[Sentence, ...]:
    for aspect in aspects:
        for section in article.sections:
            fresh = [one for one in section.sentences if one.text not in body(last)]
            if section.aspect == aspect and section is not here and fresh:
                return tuple(fresh[:MOST])
    return ()
