"""What went wrong? As a trainer asks it, with an engine that understands one thing and the real articles."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from clinic.composition import sync_articles
from clinic.runtime.line_process import NotAnswered
from clinic.settings import Settings
from tests.studio.conftest import ROOT, Trainer
from tests.studio.heard import Heard

WHY = "/studio/why"
PARSE = {
    "intent": {"name": "ask_causes"},
    "intent_ranking": [{"name": "ask_causes", "confidence": 0.998}],
    "entities": [{"entity": "condition", "value": "sprain"}],
}


@dataclass
class Engine:
    """Takes everything for a question about causes; `named` says that it sees a condition named as well."""

    named: bool = True

    async def parse(self, texts: list[str]) -> list[dict[str, Any]]:
        return [{"text": one, **PARSE, **({} if self.named else {"entities": []})} for one in texts]


class SilentReader:
    def ask(self, request: dict[str, Any]) -> Any:
        raise NotAnswered("The part that reads articles did not start: look into var/logs.")


@pytest.fixture
def asked(trainer: Trainer) -> Callable[..., str]:
    app: Any = trainer.client.app
    app.state.engine = Engine()
    app.state.studio = replace(app.state.studio, services=replace(app.state.studio.services, reader=SilentReader()))
    return trainer.read


def test_a_part_that_does_not_answer_leaves_the_others_to_be_read(asked: Callable[..., str]) -> None:
    shown = asked(f"{WHY}?text=is+it+cos+of+my+old+sprain")
    assert "did not start" in shown
    assert "ask_causes 1.00" in shown
    assert "condition “sprain”" in shown


def test_a_logged_message_is_shown_as_the_visitor_saw_it_with_its_details_hidden(
    asked: Callable[..., str], heard: Heard
) -> None:
    who = heard.turn("ring 07700 900123 about my sprain")
    shown = asked(f"{WHY}?at={who[:8]}&turn=0")
    assert "07700" not in shown
    assert "As the visitor saw it" in shown
    assert f"{WHY}?at={who[:8]}&amp;turn=0" in asked(f"/staff/conversations/{who[:8]}")
    assert asked(f"{WHY}?at={who[:8]}&turn=5", 404)


def test_without_a_message_the_page_says_what_it_is_for(asked: Callable[..., str]) -> None:
    assert "Type a message that was answered wrongly" in asked(WHY)


def test_a_cure_is_drafted_and_told_and_a_wrong_one_says_why_not(
    asked: Callable[..., str], trainer: Trainer, settings: Settings
) -> None:
    status, place = trainer.post(f"{WHY}?text=x", kind="name", name="heel spur")
    assert status == 303
    assert "Saved: “heel spur” keeps no article from answering" in asked(place.partition("#")[0])
    assert "heel spur" not in (settings.data / "conditions.yml").read_text("utf-8")
    status, said = trainer.post(f"{WHY}?text=x", kind="name", name="heel spur")
    assert (status, "is not in the list of names" in said) == (409, True)


def test_the_coverage_rule_that_refused_is_named_and_its_cure_works(
    trainer: Trainer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taken for the right topic, and still refused: the trainer sees that a name is in the way."""
    for name, value in (("POINTE_ROOT", str(settings.root)), ("POINTE_VAR", str(settings.var))):
        monkeypatch.setitem(os.environ, name, value)
    (settings.root / "settings.yml").write_bytes((ROOT / "settings.yml").read_bytes())
    sync_articles(settings)
    app: Any = trainer.client.app
    app.state.engine = Engine(named=False)
    monkeypatch.setitem(os.environ, "PYTHONPATH", str(ROOT))
    shown = trainer.read(f"{WHY}?text=is+it+cos+of+my+old+sprain")
    assert "it names a condition that the article does not speak of (sprain)" in shown
    trainer.post(WHY, kind="name", name="sprain")
    app.state.studio.services.reader.close()
    assert "does not speak of (sprain)" not in trainer.read(f"{WHY}?text=is+it+cos+of+my+old+sprain")
    app.state.studio.services.reader.close()
