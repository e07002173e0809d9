"""From changes to a model that answers: learned aside, compared, refused or published, with every step told."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from clinic.teaching.added_utterances import added_of
from clinic.teaching.changes_store import Changes
from clinic.teaching.comparison import Comparison, compare, read_labelled
from clinic.teaching.confusion import told_by_intent
from clinic.teaching.findings import SHOWN, Found, told_of
from clinic.teaching.fingerprint import fingerprint
from clinic.teaching.gate import at_risk, lost, newly_raised, read_emergencies, read_harmless, told_along
from clinic.teaching.learning import State, is_as_before, keep_state, may_be_quick, read_state, state_of
from clinic.teaching.learning_desk import Learner, LearningDesk
from clinic.teaching.releases import ModelError, Note, Release, go_back, publish, published_or_none
from clinic.teaching.run_thread import Refused as Refused
from clinic.teaching.run_thread import Result, Tell, run_aside
from clinic.teaching.runs_store import Run, Runs
from clinic.teaching.training import candidates_of, name_of

QUICK, FLAGS, WHOLE = "intents alone", "intents and red flags", "whole training"


class Doors(Protocol):
    """What publishing needs of the engine."""

    def train(self, folder: Path, name: str) -> Path:
        """A whole training; raises TrainingFailed."""

    def swap(self, release: Release) -> str:
        """Take a published model into the running engine; a sentence on what came of it."""

    def alarms_quick(self, texts: list[str], candidate: Path | None) -> list[bool]:
        """Which texts raise a card, with the live model or a candidate's intents."""

    def guesses(self, texts: list[str], candidate: Path) -> list[str]:
        """What each text is taken for with a candidate's intents, `nlu_fallback` where none is trusted."""

    def reply(self, text: str, candidate: Path | None) -> str:
        """What a visitor would be told to it, by the live model or by a candidate's intents; raises Problem."""

    def alarms_whole(self, texts: list[str], candidate: Path | None) -> list[bool]:
        """The same, with the candidate as a whole."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Who wants what and why; `override` publishes in spite of a refusal."""

    kind: str
    who: str
    why: str = ""
    override: bool = False


def how_of(root: Path, now: State, live: Release | None) -> str:
    """How what is taught now is learned, given the live model."""
    if live is None or not may_be_quick(now, state_of(root, live.whole)):
        return WHOLE
    return QUICK if is_as_before(now, state_of(root, live.file)) else FLAGS


