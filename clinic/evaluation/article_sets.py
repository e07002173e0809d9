"""Questions about any folder of pages: what is asked, of which page, and what a right answer holds."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from .conversation_items import Turn
from .items import Facts
from .sets import SetError

PAGES = (".md", ".markdown", ".html", ".htm", ".txt")


@dataclass(frozen=True, slots=True)
class PageQuestion:
    """A question. `page` is the file it is about; with `kind` no page answers it.

    A right answer holds every group of `facts`, or one of the pieces of `evidence`. `urgent` ones want a card
    before an answer and are measured elsewhere.
    """

    id: str
    text: str
    page: str
    style: str
    kind: str = ""
    facts: Facts = ()
    evidence: tuple[str, ...] = ()
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class PageConversation:
    """Turns about one page, each with the facts its answer must hold."""

    id: str
    page: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class PageMessage:
    """One message with several questions, and the facts of each."""

    id: str
    page: str
    text: str
    parts: tuple[Facts, ...]


@dataclass(frozen=True, slots=True)
class ArticleSets:
    """Everything that is asked of a folder of pages."""

    questions: tuple[PageQuestion, ...]
    conversations: tuple[PageConversation, ...]
    messages: tuple[PageMessage, ...]


def pages_in(folder: Path) -> list[Path]:
    """The pages of a folder, its README left out."""
    return sorted(one for one in folder.iterdir() if one.suffix in PAGES and one.stem != "README")


def load_article_sets(folder: Path) -> ArticleSets:
    """`questions.jsonl`, `PAGE.questions.jsonl`, `conversations.jsonl` and `several.jsonl`; raises SetError."""
    questions = list(_read(folder / "questions.jsonl", _question))
    for page in pages_in(folder):
        of_page = _read(page.with_suffix(".questions.jsonl"), lambda row, name=page.name: _question(row, name))  # type: ignore[misc]
        questions += list(of_page)
    if not questions:
        raise SetError(f"{folder}: no questions.jsonl here")
    conversations = tuple(_read(folder / "conversations.jsonl", _conversation))
    return ArticleSets(tuple(questions), conversations, tuple(_read(folder / "several.jsonl", _message)))


def withhold(sets: ArticleSets, share: float, seed: int = 1) -> tuple[ArticleSets, frozenset[str]]:
    """The sets where a share of the pages is not there, and which: of those every question is one that none answers."""
    pages = sorted({one.page for one in sets.questions if one.page})
    gone = frozenset(random.Random(seed).sample(pages, round(share * len(pages))))
    questions = tuple(
        replace(one, page="", kind="its page withheld") if one.page in gone else one for one in sets.questions
    )
    talks = tuple(one for one in sets.conversations if one.page not in gone)
    return ArticleSets(questions, talks, tuple(one for one in sets.messages if one.page not in gone)), gone


def _read(path: Path, reader: Callable[[dict[str, Any]], Any]) -> Iterator[Any]:
    for number, line in enumerate(path.read_text("utf-8").splitlines() if path.is_file() else (), 1):
        try:
            if line.strip():
                yield reader(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise SetError(f"{path}:{number}: {error!r}") from error


def _question(row: dict[str, Any], page: str = "") -> PageQuestion:
    kind = str(row.get("kind") or "")
    facts, evidence = _facts(row), tuple(str(one) for one in row.get("evidence") or ())
    if not kind and not facts and not evidence:
        raise ValueError("`facts`, `evidence` or `kind` is needed")
    style = str(row.get("style") or "")
    return PageQuestion(
        row["id"], row["text"], str(row.get("page") or page), style, kind, facts, evidence, bool(row.get("urgent"))
    )


def _facts(row: dict[str, Any]) -> Facts:
    return tuple(tuple(str(one) for one in group) for group in row.get("facts") or ())


def _conversation(row: dict[str, Any]) -> PageConversation:
    return PageConversation(row["id"], row["page"], tuple(Turn(one["text"], _facts(one)) for one in row["turns"]))


def _message(row: dict[str, Any]) -> PageMessage:
    return PageMessage(row["id"], row["page"], row["text"], tuple(_facts(one) for one in row["parts"]))
