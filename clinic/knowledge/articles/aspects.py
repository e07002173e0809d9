"""What a heading speaks of: symptoms, causes, treatment; by its words, and in the order in which it names them."""

from __future__ import annotations

import re

# The first of these that fits is first in rank where two are named in one word; `service` stands alone.
_GUESSES = (
    ("service", r"appointment|\bbook|consultation|physiotherapy with|contact|about us|our (?:team|clinic)"),
    ("anatomy", r"anatom|structure"), ("exercises", r"exercis|stretch"), ("prevention", r"prevent|avoid"),
    ("risk_groups", r"commonly seen|who gets|who is|at risk|risk factor|affects"),
    ("recovery", r"recover|outlook|prognos|how long|rehab|return"),
    ("diagnosis", r"diagnos|\btest|scan|imaging|examination"),
    ("treatment", r"treat|manag|surg|inject|therapy|relief|self.?care"
                  r"|what (?:helps|can help|you can do|can (?:i|you) do)|help yourself"),
    ("causes", r"cause|why "), ("symptoms", r"symptom|\bsigns\b|feel like"),
)  # fmt: skip


def guess_aspects(heading: str) -> tuple[str, ...]:
    """Every aspect a heading names, the first named first; `overview` alone when none is plain."""
    low = heading.casefold()
    found = [(match.start(), aspect) for aspect, pattern in _GUESSES if (match := re.search(pattern, low))]
    if any(aspect == "service" for _, aspect in found):
        return ("service",)
    joined = re.search(r"[,&/+]|\band\b|\bor\b", low)
    if not joined:  # "What causes it to recover slowly" is about one thing, in the order above
        return (next((aspect for aspect, pattern in _GUESSES if re.search(pattern, low)), "overview"),)
    return tuple(aspect for _, aspect in sorted(found)) or ("overview",)
