"""What was taught, checked without training: utterances, rules, words, articles, flags."""

from __future__ import annotations

import re

import typer

from clinic.dialogue.fallback_replies import CannedReplies
from clinic.knowledge.articles.files import read_folder
from clinic.settings import Settings
from clinic.settings_file import here
from clinic.teaching.nlu_examples import UnreadableExamples, find_shortages, read_examples
from clinic.teaching.nlu_files import Names, find_file_faults
from clinic.teaching.repetitions import find_repetitions

NEEDED = 25
AMOUNT = re.compile(r"£\s?(\d+(?:\.\d\d)?)")
# What the pipeline sets itself is never learned from utterances.
UNTAUGHT = frozenset({"nlu_fallback", "no_words"})


def check() -> None:
    """Check what the assistant was taught; every fault is named with its file and line."""
    settings = here()
    CannedReplies.load(settings)
    faults = [*_utterance_faults(settings), *_article_faults(settings)]
    for warning in _price_warnings(settings):
        typer.echo(f"warning: {warning}")
    for fault in faults:
        typer.echo(fault, err=True)
    if faults:
        raise typer.Exit(1)
    typer.echo("What was taught can be used.")


def _utterance_faults(settings: Settings) -> list[str]:
    names = Names.load(settings.root / "domain.yml")
    faults = find_file_faults(settings.data / "nlu", names)
    try:
        examples = read_examples(settings.data / "nlu")
    except UnreadableExamples:
        return faults  # the fault is among them
    shortages = find_shortages(examples, sorted(names.intents - UNTAUGHT), NEEDED)
    return [*faults, *(str(one) for one in [*shortages, *find_repetitions(examples)])]


def _article_faults(settings: Settings) -> list[str]:
    return list(read_folder(settings.data / "articles")[1])


def _price_warnings(settings: Settings) -> list[str]:
    """Articles that name another price than the settings: the settings' price is what visitors are told."""
    warnings = []
    for path in sorted((settings.data / "articles").glob("*.md")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for amount in AMOUNT.findall(line):
                if float(amount) != float(settings.service.price):
                    warnings.append(f"{path.name}:{number} says £{amount}, settings.yml {settings.service.price_text}")
    return warnings
