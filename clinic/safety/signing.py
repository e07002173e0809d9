"""What a clinician's signature is for: the words, place and source of a flag's cards, as a hash beside the name."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

_CARD = ("name", "title", "destination", "message", "meaning", "waiting", "avoid", "source")
_SIGNED = (*_CARD, "leads", "contacts", "nation_contacts")


def hash_of_words(flag: Mapping[str, Any]) -> str:
    """The hash of all that is signed of an entry under `flags`, its second cards included; 16 hexadecimal digits.

    What only decides whether a card is shown (phrases, examples, look-alikes) is not part of it.
    """
    parts = [flag, *(flag.get("cards") or ())]
    told = json.dumps([[part.get(name) for name in _SIGNED] for part in parts], sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:16]
