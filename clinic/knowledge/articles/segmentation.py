"""From the text of a section to passages of about a hundred words and sentences with their place in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from clinic.knowledge.model import Passage, Sentence

PASSAGE_WORDS = 100
LIST_WORDS = 60
_ABBREVIATIONS = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|approx|dr|mr|mrs|ms|prof|st|no|fig|cf|al|inc|ltd|dept|tel|min|max)|\b[A-Z])\.$",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]?[A-Z0-9£$€])")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or one item of a list, with the sub-heading it stands under."""

    text: str
    heading: str = ""
    facet: str = ""
    item: bool = False


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence; a stop after an abbreviation, an initial or inside a number ends none."""
    spans, start = [], 0
    for match in _END.finditer(text):
        before = text[start : match.end()]
        if match.group().startswith(".") and _ABBREVIATIONS.search(before):
            continue
        spans.append((start, match.end()))
        start = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip())
    if text[start:].strip():
        spans.append((start, len(text.rstrip())))
    return spans


def join_blocks(blocks: list[Block]) -> tuple[str, tuple[Passage, ...]]:
    """The plain text of a section and its passages; offsets count characters of that text."""
    text, units = "", []
    for index, block in enumerate(blocks):
        if text:
            text += "\n" if block.item else "\n\n"
        start = len(text) + (2 if block.item else 0)
        text += f"- {block.text}" if block.item else block.text
        spans = [(0, len(block.text))] if block.item else split_sentences(block.text)
        for first, last in spans:
            units.append((index, Sentence(block.text[first:last], start + first, start + last)))
    return text, _group(blocks, _fold_lists(blocks, units, text))


def _fold_lists(blocks: list[Block], units: list[tuple[int, Sentence]], text: str) -> list[tuple[int, Sentence]]:
    """Join a short list to its lead-in; give every bullet of a long one the place of its lead-in."""
    out: list[tuple[int, Sentence]] = []
    at = 0
    while at < len(units):
        block, sentence = units[at]
        end = at + 1
        while end < len(units) and blocks[units[end][0]].item and not blocks[block].item:
            end += 1
        items = units[at + 1 : end]
        if items:
            whole = text[sentence.start : items[-1][1].end]
            if len(whole.split()) <= LIST_WORDS:
                out.append((block, Sentence(whole, sentence.start, items[-1][1].end)))
            else:
                lead = len(out)
                out.append((block, sentence))
                out.extend((where, replace(one, lead=lead)) for where, one in items)
        else:
            out.append((block, sentence))
        at = end
    return out


def _group(blocks: list[Block], units: list[tuple[int, Sentence]]) -> tuple[Passage, ...]:
    """Sentences in a row under one sub-heading, about PASSAGE_WORDS words at a time."""
    passages: list[Passage] = []
    run: list[Sentence] = []
    words, heading = 0, ("", "")
    for where, sentence in units:
        here = (blocks[where].heading, blocks[where].facet)
        size = len(sentence.text.split())
        if run and (here != heading or words + size > PASSAGE_WORDS * 1.2):
            passages.append(Passage(*heading, tuple(run)))
            run, words = [], 0
        heading = here
        run.append(sentence)
        words += size
    if run:
        passages.append(Passage(*heading, tuple(run)))
    return tuple(passages)
