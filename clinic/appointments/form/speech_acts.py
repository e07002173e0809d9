"""What a remark inside the form amounts to: stop, nothing more, a question, or a complaint."""

from __future__ import annotations

import re

from clinic.appointments.form.lexicon import COMPLAINT, holds, words_of

_PLAIN = re.compile(r"[^\w\s'.!?,;-]")
_STOP = re.compile(
    r"""^(?:(?:oh|och|ok|okay|no|nah|naw|actually|right|please|pls|sorry|wait|hmm|ugh|just|um|well|hang\ on|
    hold\ on|you\ know\ what|look|and|but|so|then)\s+)*
    (?:(?:can|could)\ (?:we|i|you)\ (?:just\ )?(?:please\ )?(?:stop|cancel|leave\ (?:it|this))|i'?m\ stopping|
    let'?s\ not|stop|cancel|quit|exit|abort|abandon|nvm|never\ ?mind|forget|drop\ it|scrap(?!\ (?:the|my)\ note)|
    leave\ (?:it|that|
    the\ form|this)(?:\ (?:there|oot|out|for\ now|at\ that|alone))?$|
    pack\ it\ in|let\ me\ out|end\ (?:this|it)|no\ more\ (?:questions|please)|enough|(?:let'?s\ )?(?:stop|
    call\ it\ off|end\ it|leave\ it)
    |not\ (?:today|now|just\ now|yet|for\ me|for\ now|this\ time|at\ the\ moment|right\ now|going\ to\ bother|
    bothered|doing\ (?:this|it|that)|interested|paying)
    |(?:i|i've|ive|we|we've|i\ have)?\ ?(?:just\ )?(?:changed?|changing)\ (?:my|me|ma|our)\ minds?|
    maybe\ (?:later|another|some\ other)|another\ (?:time|day)
    |(?:i\ |i'?d\ |we\ )?(?:don'?t|do\ not|dinnae|no\ longer|didn'?t)\ (?:(?:want|need)(?!\ to\ (?:add|change|
    correct|edit|fix|give|put|say|share))|bother|wanna|fancy|send|agree|consent|mean\ to|think\ so|think\ i\ will|book|
    submit)|not\ send(?:ing)?\b
    |(?:i'?d\ |i\ would\ )?rather\ (?:not(?!\ (?:give|say|share|leave)\b)|have\ a\ think|leave|(?:just\ )?(?:ring|
    phone|call)\b(?!\ me))|
    i'?ll\ (?:just\ )?(?:ring|phone|call)\ (?:instead|them|the|you|up)|(?:i'?ll|i\ will|let\ me|need\ to|i\ need\ to|
    going\ to)\ (?:pass|give\ it\ a\ miss|have\ a\ think|think\ (?:about|it|on)|leave\ (?:it|that)|do\ (?:it|
    this)\ another|not)
    |(?:(?:it'?s|that'?s|bit|a|far|way|just)\ )*too\ (?:dear|expensive|much\ (?:money|for\ me)|pricey|steep)|
    can'?t\ afford|back\ out|get\ me\ out|
    start\ over|
    go\ back\ to(?!\ (?:the\ |my\ )?(?:name|e-?mail|phone|number|contact|notes?))|give\ up|i\ give\ up
    |(?:i'?m|i\ am|we'?re)\ (?:out|not\ (?:interested|going\ to|sure(?!\ (?:what|how)\b))|having\ second\ thoughts|
    good\ thanks)|
    no\ wait\ (?:un)?till?\b|second\ thoughts|don'?t$|
    bin\ it|delete\ (?:it|that|this)$|do\ not(?!\ (?:have|know|need|want|ring|
    (?:tele)?phone|call|text|write|e-?mail|contact|use|speak|put|leave|hear|see)\b)|withdraw|
    hold\ it\ there|break\ off)\b""",
    re.VERBOSE,
)
_QUESTION = re.compile(
    r"""^(?:(?:and|but|so+|ok+|okay|oh+|also|btw|by\ the\ way|wait|hang\ on|hold\ on|first|before\ that|right|
    quick\ question|sorry|erm?|um+|hmm+|well|please)\W+)*
    (?:what|whats|what's|wat|wats|wot|wots|wot's|how|hows|how's|why|when|where|which|who|whos|who's|whose|
    (?:is|are|am|do|does|did|can|could|will|would|should|has|have|may|isn't|aren't|don't|doesn't|won't)\ (?:it|
    its|this|that|he|she|they|you|ye|yous|i|we|there|these|those|the|my|your|a|an|
    any|anyone|someone|people|physio|insurance|surgery|mri|x-rays?|injections?)|tell\ me|explain|
    remind\ me|any\ idea|curious|wondering|i\ wonder|just\ wondering|show\ me|read\ me)\b""",
    re.VERBOSE,
)
# A request in the form of a question: "do it", "why not", "could you send it please?", "can you add that …".
_REQUEST = re.compile(
    r"""^(?!.*\b(?:later|afterwards|still)\b|.*\bafter\W*$)(?:(?:and|so|yes|ok|please)\W+)*
    (?:can|could|will|would)\ (?:you|i|we)\ (?:please\ |just\ |also\ )*
    (?:add|mention|include|note|change|edit|correct|fix|swap|switch|
    put(?!\ (?:me|us)\ through))\b|^(?:(?:and|so|ok|okay|yes|yeah|yep|ta|thanks|please|
    right|well|then|great|perfect)\W+)*
    (?:do\ (?:it|that|so)|why\ not|(?:can|could|will|would)\ (?:you|ye|we)\ (?:please\ |just\ |kindly\ )*
    (?:send|submit|do|pass|fire|book|put)\ (?:it|that|this|them|us|me)(?:\ (?:in|on|off|over|through|away|along))?)
    (?:\W+(?:please|pls|now|then|thanks|thank|you|ta|cheers|for|me|us|to|the|clinic|them|today|straight|away|asap|
    right))*
    \W*$""",
    re.VERBOSE,
)
_SKIP = re.compile(
    r"""^(?:(?:no|nope|nah|naw|ok|er|um|well|just|thanks?|please|i|i'd|id)\s+)*(?:skip|pass|nothing|nowt|nil|
    none|nope?|no|nah|naw|n\ ?/?\ ?a|blank|idk|dunno|no\ idea|
    rather\ not|prefer\ not|not\ (?:for\ now|now|right\ now|at\ the\ moment|yet|needed|necessary|applicable|bothered)|
    (?:i'?m\ )?not\ sure(?:\ (?:what|how)\ to\ (?:say|put|write|answer|add|describe\ it))?|nothing\ (?:really|much)|
    all\ (?:said|there)|(?:that|which)\ is\ everything|no\ (?:further|other|extra)\ (?:notes?|info\w*|details?|
    comments?)|that'?s\ (?:it|all|everything)|that\ is\ (?:it|all)|not\ really|
    (?:don'?t|do\ not)\ (?:want\ to\ say|want\ to\ add\ anything|think\ so|know|have\ any\w*)|leave\ (?:it|
    that)(?:\ bit)?\ (?:blank|empty)|
    no\ (?:thanks?|thank\ you|ta|more|notes?|comment)|all\ good|next|move\ on|private|personal)\b
    (?:\W+(?:else|more|to|add|say|special|in|particular|thanks?|thank|you|ta|cheers|please|really|for|now|it|
    that's|thats|all|need|know|about|is|good|this|like|everything|bit|blank|not|i'd|rather|say|mate))*\W*$""",
    re.VERBOSE,
)
_SMALL_WORDS = """
hi hello hey thanks thank you ta cheers thx ty much very so great lovely brilliant nice one please
ok okay
"""
_SMALL = frozenset(_SMALL_WORDS.split())


