"""From a change to a model that answers: compared first, refused where an emergency is lost, undone at once."""

from __future__ import annotations

import errno
import json
import os
import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from clinic.db import Base, open_sessions
from clinic.engine.trainer import LearningFailed
from clinic.migrations.tables import load_stores
from clinic.teaching.change_model import Draft, Hunk
from clinic.teaching.changes_store import Changes
from clinic.teaching.learning import read_state
from clinic.teaching.learning_desk import LearningDesk
from clinic.teaching.publishing import Publishing, Wish
from clinic.teaching.releases import Note, Release, publish, published
from clinic.teaching.runs_store import Run, Runs
from clinic.teaching.workspace import Workspace

NLU = """version: "3.1"
nlu:
- intent: ask_causes
  examples: |
    - why do I get it
- intent: report_red_flag
  examples: |
    - my chest is crushed
"""
FILE = "data/nlu/questions.yml"
EMERGENCIES = ["my chest is crushed", "I cannot feel my saddle"]
MEASURED = [{"text": "wot brings it on", "intent": "ask_causes"}, {"text": "how come", "intent": "ask_causes"}]


class FakeLearner:
    """Knows a text when the candidate's file says so: `text -> intent`."""

    def __init__(self, world: World, live: Path) -> None:
        self.world, self.live, self.alive = world, live, True

    def learn(self, into: Path, tell: Callable[[str], None]) -> dict[str, Any]:
        tell("learning")
        self.world.pause.wait(10)
        into.write_text(json.dumps(self.world.next_guesses))
        return {"utterances": 2}

    def guess(self, texts: list[str], model: Path | None = None) -> list[list[dict[str, Any]]]:
        known = json.loads((model or self.live).read_text())
        return [[{"name": known.get(text, "out_of_scope"), "confidence": 0.9}] for text in texts]

    def raised(self, texts: list[str], model: Path | None = None) -> list[bool]:
        known = json.loads((model or self.live).read_text())
        return [known.get(text) == "report_red_flag" for text in texts]

    def look(self, text: str) -> dict[str, Any]:
        return {"ranking": self.guess([text])[0], "nearest": []}

    def warm(self) -> int:
        return 2

    def take(self, model: Path) -> None:
        self.live = model

    def split(self, folds: int) -> dict[str, int]:
        return {"utterances": 2, "groups": 2}

    def fold(self, at: int) -> list[tuple[str, str, str]]:
        self.world.pause.wait(10)
        if not self.alive:
            raise LearningFailed("The learning process has ended; the live model goes on.")
        one = ("why do I get it", "ask_causes"), ("my chest is crushed", "report_red_flag")
        return [(*one[at], "ask_causes")] if at < len(one) else []

    def is_alive(self) -> bool:
        return self.alive

    def stop(self) -> None:
        self.alive = False
        self.world.pause.set()


class World:
    """A project with a live model, an engine that can be asked, and a learner that learns what it is told to."""

    def __init__(self, root: Path) -> None:
        self.root, self.pause = root, threading.Event()
        self.pause.set()
        self.swapped: list[str] = []
        self.trained = 0
        self.next_guesses = dict.fromkeys(EMERGENCIES, "report_red_flag")
        load_stores()
        sessions = open_sessions(f"sqlite:///{root / 'clinic.db'}")
        Base.metadata.create_all(sessions.kw["bind"])
        self.runs, changes = Runs(sessions), Changes(sessions)
        self.workspace = Workspace(root, root / "var", changes, {})
        self.desk = LearningDesk(root, lambda _, live: FakeLearner(self, live))
        self.publishing = Publishing(root, self.desk, self, (self.runs, changes))

    def train(self, folder: Path, name: str) -> Path:
        self.trained += 1
        made = folder / f"{name}.tar.gz"
        made.write_text(json.dumps(self.next_guesses))
        return made

    def swap(self, release: Release) -> str:
        self.swapped.append(release.file)
        return "published"

    def alarms_quick(self, texts: list[str], candidate: Path | None) -> list[bool]:
        known = self.next_guesses if candidate else dict.fromkeys(EMERGENCIES, "report_red_flag")
        return [known.get(text) == "report_red_flag" for text in texts]

    alarms_whole = alarms_quick

    def guesses(self, texts: list[str], candidate: Path) -> list[str]:
        return [self.next_guesses.get(text, "nlu_fallback") for text in texts]

    def reply(self, text: str, candidate: Path | None) -> str:
        known = self.next_guesses if candidate else {}
        return f"You asked for {known.get(text, 'something')}."

    def teach(self, text: str) -> str:
        hunk = Hunk(FILE, 5, (), (f"    - {text}",), "    - why do I get it")
        return self.workspace.apply("a-trainer", lambda: Draft("utterance added", text, (hunk,))).id

    def run(self, kind: str = "publish", override: bool = False) -> Run:
        begun = self.publishing.start(Wish(kind, "a-trainer", "wobbly arches", override))
        assert begun
        return self.ended(begun.number)

    def ended(self, number: int) -> Run:
        over = threading.Event()
        for _ in range(1000):
            run = self.runs.find(number)
            assert run
            if run.state != "running" and run.ended:
                return run
            over.wait(0.01)
        raise AssertionError("the run did not end")


