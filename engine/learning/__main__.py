"""`python -m engine.learning ROOT MODEL`: a session that reads requests and writes answers, a JSON object a line.

`{"do": "learn", "into": FILE}`, `{"do": "guess" or "raised", "texts": [...], "model": FILE or null}`,
`{"do": "warm"}`, `{"do": "look", "text": ...}`, `{"do": "take", "model": FILE}`, `{"do": "split", "into": FOLDS}` and
then `{"do": "fold", "at": FOLD}`; answers are `{"tell": sentence}` while it works, then `{"done": ...}` or
`{"failed": sentence}`. It ends with its input, or after IDLE_SECONDS without a request.
"""

from __future__ import annotations

import json
import os
import select
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from engine.learning.session import Session

IDLE_SECONDS = 900.0


def main() -> None:
    """Answer until nobody asks."""
    _step_aside()
    session = Session(Path(sys.argv[1]), Path(sys.argv[2]))
    _say({"done": "ready"})
    while select.select([sys.stdin], [], [], IDLE_SECONDS)[0]:
        line = sys.stdin.readline()
        if not line:
            return
        try:
            _say({"done": _answer(session, json.loads(line))})
        except Exception as error:
            _say({"failed": f"{type(error).__name__}: {error}"})


def _step_aside() -> None:
    """Run only where nobody else wants the core: who is nice still takes turns that a visitor waits for."""
    with suppress(AttributeError, OSError):  # Linux alone knows it
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def _answer(session: Session, asked: dict[str, Any]) -> Any:
    if asked["do"] == "warm":
        return session.warm()
    if asked["do"] == "guess":
        model = asked.get("model")
        return session.guess(list(asked["texts"]), Path(model) if model else None)
    if asked["do"] == "raised":
        model = asked.get("model")
        return session.raised(list(asked["texts"]), Path(model) if model else None)
    if asked["do"] == "learn":
        return session.learn(Path(asked["into"]), lambda sentence: _say({"tell": sentence}))
    if asked["do"] == "look":
        return session.look(str(asked["text"]))
    if asked["do"] == "take":
        return session.take(Path(asked["model"]))
    if asked["do"] == "split":
        return session.split(int(asked["into"]))
    if asked["do"] == "fold":
        return session.fold(int(asked["at"]))
    raise ValueError(f"nothing is known of {asked['do']!r}")


def _say(told: dict[str, Any]) -> None:
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