class Publishing:
    """Runs one at a time, each in a thread of its own; the learning itself happens in the learner's process."""

    def __init__(self, root: Path, desk: LearningDesk, doors: Doors, stores: tuple[Runs, Changes]) -> None:
        self._root, self._desk, self._doors = root, desk, doors
        self.runs, self._changes = stores
        self.faults: Callable[[], list[str]] = list
        self.needs_two = False
        desk.compared = self._compared

    def start(self, wish: Wish) -> Run | None:
        """Begin a run and return at once; None while another one runs.

        With `needs_two` it raises Refused for whoever saved the last change that waits: somebody else publishes it.
        """
        if wish.kind == "publish" and self.needs_two and self.is_last_of(wish.who):
            raise Refused("You saved the last change. Somebody else has to look at the changes and publish them.")
        run = self.runs.begin(wish.kind, wish.who, wish.why)
        if run is not None:
            run_aside(self.runs, run.number, lambda tell, result: self._work(wish, tell, result))
        return run

    def is_last_of(self, who: str) -> bool:
        """Whether the last change that waits is of that name; what was edited by hand is nobody's."""
        newest = self._changes.open(1)
        return bool(newest) and newest[0].who == who

    def cancel(self, number: int) -> bool:
        """Stop a run; nothing of it is published. Whether there was one."""
        if not self.runs.cancel(number):
            return False
        self._desk.stop()
        return True

    def replies(self, text: str, candidate: str) -> tuple[str, str]:
        """What the live model and a candidate would tell a visitor; raises Problem, also where it is gone."""
        path = candidates_of(self._root) / Path(candidate).name
        if not path.is_file():
            raise ModelError("The candidate of this run is not kept any more: try again, then compare.")
        return self._doors.reply(text, None), self._doors.reply(text, path)

    def go_back(self, who: str, file: str = "") -> tuple[Release, str]:
        """Take an earlier model at once, and say what came of it; raises ModelError."""
        release = go_back(self._root, file, who)
        return release, self._doors.swap(release)

    def _work(self, wish: Wish, tell: Tell, result: Result) -> tuple[str, str]:
        began = time.monotonic()
        tell("reading the files")
        if faults := self.faults():
            result["faults"] = faults[:SHOWN]
            raise Refused(f"{len(faults)} lines cannot be learned as they are; mend them first.")
        waiting = [one.id for one in self._changes.open()]
        found = self._learn(tell, result)
        result.update(told_of(found))
        if result["how"] != WHOLE:
            result["added"] = added_of(self._root, self._changes.open(), found.candidate, self._doors)[:SHOWN]
        if wish.kind == "try":
            return "done", ""
        if (reasons := found.reasons()) and not wish.override:
            raise Refused("Not published; visitors are answered as before. " + " ".join(reasons))
        tell("publishing")
        release = self._publish(found, wish)
        self._changes.mark_published(waiting, release.file)
        tell(self._doors.swap(release))
        with self._desk.learner():
            pass  # it goes on from what is live now
        result["seconds"] = round(time.monotonic() - began, 1)
        return "done", release.file

    def _learn(self, tell: Tell, result: Result) -> Found:
        release = published_or_none(self._root)
        state = read_state(self._root)
        result["how"] = how = how_of(self._root, state, release)
        made_of = fingerprint(self._root)
        folder, name = candidates_of(self._root), name_of(made_of)
        if how == WHOLE:
            tell("more than examples changed, so everything is trained: a minute or two")
            self._doors.train(folder, name)
        candidate = folder / f"{name}.tar.gz"
        note = Note(made_of, release.whole if how != WHOLE and release else "")
        with self._desk.learner() as learner:
            if how != WHOLE:
                learner.learn(candidate, tell)
            tell("comparing")
            comparison, told = self._compare(learner, candidate)
            emergencies = read_emergencies(self._root)
            result.update(told, emergencies=len(emergencies))
            missed = self._missed(how, learner, candidate, emergencies, tell)
            if how == FLAGS:
                harmless = read_harmless(self._root)
                tell(f"asking {len(harmless)} messages that must raise none")
                result["newly_raised"] = newly_raised(harmless, candidate, told_along(learner.raised, tell))[:SHOWN]
        return Found(candidate, note, state, comparison, tuple(missed))

    def _missed(self, how: str, learner: Learner, candidate: Path, emergencies: list[str], tell: Tell) -> list[str]:
        """The emergencies that would raise a card no more."""
        if how != QUICK:
            tell(f"asking {len(emergencies)} emergencies")
            alarms = told_along(learner.raised, tell) if how == FLAGS else self._doors.alarms_whole
            return lost(emergencies, candidate, alarms)
        risky = at_risk(emergencies, learner.guess(emergencies), learner.guess(emergencies, candidate))
        tell(f"asking {len(risky)} of {len(emergencies)} emergencies")
        return lost(risky, candidate, self._doors.alarms_quick)

    def _compare(self, learner: Learner, candidate: Path) -> tuple[Comparison, dict[str, object]]:
        """The candidate beside the live model, and the same told by intent."""
        labelled = read_labelled(self._root / "tests" / "evaluation" / "tuning")
        if not labelled:
            return compare([], [], []), {}
        texts = [one.text for one in labelled]
        before, after = learner.guess(texts), learner.guess(texts, candidate)
        compared = compare(labelled, [one[0]["name"] for one in before], [one[0]["name"] for one in after])
        return compared, told_by_intent(labelled, before, after)

    def _compared(self) -> list[str]:
        labelled = read_labelled(self._root / "tests" / "evaluation" / "tuning")
        return [*(one.text for one in labelled), *read_emergencies(self._root), *read_harmless(self._root)]

    def _publish(self, found: Found, wish: Wish) -> Release:
        why = f"{wish.why} (in spite of: {' '.join(found.reasons())})" if found.reasons() else wish.why
        note = Note(found.note.made_of, found.note.base, wish.who, why)
        release = publish(self._root, found.candidate, note)
        keep_state(self._root, release, found.state)
        return release
