"""What trainers do to utterances in the studio, each as they would say it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from fastapi.testclient import TestClient

from clinic.accounts.model import Role
from tests.staff.conftest import csrf_of

SignIn = Callable[[Role], TestClient]
NLU = "data/nlu/questions.yml"


def post(client: TestClient, path: str, **fields: str) -> str:
    """The place a form leads to; its page where it is refused."""
    answer = client.post(path, data={"csrf": csrf_of(client), **fields})
    return answer.headers.get("location", answer.text)


def files(project: Path) -> dict[str, bytes]:
    return {str(one): one.read_bytes() for one in sorted((project / "data" / "nlu").iterdir())}


def test_an_utterance_is_added_listed_as_a_change_and_undone(sign_in: SignIn, project: Path) -> None:
    client, before = sign_in("trainer"), files(project)
    place = post(client, "/studio/add", intent="ask_causes", text=" - is it cos of my wonky arches ")
    page = client.get(place).text
    assert "is it cos of my wonky arches" in page
    assert "- is it cos of my wonky arches\n" in (project / NLU).read_text()
    assert "Changes (1)" in page
    assert "is it cos of my wonky arches" in client.get("/studio/changes").text
    change = place.partition("done=")[2]
    assert post(client, f"/studio/changes/{change}/undo", back="/studio/intents/ask_causes")
    assert files(project) == before
    assert "Nothing waits to be published" in client.get("/studio/changes").text


def test_the_same_words_are_not_taught_twice(sign_in: SignIn, project: Path) -> None:
    client, before = sign_in("trainer"), files(project)
    assert "taught already: data/nlu/questions.yml" in post(
        client, "/studio/add", intent="greet", text="So what IS it, then?"
    )
    assert "somebody&#39;s details" in post(client, "/studio/add", intent="greet", text="hi, its jo@example.org here")
    assert "is no intent of domain.yml" in post(client, "/studio/add", intent="ask_weather", text="will it rain")
    assert "bracket without its pair" in post(client, "/studio/add", intent="greet", text="hello [you(there")
    assert files(project) == before


def pick(client: TestClient, words: str) -> tuple[str, str]:
    found = re.search(r'name="(pick:[^"]+)" value="([^"]+)"', client.get(f"/studio?q={words}").text)
    assert found
    return found[1], found[2]


def test_an_utterance_is_edited_moved_and_taken_out(sign_in: SignIn, project: Path) -> None:
    client = sign_in("trainer")
    post(client, "/studio/add", intent="ask_causes", text="wonky arches then")
    name, raw = pick(client, "wonky+arches+then")
    at = name.removeprefix("pick:")
    assert "wonky arches then" in client.get("/studio/utterance", params={"at": at}).text
    edited = {"at": at, "raw": raw, "intent": "ask_causes", "text": "wonkier arches then", "do": "save"}
    post(client, "/studio/utterance", **edited)
    assert "somebody else meanwhile" in post(client, "/studio/utterance", **edited)
    name, raw = pick(client, "wonkier")
    post(client, "/studio/many", to="ask_risk_groups", do="move", intent="ask_causes", **{name: raw})
    assert "ask_risk_groups" in client.get("/studio?q=wonkier").text
    name, raw = pick(client, "wonkier")
    post(client, "/studio/many", do="take out", intent="ask_risk_groups", **{name: raw})
    assert "No utterance holds these words" in client.get("/studio?q=wonkier").text


def test_ten_thousand_pasted_lines_are_sorted_counted_and_named(sign_in: SignIn, project: Path) -> None:
    client, before = sign_in("trainer"), files(project)
    lines = [f"{number}. does lamp post number {number} cause it" for number in range(9_900)]
    lines += ["So what is it then?", "thank you", "...", "ring me on 07700 900123", "does lamp post number 7 cause it"]
    looked = client.post(
        "/studio/paste",
        data={"csrf": csrf_of(client), "intent": "ask_definition", "lines": "\n".join(lines), "do": "look"},
    ).text
    assert "9900 new, 5 left out" in looked
    for why in (
        "there already",
        "taught as another intent",
        "no utterance",
        "holds somebody&#39;s details",
        "twice in what",
    ):
        assert f"1: {why}" in looked
    assert files(project) == before
    post(client, "/studio/paste", intent="ask_definition", lines="\n".join(lines), do="add")
    assert "- does lamp post number 9899 cause it\n" in (project / NLU).read_text()


def test_twenty_thousand_utterances_are_shown_page_by_page(sign_in: SignIn, project: Path) -> None:
    lines = "".join(f"    - lamp post number {number}\n" for number in range(20_000))
    path = project / "data" / "nlu" / "zz.yml"
    path.write_text(f'version: "3.1"\nnlu:\n- intent: ask_causes\n  examples: |\n{lines}')
    client = sign_in("trainer")
    assert "lamp post number 19999" in client.get("/studio/intents/ask_causes").text
    assert "lamp post number 0<" in client.get("/studio/intents/ask_causes?q=lamp+post&from=0").text


def test_only_trainers_and_above_get_in(sign_in: SignIn) -> None:
    assert sign_in("staff").get("/studio").status_code == 403
    assert sign_in("clinician").get("/studio").status_code == 200
