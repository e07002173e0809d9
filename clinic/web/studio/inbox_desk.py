"""The inbox as its pages need it: what is open under a filter, decisions kept with the drafts that come of them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any, Protocol

from clinic.conversations.inbox.decisions_store import Decisions
from clinic.conversations.inbox.grouping import group
from clinic.conversations.inbox.model import OPEN_AGAIN, Decision, Item, Place, Said, Verdict
from clinic.problem import Problem
from clinic.teaching.nlu_examples import ANNOTATION

LONGEST = 300
ORDERS: dict[str, tuple[str, Callable[[Item], Any]]] = {
    "newest": ("newest first", lambda item: item.last),
    "oftenest": ("most often said first", lambda item: (item.count, item.value)),
}
"""Orders of the list beside the one by value, each with its name."""


class InboxProblem(Problem):
    """A decision that cannot be kept; the message says why."""


class Drafts(Protocol):
    """Where accepted examples go until they are published."""

    def intents(self) -> Sequence[str]:
        """Every intent that has examples."""

    def known(self) -> Mapping[tuple[str, ...], str]:
        """The folded words of everything taught, with its intent."""

    def add_example(self, intent: str, text: str, who: str, source: str) -> str:
        """Draft an example and return its id; raises Problem with a sentence where it may not be one."""

    def withdraw(self, change: str, who: str) -> None:
        """Take a draft back; nothing happens where it is gone or published already."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the list is narrowed to; `state` is `open`, or a verdict that settles nothing, or `decided`.

    `whose` are second looks left to that name; `order` is a key of ORDERS, by value where it is none.
    """

    state: str = "open"
    reason: str = ""
    intent: str = ""
    q: str = ""
    tests: str = ""
    whose: str = ""
    order: str = ""

    @classmethod
    def read(cls, written: Mapping[str, str]) -> Narrowed:
        """From an address; what is no filter is left out."""
        given = {one.name: written.get(one.name, "")[:200].replace("\x00", "") for one in fields(cls)}
        return cls(**{**given, "state": given["state"] or "open"})

    def parts(self) -> dict[str, str]:
        """What differs from the list of everything that is open, for an address."""
        kept = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: value for name, value in kept.items() if value and (name, value) != ("state", "open")}

    def lets_through(self, item: Item, decision: Decision | None) -> bool:
        """Whether an item with that decision is in the list."""
        verdict = decision.verdict if decision else ""
        state = verdict if verdict in OPEN_AGAIN else "decided" if verdict else "open"
        return (
            state == self.state
            and (not self.reason or self.reason in item.reasons)
            and (not self.intent or self.intent == item.suggestion)
            and (not self.whose or (decision is not None and self.whose == decision.assignee))
            and (not self.tests or item.is_test is (self.tests == "only"))
            and all(word in item.text.casefold() for word in self.q.casefold().split())
        )


@dataclass(frozen=True, slots=True)
class InboxDesk:
    """Reads and decides. `read` gives what the log and the trial chats hold now."""

    read: Callable[[], Iterable[Said]]
    decisions: Decisions
    drafts: Drafts
    tell_staff: Callable[[Iterable[Place], str], None] = lambda places, verdict: None

    def items(self, wanted: Narrowed) -> list[Item]:
        """What the filter lets through, in its order."""
        decided = self.decisions.all()
        found = [one for one in self._all() if wanted.lets_through(one, decided.get(one.key))]
        order = ORDERS.get(wanted.order)
        return sorted(found, key=order[1], reverse=True) if order else found

    def find(self, key: str) -> tuple[Item | None, Decision | None]:
        """An item and what was decided of it; nothing where it is in the log no more."""
        found = next((one for one in self._all() if one.key == key), None)
        return found, self.decisions.all().get(key)

    def _all(self) -> list[Item]:
        return group(self.read(), self.drafts.known())

    def leave_to(self, item: Item, who: str, assignee: str) -> str:
        """Leave a second look to somebody, or to whoever wants where `assignee` is empty; the batch, for undo."""
        batch = str(uuid.uuid4())
        kept = Decision(item.key, "second", who, datetime.now(UTC), batch=batch, assignee=assignee)
        self.decisions.keep([kept])
        self.tell_staff(item.places, "second")
        return batch

    def decide(self, item: Item, who: str, verdict: Verdict, example: tuple[str, str] = ("", "")) -> str:
        """Keep a decision; `example` is the intent and the words of what is accepted. Returns the batch, for undo.

        Raises InboxProblem and what the drafts refuse; then nothing is decided.
        """
        batch, change = str(uuid.uuid4()), ""
        intent, words = example
        if verdict == "accepted":
            change = self.drafts.add_example(intent, tidy(words), who, "inbox")
        self.decisions.keep([Decision(item.key, verdict, who, datetime.now(UTC), intent, batch, change)])
        self.tell_staff(item.places, verdict)
        return batch

    def decide_all(self, items: Sequence[Item], who: str, verdict: Verdict) -> str:
        """The same decision about many, which may be taken back together; accepting takes each suggestion."""
        batch, now, made = str(uuid.uuid4()), datetime.now(UTC), []
        for one in items:
            change, intent = "", one.suggestion if verdict == "accepted" else ""
            if verdict == "accepted":
                try:
                    change = self.drafts.add_example(intent, tidy(one.text), who, "inbox")
                except Problem:
                    continue  # It stays open, to be looked at by itself.
            made.append(Decision(one.key, verdict, who, now, intent, batch, change))
        self.decisions.keep(made)
        keys = {one.key for one in made}
        self.tell_staff([place for one in items if one.key in keys for place in one.places], verdict)
        return batch if made else ""

    def undo(self, batch: str, who: str) -> int:
        """Take back one's own click with the drafts it made; how many decisions it was."""
        taken = self.decisions.take_back(batch, who)
        keys = {one.key for one in taken}
        self.tell_staff([place for one in self._all() if one.key in keys for place in one.places], "")
        for one in taken:
            if one.change:
                self.drafts.withdraw(one.change, who)
        return len(taken)


def tidy(words: str) -> str:
    """An example's words on one line; raises InboxProblem where they cannot be one."""
    text = " ".join(words.split())
    if not text:
        raise InboxProblem("There are no words to learn.")
    if len(text) > LONGEST:
        raise InboxProblem(f"That is {len(text)} letters: an example has {LONGEST} at most. Keep the part that asks.")
    bare = ANNOTATION.sub("", text)
    if "[" in bare or "]" in bare:
        raise InboxProblem(
            "Put something else in the place of what stands in square brackets: it was a contact detail."
        )
    return text
