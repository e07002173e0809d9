"""`python -m bench.reader.parses OUT`: how the published model understands the questions of `data/reading/choosing`.

A line each: the text and its parse, for `bench.reader.gate` and `bench.reader.page_gate`. About a minute.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bench.reader.pages import READING, ROOT
from clinic.engine.parser_process import ParserProcess
from clinic.evaluation.article_sets import load_article_sets
from clinic.teaching.releases import checked_model


def main() -> None:
    """Writes the file."""
    texts = dict.fromkeys(one.text for one in load_article_sets(READING / "choosing").questions)
    with ParserProcess(ROOT, checked_model(ROOT)) as parser, Path(sys.argv[1]).open("w", encoding="utf-8") as out:
        for text in texts:
            out.write(json.dumps([text, parser.understand(text)]) + "\n")


if __name__ == "__main__":
    main()