_DICTATED = re.compile(r"\b(?:full stop|question mark)\b")  # said to a phone that wrote it out


_SAYS_ON = re.compile(r"^never ?mind\W+(?:only|just|except)\b", re.IGNORECASE)  # what was just asked goes, no more


def wants_stop(text: str) -> bool:
    """Whether one sentence of the text breaks the request off: "stop there", "not today, thank you"."""
    if asks_for_appointment(text) or _SAYS_ON.search(text.strip()):
        return False  # "changed my mind again, I want to book"
    return any(_STOP.search(one) and not holds(one, COMPLAINT) for one in sentences_of(text))


def says_nothing_more(text: str) -> bool:
    """Whether the visitor adds nothing: "skip", "nothing more", "no, that's all"."""
    return bool(_SKIP.search(plain_text(text).replace(",", " ").replace(".", " ").replace("  ", " ").strip()))


def told_beside(text: str) -> str:
    """The parts of a question that tell something about an injury: "dancer, both ankles, will it get better?"."""
    parts = [one.strip() for one in re.split(r"(?<=[.!?;,])\s+|\n+", text)]
    told = [one.rstrip(",;.") for one in parts if one and not is_question(one)]
    return ", ".join(told) if is_complaint(" ".join(told)) else ""


def is_question(text: str) -> bool:
    """Whether the text is put as a question: a question mark, or a word questions begin with."""
    asking = [one for one in sentences_of(text) if not _REQUEST.search(one)]
    marked = ("?" in text or "question mark" in text.lower()) and bool(asking or not sentences_of(text))
    return marked or any(_QUESTION.search(one) for one in asking)


