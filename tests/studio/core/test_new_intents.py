"""A new intent stands in domain, rule, texts and utterances at once; one in use cannot vanish."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from clinic.accounts.model import Role
from clinic.dialogue.responses import Responses
from clinic.dialogue.small_talk import small_talk
from clinic.settings import Settings
from clinic.teaching.nlu_files import Names, find_file_faults
from language.data_file import load
from tests.studio.core.conftest import ROOT
from tests.studio.core.test_lists import changed, files, post, undo

SignIn = Callable[[Role], TestClient]
NEW = {
    "name": "ask_vouchers",
    "note": "Gifts for somebody else. Not money off (ask_discounts).",
    "lines": "do you sell vouchers\ncan I give my sister a session\n- gift card for a physio?",
    "does": "action_small_talk",
    "says": "Please ring {phone} for a voucher: we post it.",
}


def everything(project: Path) -> dict[str, bytes]:
    return {**files(project), "domain": (project / "domain.yml").read_bytes()}


@pytest.fixture
def code(project: Path) -> None:
    shutil.copytree(ROOT / "clinic" / "dialogue", project / "clinic" / "dialogue")


def test_a_new_intent_is_one_change_and_undone_as_one(sign_in: SignIn, project: Path, settings: Settings) -> None:
    client, before = sign_in("trainer"), everything(project)
    place = post(client, "/studio/new-intent", **NEW)
    assert place.startswith("/studio/intents/ask_vouchers?done=")
    gone, come = changed(project, {one: text for one, text in before.items() if one != "domain"})
    assert gone == []
    assert "          - intent: ask_vouchers" in come
    assert "    - gift card for a physio?" in come
    names = Names.load(project / "domain.yml")
    assert "ask_vouchers" in names.intents
    assert find_file_faults(project / "data" / "nlu", names) == []
    assert load(project / "data/rules.yml").plain["rules"]
    page = client.get(place).text
    assert "Gifts for somebody else." in page
    responses = Responses.load(project / "data/responses.yml", settings.facts)
    assert str(settings.clinic.phone) in str(small_talk("ask_vouchers", responses, ()).text)
    assert "say_ask_vouchers" in client.get("/studio/responses?q=voucher").text
    undo(client, place)
    assert everything(project) == before


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": "Ask Vouchers"}, "small letters, digits and single underscores"),
        ({"name": "ask_price"}, "is the name of something already, at domain.yml:"),
        ({"name": "condition"}, "is the name of something already, at domain.yml:"),
        ({"note": " "}, "Say in a sentence"),
        ({"lines": "one way\ntwo ways"}, "at least 3 utterances"),
        ({"lines": "So what is it, then?\na b c\nd e f"}, "stands already at data/nlu/questions.yml"),
        ({"lines": "ring 07700 900123\nb\nc"}, "details"),
        ({"says": ""}, "Write the sentence"),
        ({"says": "It is {nonsense}."}, "{nonsense} may not be used here"),
        ({"does": "action_urgent"}, "Choose what the assistant does"),
    ],
)
def test_what_is_wrong_with_it_is_said_and_nothing_is_written(
    sign_in: SignIn, project: Path, wrong: dict[str, str], said: str
) -> None:
    client, before = sign_in("trainer"), everything(project)
    page = post(client, "/studio/new-intent", **{**NEW, **wrong})
    assert said in page
    assert {**NEW, **wrong}["name"] in page
    assert everything(project) == before


def test_a_new_intent_is_renamed_and_taken_away_with_its_utterances_moved(sign_in: SignIn, project: Path) -> None:
    client, before = sign_in("trainer"), everything(project)
    post(client, "/studio/new-intent", **NEW)
    place = post(client, "/studio/intents/ask_vouchers", do="rename", name="ask_gifts")
    assert place.startswith("/studio/intents/ask_gifts")
    assert not [one for one, text in everything(project).items() if b"ask_vouchers" in text]
    assert "3 utterances, the first at" in post(client, "/studio/intents/ask_gifts", do="take away")
    post(client, "/studio/intents/ask_gifts", do="take away", to="ask_discounts")
    assert not [one for one, text in everything(project).items() if b"ask_gifts" in text]
    assert "do you sell vouchers" in client.get("/studio/intents/ask_discounts").text
    assert everything(project)["domain"] == before["domain"]
    assert find_file_faults(project / "data" / "nlu", Names.load(project / "domain.yml")) == []


@pytest.mark.usefixtures("code")
def test_an_intent_in_use_cannot_vanish(sign_in: SignIn, project: Path) -> None:
    client, before = sign_in("trainer"), everything(project)
    said = post(client, "/studio/intents/ask_price", do="take away", to="greet")
    assert "ask_price is in use: clinic/dialogue/" in said
    said = post(client, "/studio/intents/ask_medication", do="rename", name="ask_pills")
    assert "ask_medication is in use: config.yml:" in said
    assert everything(project) == before
