"""The kinds of lists that the studio shows: what each is for, where it is read from, and how a new list begins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from clinic.teaching import list_files
from clinic.teaching.change_model import ChangeRefused, Draft, Hunk
from clinic.teaching.cures import draft_unanswerable
from clinic.teaching.nlu_files import Names
from clinic.teaching.taught_list import TaughtLine, TaughtList
from clinic.teaching.utterances import tidy

Read = Callable[[Path], list[TaughtList]]
Learned = Literal["at_once", "seconds", "whole"]
# Begins a list of that name with its first line; raises ChangeRefused.
Begin = Callable[[Path, str, str], Draft]


@dataclass(frozen=True, slots=True)
class ListKind:
    """One kind: `name` stands in addresses, `of` says what a list of it is called.

    The same words stand once only in lists of this kind and of those `beside` it in the same file. `learned` tells
    when visitors notice a change: `at_once`, some `seconds` after it is published, or after a `whole` training.
    """

    name: str
    title: str
    what: str
    of: str
    read: Read
    learned: Learned
    beside: tuple[Read, ...] = ()
    begin: Begin | None = None

    def in_the_way(self, root: Path, path: str) -> Iterator[TaughtList]:
        """Every list in which the same words may not stand as well."""
        for read in (self.read, *self.beside):
            yield from (one for one in read(root) if one.path == path)

    def list_named(self, root: Path, name: str) -> TaughtList | None:
        """The list of that name; None where it would be a new one."""
        return next((one for one in self.read(root) if one.name == name), None)

    def line_at(self, root: Path, path: str, line: int) -> tuple[TaughtList, TaughtLine] | None:
        """The line that stands there now, with its list."""
        lists = self.read(root)
        return next(((of, one) for of in lists for one in of.lines if (one.path, one.line) == (path, line)), None)


def _begin_synonym(root: Path, name: str, text: str) -> Draft:
    return _begin_block(root, "synonym", tidy(name), text, list_files.read_synonyms(root))


def _begin_lookup(root: Path, name: str, text: str) -> Draft:
    known = Names.load(root / "domain.yml").entities
    if name not in known:
        raise ChangeRefused(f"`{name}` is no entity of domain.yml. Known: {', '.join(sorted(known))}.")
    return _begin_block(root, "lookup", name, text, list_files.read_lookups(root))


def _begin_block(root: Path, kind: str, name: str, text: str, lists: list[TaughtList]) -> Draft:
    """A block of `data/nlu` put below the last of its kind, or in a file of its own."""
    if "[" in name or "#" in name or ": " in name:
        raise ChangeRefused("This name holds a sign that the file reads as its own: use words alone.")
    block = (f"- {kind}: {name}", "  examples: |", f"    - {text}")
    told = (f"{kind} added", f"{kind} “{name}” begun with “{text}”")
    if not lists:
        path = f"data/nlu/{kind}s.yml"
        whole = "\n".join(('version: "3.1"', "", "nlu:", *block, ""))
        return Draft(*told, (Hunk(path, 1, (), (whole,), whole=True),))
    last = lists[-1]
    return Draft(*told, (Hunk(last.path, last.end, (), ("", *block), last.above),))


KINDS = {
    one.name: one
    for one in (
        ListKind(
            "synonyms", "Synonyms",
            "What visitors call a thing, and the one name that it is kept under. They count where the words are marked "
            "as an entity or stand in a lookup.",
            "is another name for", list_files.read_synonyms, "whole", begin=_begin_synonym,
        ),
        ListKind(
            "lookups", "Lookup tables",
            "Words that are an entity wherever they are said.",
            "is an entity of the kind", list_files.read_lookups, "whole", begin=_begin_lookup,
        ),
        ListKind(
            "red-flag-examples", "Red-flag examples",
            "Whole messages that must raise a card. A clinician should see them before they are published.",
            "must raise", list_files.read_flag_examples, "seconds", (list_files.read_look_alikes,),
        ),
        ListKind(
            "look-alikes", "Look-alikes",
            "Messages that sound like an emergency and must raise no card.",
            "must not raise", list_files.read_look_alikes, "seconds", (list_files.read_flag_examples,),
        ),
        ListKind(
            "questions", "Questions beside articles",
            "How visitors ask for a sentence of an article. They help to find it and are never shown.",
            "asks for", list_files.read_asked, "at_once", (list_files.read_unanswered,),
        ),
        ListKind(
            "unanswerable", "Unanswerable questions",
            "Questions that sound close to an article and that it does not answer.",
            "is left out by", list_files.read_unanswered, "at_once", (list_files.read_asked,), draft_unanswerable,
        ),
        ListKind(
            "names", "Names of conditions and parts of the body",
            "A condition that no article speaks of is never answered from its neighbour; a part of the body that an "
            "article does not mention counts against an answer.",
            "is one of the", list_files.read_conditions, "at_once",
        ),
    )
}  # fmt: skip
