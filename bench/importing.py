"""`python -m bench.importing [DATA] [--count 200]`: Markdown articles and a broken one taken in by one command.

The articles are those of DATA (a folder with `articles.jsonl`) or, without it, made up at the length of a clinic's
page. They go through `bin/clinic articles import` into an empty installation in a temporary folder.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.processes import BenchFailed, Program, run_measured
from language.english import english_words

ROOT = Path(__file__).resolve().parent.parent
BROKEN = "0100-broken.md"
HEADINGS = ("What is it?", "Symptoms", "Causes", "Diagnosis", "Treatment")
UPGRADE = "from clinic.composition import here; from clinic.migrations.upgrade import upgrade; upgrade(here())"


def main() -> int:
    """Prints time, CPU time, memory and what the command said last; 1 and a sentence when it failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?")
    parser.add_argument("--count", type=int, default=200)
    options = parser.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        articles = islice(_read(options.data) if options.data else _make_up(options.count), options.count)
        words = _write(folder / "source", articles)
        _install(folder)
        each = words / options.count
        print(f"{options.count} articles of {each:.0f} words on average, and one that is broken", flush=True)
        try:
            _measure(folder)
        except BenchFailed as failure:
            print(failure, file=sys.stderr)
            return 1
    return 0


def _measure(folder: Path) -> None:
    environment = {"POINTE_ROOT": str(folder), "PYTHONPATH": str(ROOT), "POINTE_SECRET": "bench"}
    run_measured(Program("upgrade", (sys.executable, "-c", UPGRADE), ROOT, environment, folder / "upgrade.log"))
    command = (sys.executable, "-m", "clinic", "articles", "import", str(folder / "source"), "--publish")
    for name in ("first import", "again, unchanged"):
        program = Program(name, command, ROOT, environment, folder / "import.log")
        start = time.perf_counter()
        spent = run_measured(program)
        wall = time.perf_counter() - start
        print(f"\n{name}: {wall:.0f} s, CPU {spent.cpu_seconds:.0f} s, {spent.megabytes:.0f} MB, {_cores()} cores")
        said = program.log.read_text("utf-8").splitlines()
        print("\n".join(f"  {line}" for line in said if _is_summary(line)), flush=True)


def _is_summary(line: str) -> bool:
    return line.startswith(("refused", "index:")) or line.endswith("refused.")


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _install(folder: Path) -> None:
    shutil.copy(ROOT / "settings.yml", folder)
    shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("articles"))
    (folder / "data" / "articles").mkdir()
    (folder / "models").mkdir()
    (folder / "models" / "encoder").symlink_to((ROOT / "models" / "encoder").resolve())


def _write(folder: Path, articles: Iterator[tuple[str, list[tuple[str, str]]]]) -> int:
    """Write the articles as Markdown files; how many words they hold together."""
    folder.mkdir()
    words = 0
    for number, (title, sections) in enumerate(articles):
        body = "\n\n".join(f"## {heading}\n\n{text}" for heading, text in sections)
        words += len(body.split())
        (folder / f"{number:04}.md").write_text(f"# {title}\n\n{body}\n", "utf-8")
    (folder / BROKEN).write_bytes(b"# Broken\n\n\xff\xfe\n")
    return words


def _read(folder: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    with (folder / "articles.jsonl").open(encoding="utf-8") as lines:
        for number, row in enumerate(map(json.loads, lines)):
            texts = [(one["heading"], one["text"].replace("\n", "\n\n")) for one in row["sections"]]
            yield f"{row['title']} ({number})", texts


def _make_up(count: int) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    chance = random.Random(1)
    listed = english_words()
    words = sorted(listed, key=lambda word: -listed[word])[:5000]
    for number in range(count):
        paragraphs = [
            "\n\n".join(" ".join(_sentence(chance, words) for _ in range(4)) for _ in range(2)) for _ in HEADINGS
        ]
        yield f"{_sentence(chance, words)[:30].strip('. ')} {number}", list(zip(HEADINGS, paragraphs, strict=True))


def _sentence(chance: random.Random, words: list[str]) -> str:
    return f"{' '.join(chance.choices(words, k=14)).capitalize()}."


if __name__ == "__main__":
    sys.exit(main())