@pytest.fixture
def world(tmp_path: Path) -> World:
    sets = tmp_path / "tests" / "evaluation" / "tuning"
    for folder in ("data/nlu", "models/candidates"):
        (tmp_path / folder).mkdir(parents=True)
    sets.mkdir(parents=True)
    (tmp_path / FILE).write_text(NLU)
    (tmp_path / "domain.yml").write_text("intents: [ask_causes, report_red_flag]\n")
    (sets / "utterances.jsonl").write_text("\n".join(map(json.dumps, MEASURED)))
    (sets / "notflags.jsonl").write_text(json.dumps({"text": "my foot fell asleep"}) + "\n")
    (sets / "redflags.jsonl").write_text(json.dumps({"text": EMERGENCIES[1], "flag": "cauda_equina"}) + "\n")
    live = tmp_path / "models" / "candidates" / "first.tar.gz"
    live.write_text(json.dumps(dict.fromkeys(EMERGENCIES, "report_red_flag")))
    publish(tmp_path, live, Note("then"))
    (tmp_path / "models" / "first.state.json").write_text(json.dumps(asdict(read_state(tmp_path))))
    return World(tmp_path)


def live_file(world: World) -> str:
    release = published(world.root)
    assert release
    return release.file


def test_a_change_is_learned_compared_and_published_under_its_name(world: World) -> None:
    change = world.teach("could my wobbly arches be behind it")
    world.next_guesses |= {"wot brings it on": "ask_causes"}
    run = world.run()
    assert (run.state, run.result["how"], world.trained) == ("done", "intents alone", 0)
    assert [one["text"] for one in run.result["better"]] == ["wot brings it on"]
    assert live_file(world) == run.release == world.swapped[-1]
    assert [one.id for one in world.workspace.changes.of_release(run.release)] == [change]
    assert world.workspace.changes.open() == []
    assert any("publishing" in step for step in run.steps)


def test_a_trainer_is_told_which_added_utterances_are_not_understood_yet(world: World) -> None:
    world.teach("could my wobbly arches be behind it")
    world.teach("wot brings it on then")
    world.next_guesses |= {"wot brings it on then": "ask_causes"}
    added = world.run("try").result["added"]
    assert {one["text"]: one["understood"] for one in added} == {
        "could my wobbly arches be behind it": False,
        "wot brings it on then": True,
    }


def test_trying_publishes_nothing(world: World) -> None:
    world.teach("could my wobbly arches be behind it")
    run = world.run("try")
    assert (run.state, run.release) == ("done", "")
    assert live_file(world) == "first.tar.gz"
    assert len(world.workspace.changes.open()) == 1


def test_a_model_that_loses_an_emergency_is_refused_and_the_emergency_named(world: World) -> None:
    world.teach("my chest is a bit crushed by the bar")
    world.next_guesses = {EMERGENCIES[0]: "ask_causes", EMERGENCIES[1]: "report_red_flag"}
    run = world.run()
    assert run.state == "refused"
    assert run.result["lost"] == [EMERGENCIES[0]]
    assert EMERGENCIES[0] in run.result["said"]
    assert (live_file(world), world.swapped) == ("first.tar.gz", [])


