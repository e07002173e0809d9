"""Holds a conversation for every line of the sets and scores what is heard."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from .bookings import score_booking
from .client import AssistantError, VisitorClient
from .conversation_items import BookingItem, ConversationItem, FollowUpItem
from .conversations import score_conversation, score_several
from .items import AnswerItem, CalmItem, RedFlagItem, SeveralItem, SmalltalkItem, UncoveredItem
from .model import Outcome
from .scoring import (
    score_answer,
    score_calm,
    score_followup,
    score_red_flag,
    score_smalltalk,
    score_uncovered,
)
from .sets import EvaluationSets
from .transcript import Exchange, HeardReply

Job = Callable[[], list[Outcome]]
Asked = TypeVar("Asked", AnswerItem, UncoveredItem, SmalltalkItem, RedFlagItem, CalmItem, SeveralItem)


@dataclass(frozen=True, slots=True)
class Run:
    """Holds one conversation after another; `erase` leaves none behind, `progress` is told how far it is.

    A message the assistant fails to answer is an exchange with an `error` reply; when no conversation can be
    opened, AssistantError is raised.
    """

    client: VisitorClient
    erase: bool = True
    progress: Callable[[str], None] = field(default=partial(print, flush=True))

    def converse(self, turns: Sequence[str], confirm: bool = False) -> tuple[Exchange, ...]:
        """A new conversation; with `confirm`, "yes" is sent where its last turn still asks for one."""
        token = self.client.open()
        exchanges = [self._say(token, text) for text in turns]
        if confirm and exchanges and any(reply.slot == "confirm" for reply in exchanges[-1].replies):
            exchanges.append(self._say(token, "yes"))
        if self.erase:
            self._leave(token)
        return tuple(exchanges)

    def _say(self, token: str, text: str) -> Exchange:
        try:
            return Exchange(text, self.client.say(token, text))
        except AssistantError as error:
            return Exchange(text, (HeardReply("error", str(error)),))

    def _leave(self, token: str) -> None:
        try:
            self.client.leave(token)
        except AssistantError as error:
            self.progress(f"a conversation was not erased: {error}")

    def ask(self, text: str) -> Exchange:
        """One message in a conversation of its own."""
        return self.converse([text])[0]

    def book(self, item: BookingItem) -> list[Outcome]:
        """A booking conversation, with the confirmation a request still needs."""
        return [score_booking(item, self.converse(item.turns, confirm=item.outcome == "requested"))]

    def follow_up(self, item: FollowUpItem) -> list[Outcome]:
        """A conversation whose later turns need the earlier ones."""
        return score_followup(item, self.converse([turn.text for turn in item.turns]))

    def hold(self, item: ConversationItem) -> list[Outcome]:
        """A whole conversation, with the confirmation a request still needs."""
        confirm = item.stored.outcome in ("requested", "changed")
        return score_conversation(item, self.converse([turn.text for turn in item.turns], confirm))

    def ask_all(self, sets: EvaluationSets) -> list[Outcome]:
        """Every set but the utterances, with what is found of each line."""
        outcomes: list[Outcome] = []
        for name, jobs in self._jobs(sets):
            found: list[Outcome] = []
            for number, job in enumerate(jobs, 1):
                found += job()
                if number % 10 == 0 or number == len(jobs):
                    self.progress(f"{name} {number}/{len(jobs)}, misses {sum(not o.passed for o in found)}")
            outcomes += found
        return outcomes + ordinary_alarms(outcomes)

    def _jobs(self, sets: EvaluationSets) -> Iterator[tuple[str, list[Job]]]:
        yield "answers", self._each(sets.answers, lambda item, heard: [score_answer(item, heard)])
        yield "uncovered", self._each(sets.uncovered, lambda item, heard: [score_uncovered(item, heard)])
        yield "followups", [partial(self.follow_up, item) for item in sets.followups + sets.followups_2]
        yield "several", self._each(sets.several, score_several)
        yield "conversations", [partial(self.hold, item) for item in sets.conversations]
        yield "changes", [partial(self.hold, item) for item in sets.changes]
        yield "booking", [partial(self.book, item) for item in sets.booking]
        yield "smalltalk", self._each(sets.smalltalk, lambda item, heard: [score_smalltalk(item, heard)])
        yield "redflags", self._each(sets.redflags, score_red_flag)
        alike, plain = (partial(score_calm, f"{name}, no false alarm") for name in ("look-alikes", "ordinary"))
        lookalikes = sets.lookalikes + sets.notflags
        yield "lookalikes", self._each(lookalikes, lambda item, heard: [alike(item, heard)])
        yield "ordinary", self._each(sets.ordinary, lambda item, heard: [plain(item, heard)])

    def _each(self, items: Iterable[Asked], score: Callable[[Asked, Exchange], list[Outcome]]) -> list[Job]:
        def job(item: Asked) -> list[Outcome]:
            return score(item, self.ask(item.text))

        return [partial(job, item) for item in items]


def ordinary_alarms(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """One outcome for each question of the answers, uncovered and follow-ups: no reply to it is urgent."""
    asked = [o for o in outcomes if o.measure.startswith(("answers", "uncovered", "follow-ups"))]
    found = []
    for outcome in asked:
        alarm = any(reply.kind == "urgent" for reply in outcome.exchanges[-1].replies)
        why = "a false alarm" if alarm else ""
        group = outcome.measure.partition(",")[0]
        found.append(Outcome("questions, no false alarm", outcome.id, group, not alarm, why, outcome.exchanges))
    return found
