"""`python -m engine.parse_lines MODEL`: how a model understands each line, a JSON text in, its parse as JSON out."""

from __future__ import annotations

import asyncio
import json
import sys

from engine.absent import name_absent


def main() -> None:
    """Answers line by line until the input ends."""
    name_absent()
    from rasa.core.agent import Agent

    from engine.lean import make_lean
    from engine.plain_words import as_plain_words

    make_lean()
    answers, sys.stdout = sys.stdout, sys.stderr  # Whatever a library prints is no answer.
    agent = Agent.load(sys.argv[1])
    loop = asyncio.new_event_loop()
    for line in sys.stdin:
        parsed = loop.run_until_complete(agent.parse_message(as_plain_words(json.loads(line))))
        kept = {name: parsed.get(name) or [] for name in ("intent_ranking", "entities")}
        print(json.dumps(kept, default=float), file=answers, flush=True)


if __name__ == "__main__":
    main()