def test_an_admin_may_publish_all_the_same_and_the_history_says_so(world: World) -> None:
    world.next_guesses = {}
    run = world.run(override=True)
    release = published(world.root)
    assert run.state == "done"
    assert release
    assert release.why.startswith("wobbly arches (in spite of: 2 emergencies")


def test_what_cannot_be_read_is_refused_with_its_line(world: World) -> None:
    world.publishing.faults = lambda: ["questions.yml:6: a bracket without its pair"]
    run = world.run()
    assert (run.state, run.result["faults"]) == ("refused", ["questions.yml:6: a bracket without its pair"])


def test_an_example_of_an_emergency_is_learned_without_a_whole_training_and_every_emergency_is_asked(
    world: World,
) -> None:
    path = world.root / FILE
    path.write_text(path.read_text().replace("crushed\n", "crushed\n    - my foot is white and cold\n"))
    world.next_guesses |= dict.fromkeys(["my foot is white and cold", "my foot fell asleep"], "report_red_flag")
    run = world.run()
    assert (run.state, run.result["how"], world.trained) == ("done", "intents and red flags", 0)
    assert "asking 3 emergencies" in " ".join(run.steps)
    assert (run.result["emergencies"], run.result["newly_raised"]) == (3, ["my foot fell asleep"])
    world.teach("could my wobbly arches be behind it")
    assert world.run().result["how"] == "intents alone", "the emergencies are those of the live model again"
    path.write_text(path.read_text().replace("    - my foot is white and cold\n", "    - my foot is blue\n"))
    world.next_guesses = {EMERGENCIES[0]: "report_red_flag"}
    refused = world.run()
    assert (refused.state, refused.result["lost"]) == ("refused", [EMERGENCIES[1]])


def test_a_full_disk_while_learning_is_told_and_the_live_model_goes_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(FakeLearner, "learn", full)
    run = world.run()
    assert run.state == "failed"
    assert "live model goes on. No space left on device" in run.result["said"]
    assert (live_file(world), world.swapped) == ("first.tar.gz", [])


def test_a_learner_that_is_killed_half_way_is_told_and_the_next_run_has_a_new_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(learner: FakeLearner, *_: object) -> None:
        learner.alive = False
        raise LearningFailed("Nothing was learned; the live model goes on. It said: nothing")

    with monkeypatch.context() as patched:
        patched.setattr(FakeLearner, "learn", killed)
        run = world.run()
    assert (run.state, live_file(world)) == ("failed", "first.tar.gz")
    assert "live model goes on" in run.result["said"]
    assert world.run().state == "done"


def test_more_than_an_example_is_a_whole_training(world: World) -> None:
    path = world.root / FILE
    path.write_text(path.read_text().replace("my chest is crushed", "my [chest](body_part) is crushed"))
    run = world.run()
    assert (run.state, run.result["how"], world.trained) == ("done", "whole training", 1)
    again = world.run()
    assert again.result["how"] == "intents alone"


def test_one_run_at_a_time_and_a_cancelled_one_publishes_nothing(world: World) -> None:
    world.pause.clear()
    begun = world.publishing.start(Wish("publish", "a-trainer"))
    assert begun
    assert world.publishing.start(Wish("publish", "b-trainer")) is None
    assert world.publishing.cancel(begun.number)
    run = world.ended(begun.number)
    assert run.state == "cancelled"
    assert live_file(world) == "first.tar.gz"
    assert not world.publishing.cancel(begun.number)
    assert world.run("try").state == "done"


def test_going_back_is_at_once_and_there_is_a_way_forward_again(world: World) -> None:
    world.teach("could my wobbly arches be behind it")
    new = world.run().release
    assert world.publishing.go_back("a-trainer")[0].file == "first.tar.gz"
    assert (live_file(world), world.swapped[-1]) == ("first.tar.gz", "first.tar.gz")
    assert world.publishing.go_back("a-trainer", new)[0].file == new