def ends_asking(text: str) -> bool:
    """Whether a sentence that asks nothing is followed by one that asks: "sorry, the cat. can it ache at rest"."""
    *before, last = re.split(r"(?<=[.!?])\s+|\n+", text.strip())
    return is_question(last) and len(last.split()) > 2 and bool(before) and not is_question(before[0])


_ASKS = re.compile(
    r"(?<!don't )(?<!dont )(?<!not )\b(?:i'?d (?:really )?(?:like|love)|i would (?:like|love)|i (?:want|need|wanna)|"
    r"i'?m after|please book|book me|put me down for|sign me up for)(?: to (?:book|make|have|get|request|arrange))?"
    r"(?: in)?(?: for)? (?:an?|the|your)(?: \w+){0,2} (?:appointment|consultation|session)\b"
    r"|^(?:(?:an?|the)(?: online| video| physio\w*)? appointment|appointment|appt|booking) (?:for|about|please)\b",
    re.IGNORECASE,
)


_BOOK_ME = re.compile(
    r"(?:(?:ok|okay|k|so|then|please|just|right|fine|yes)\s+)*(?:book|sign|put) (?:me|us)(?: (?:in|up|down))?"
    r"(?: (?:then|please|pls))?"
)


def asks_for_appointment(text: str) -> bool:
    """Whether an appointment is asked for in so many words, and nothing else is asked."""
    bare = any(_BOOK_ME.fullmatch(one) for one in sentences_of(text))
    return (bare or bool(_ASKS.search(text.strip().replace("’", "'")))) and not is_question(text)


_BOOK_ME_IN = re.compile(
    r"\b(?:can|could|would|will) (?:you|u|ya|some(?:one|body)) (?:please |pls )?"
    r"(?:book|sign|put|fit) (?:me|us) (?:in|up|down)\b",
    re.IGNORECASE,
)


def asks_to_be_booked(text: str) -> bool:
    """Whether the wish for an appointment is put as a question, as it is beside others: "and can you book me in"."""
    return bool(_BOOK_ME_IN.search(text))


def is_question_beside(rest: str, given: str) -> bool:
    """Whether `rest`, without the detail `given`, still holds a question of three words or more."""
    left = re.sub(re.escape(given), " ", rest, flags=re.IGNORECASE) if given else rest
    return any(_QUESTION.search(one) and len(one.split()) > 2 for one in sentences_of(left) if not _REQUEST.search(one))


def is_small_talk(text: str) -> bool:
    """Whether nothing but a greeting or thanks is said."""
    words = words_of(text)
    return bool(words) and _SMALL.issuperset(words)


def is_complaint(text: str) -> bool:
    """Whether the text speaks of an injury, a sport or a part of the body."""
    return holds(text, COMPLAINT)


def plain_text(text: str) -> str:
    """The text in small letters, straight apostrophes, without signs and without marks that were dictated as words."""
    plain = _DICTATED.sub(" ", text.lower().replace("’", "'"))
    return " ".join(_PLAIN.sub(" ", plain).split())


def sentences_of(text: str) -> list[str]:
    """Its sentences and clauses."""
    parts = re.split(r"[.!?;,\n]+\s*|\s+[-–—]\s+", plain_text(text))
    return [one.strip() for one in parts if one.strip()]
