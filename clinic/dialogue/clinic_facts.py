"""Questions about the clinic itself, answered from `settings.yml`; what is not set there is answered with the phone."""

from __future__ import annotations

import re
from enum import Enum

from clinic.dialogue.reply import Reply, say
from clinic.dialogue.responses import Responses
from clinic.settings import Settings


class ClinicFact(Enum):
    """What is asked; the value is the name of its setting."""

    HOURS = "opening_hours"
    PARKING = "parking"
    INSURERS = "insurers"
    NHS = "nhs"
    REFERRAL = "referral"
    REPLY_TIME = "reply_time"
    CANCELLATION = "cancellation"
    LENGTH = "length"
    FIRST = "first_appointment"
    IN_PERSON = "in_person"
    ADDRESS = "address"
    LANGUAGES = "languages"
    AGE = "age_limits"
    PRICE_DETAILS = "price_details"


_VISIT = r"(?:appointments?|sessions?|consultations?|visits?|call)"
_PATTERNS: dict[ClinicFact, str] = {
    ClinicFact.HOURS: r"\b(?:opening (?:hours|times)|what (?:time|days|hours)\b.*\b(?:open|close|shut|work)|when "
    r"(?:are|do) (?:you|"
    r"they) (?:open|close|shut)|(?:are|r) (?:you|u) (?:\w+ )?(?:open|closed|shut)|(?:do|are) "
    r"you\b.*\b(?:evenings?|weekends?|"
    r"saturdays?|sundays?)|evenings? or weekends?|your hours|office hours)\b",
    ClinicFact.PARKING: r"\b(?:parking|car ?park|park (?:my|the|a|outside|near|there|nearby)|where (?:can|do) i "
    r"park)\b",
    ClinicFact.INSURERS: r"\b(?:insur\w+|bupa|axa|vitality|aviva|cigna|wpa|health ?shield|simplyhealth)\b",
    ClinicFact.NHS: r"\bnhs\b(?!.*\b(?:say|page|website)\b)",
    ClinicFact.REFERRAL: r"\b(?:referral|referred|doctor'?s letter|gp letter|letter from)\b",
    ClinicFact.REPLY_TIME: r"\b(?:(?:how soon|how quickly|how fast|how long|when)\b.*\b(?:get back|reply|respond|"
    r"hear from|hear back|"
    r"answer me|contact me|(?:ring|call|phone|e-?mail) me)|response time)\b",
    ClinicFact.CANCELLATION: r"\b(?:cancell?ation|cancell?ing fee|(?:if|what if) i (?:cancel|miss|can'?t (?:make|"
    r"come))|late fee|"
    r"cancel for free)\b",
    ClinicFact.LENGTH: rf"\b(?:how long (?:is|are|does|do|will|would)\b.*\b{_VISIT}|{_VISIT} (?:length|last)|"
    rf"length of (?:the |an )?{_VISIT}|"
    rf"how many minutes)\b",
    ClinicFact.FIRST: rf"\b(?:(?:what|how)\b.*\b(?:happens?|involve\w*|expect|work|wear|bring|"
    rf"prepare)\b.*\b(?:first |online |the |an |my )*"
    rf"{_VISIT}|(?:first|online) {_VISIT}\b.*\b(?:involve|like|about|work)|what (?:do i|should i) (?:need to "
    rf")?(?:wear|bring|prepare))\b",
    ClinicFact.IN_PERSON: r"\b(?:in person|face to face|face-to-face|home visits?|no camera|come (?:in|to) (?:to "
    r")?(?:you|the clinic|see)|"
    r"visit (?:you|the clinic)|be there with (?:her|him|them|my))\b",
    ClinicFact.ADDRESS: r"\b(?:where (?:are|r) (?:you|u)(?: \w+)?$|where (?:are you|is the clinic|is your|is it "
    r"based|'s the clinic)|"
    r"your address|clinic'?s address|directions|how (?:do|can) i (?:get|find) (?:to )?(?:you|there|the clinic)|"
    r"post ?code|"
    r"located|location|based)\b",
    ClinicFact.LANGUAGES: r"\b(?:(?:do|does) (?:you|he|james|anyone|they) speak|interpreter|translator|which "
    r"languages|other languages)\b",
    ClinicFact.AGE: r"\b(?:age (?:limit|range)|(?:do|can|does) (?:you|he|james|they) (?:see|treat|take|help) "
    r"(?:kids|children|teen\w*|"
    r"under)|how old (?:do|must)|(?:son|daughter|child|kid|he|she)\b.*\b(?:have|come to|do) (?:this|it|one|an? "
    r"appointment)|"
    r"need (?:my|a|an) (?:mum|mom|dad|parent|adult|guardian)\b.*\b(?:book|come|there)?)\b",
    ClinicFact.PRICE_DETAILS: r"\b(?:discounts?|concessions?|receipt|invoice|per session|(?:first|1st) one (?:is "
    r")?free|packages?|"
    r"student price|pay (?:monthly|in instal\w+)|vat)\b",
}
_COMPILED = {fact: re.compile(pattern, re.IGNORECASE) for fact, pattern in _PATTERNS.items()}
# Asked of the appointment only where the appointment is what was spoken of last.
_BARE_LENGTH = re.compile(
    r"^(?:and |so )?how long (?:does it last|is it|does that last|will it (?:take|last))\W*$", re.IGNORECASE
)


def asked_fact(text: str, *, of_appointment: bool = False) -> ClinicFact | None:
    """Which fact of the clinic a message asks for."""
    plain = " ".join(text.replace("’", "'").split()).rstrip("?! .")
    if of_appointment and _BARE_LENGTH.search(plain):
        return ClinicFact.LENGTH
    return next((fact for fact, pattern in _COMPILED.items() if pattern.search(plain)), None)


def fact_reply(fact: ClinicFact, settings: Settings, responses: Responses) -> Reply:
    """The fact where it is set; otherwise who can tell."""
    if fact is ClinicFact.LENGTH:
        return say(responses.render("fact_length", minutes=settings.service.minutes))
    if fact is ClinicFact.ADDRESS:
        told = " ".join(one for one in (settings.clinic.address, settings.told.directions) if one)
    else:
        told = str(getattr(settings.told, fact.value))
    if told:
        return say(told)
    if fact in (ClinicFact.IN_PERSON, ClinicFact.ADDRESS):
        return say(responses.render("fact_online"))
    return say(responses.render(f"fact_{fact.value}"))
