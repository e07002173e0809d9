"""How a message follows on from the last answer, or only tells."""

from __future__ import annotations

import re

from clinic.appointments.form.speech_acts import is_question
from clinic.dialogue.remarks import FOLLOW_UPS, FollowUp
from clinic.dialogue.state import State
from clinic.dialogue.turns import BARE, BEYOND, SURE, Kind, Said

_TAUGHT = {one.value: one for one in FollowUp}
LONGEST = 10  # words of a follow-up
# "Who gets it" asks of other people than "who does that", and "cause" is the section of that name.
_OWN = {FollowUp.WHO: ("ask_risk_groups", 0.0), FollowUp.WHY: ("ask_causes", 0.9)}


_SOMEBODY = frozenset({"ask_who", "appointment_status", "follow_up_who"})
# Who does what was just quoted: "who does the rehab"; who it is with here is the clinic's.
_WHO_DOES = re.compile(
    r"^(?:(?:and|so|but|ok|okay|then|good|right)\W+)*who(?:m|'s|s)?\b"
    r"(?!(?:'?s| is| are| was)\b(?! \w+ing\b))"  # "who is Anna Smith" names somebody
    r"(?!.*\b(?:appointments?|sessions?|consultations?|video|call|ring\w*|you|your|here|clinic|i|with)\b)"
    r"|^(?:(?:and|so|but|ok|okay)\W+)*(?:with|by) whom\b.*\b(?:rehab\w*|treat\w*|exercises?|injections?|scans?|"
    r"examin\w*|assess\w*|surgery|operation|done)\b",
    re.IGNORECASE,
)


def follow_up_of(state: State, said: Said) -> FollowUp | None:
    """How a message continues the last answer; None where there is none, or it names something new."""
    if not state.last_answer or len(said.text.split()) > LONGEST:
        return None
    if said.means(*FOLLOW_UPS):
        return FOLLOW_UPS[said.intent]
    if not state.of_clinic and said.intent in _SOMEBODY and _asks_who_does(state, said):
        return FollowUp.WHO
    whole = said.asks_articles and len(said.text.split()) > BARE  # a question of its own, unless learned very surely
    how = None if said.named else _TAUGHT.get(said.learned(state, BEYOND if whole else SURE))
    intent, least = _OWN.get(how, ("", 0.0)) if how else ("", 0.0)
    own = said.trusted and said.intent == intent and said.confidence >= least
    return None if own else how


_OF_APPOINTMENT = re.compile(
    r"\b(?:appointments?|sessions?|consultations?|video|call|ring\w*|clinic|see|seeing|speak\w*|talk\w*|names?)\b",
    re.IGNORECASE,
)


def _asks_who_does(state: State, said: Said) -> bool:
    """Whether it asks who does what was quoted: in so many words, or learned so ("the massage, who gives me that")."""
    learned = said.learned(state) == "who" and not _OF_APPOINTMENT.search(said.text)
    return learned or bool(_WHO_DOES.search(said.text.strip()))


def of_articles(state: State, said: Said) -> Kind:
    """The kind of what is for the articles: it follows on, asks the same of something else, only tells, or is plain."""
    if how := follow_up_of(state, said):
        whole = how is FollowUp.MORE and len(said.text.split()) > BARE
        return Kind.PLAIN if whole else Kind.FOLLOW_UP
    if state.last_answer and said.learned(state) == "asks_on" and len(said.text.split()) <= LONGEST:
        return Kind.ASKS_ON
    tells = said.means("tell_detail") or said.learned(state) == "tells"
    if state.last_answer and _goes_on(said.text) and (tells or said.intent in BARE_WORDS):
        return Kind.ASKS_ON
    return Kind.TELLING if tells and not said.details and not is_question(said.text) else Kind.PLAIN


BARE_WORDS = frozenset({"tell_detail", "inform", "describe_symptom"})  # what a word of a sport or a part looks like
_GOES_ON = re.compile(r"^(?:and|or|what about|how about)\b", re.IGNORECASE)


def _goes_on(text: str) -> bool:
    """Whether a message hangs on the question before it: "and pointe work"."""
    return bool(_GOES_ON.search(text.strip()))
