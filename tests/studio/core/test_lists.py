"""Synonyms, lookups, red-flag examples, questions, names, lay words and texts: each taught as an utterance is."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from clinic.accounts.model import Role
from clinic.teaching import list_files
from clinic.teaching.lay_word_lines import read_entries
from clinic.teaching.list_kinds import KINDS
from clinic.teaching.response_lines import read_texts
from language.data_file import load, read
from tests.staff.conftest import csrf_of

SignIn = Callable[[Role], TestClient]
WORDS = "the quick brown kettle hums"


@pytest.fixture
def project(project: Path) -> Path:
    """The project with three lines in each list: what is read in full elsewhere takes seconds to check."""
    for kind in KINDS.values():
        for of in reversed(kind.read(project)):
            path = project / of.path
            document = read(path)
            for line in reversed(of.lines[3:]):
                document.remove(line.line)
            path.write_text(document.text, "utf-8")
    return project


def post(client: TestClient, place: str, **fields: str) -> str:
    """The place a form leads to; its page where it is refused."""
    answer = client.post(place, data={"csrf": csrf_of(client), **fields})
    return answer.headers.get("location", unescape(answer.text))


def files(project: Path) -> dict[str, bytes]:
    return {str(one): one.read_bytes() for one in sorted((project / "data").rglob("*.yml"))}


def changed(project: Path, before: dict[str, bytes]) -> tuple[list[str], list[str]]:
    """The lines that went and those that came, over all files."""
    old = [line for text in before.values() for line in text.decode().splitlines()]
    new = [line for text in files(project).values() for line in text.decode().splitlines()]
    gone, come = set(old) - set(new), set(new) - set(old)
    return [line for line in old if line in gone], [line for line in new if line in come]


def undo(client: TestClient, place: str) -> None:
    (change,) = re.findall(r"done=(\w+)", place)
    post(client, f"/studio/changes/{change}/undo")


@pytest.mark.parametrize("name", KINDS)
def test_a_line_of_every_list_is_added_found_edited_taken_out_and_undone(
    sign_in: SignIn, project: Path, name: str
) -> None:
    client, before = sign_in("trainer"), files(project)
    of = KINDS[name].read(project)[-1]
    place = post(client, f"/studio/lists/{name}", text=WORDS, list=of.name)
    assert changed(project, before) == ([], [f"{of.lead}{WORDS}"])
    page = client.get(f"/studio/lists/{name}?q=quick+kettle").text
    (at,) = re.findall(r'line\?at=([^"]+)"', page)
    edited = client.get(f"/studio/lists/{name}/line?at={at}").text
    (raw,) = re.findall(r'name="raw" value="([^"]+)"', edited)
    told = {"at": at.replace("%3A", ":").replace("%2F", "/"), "raw": unescape(raw), "list": of.name}
    second = post(client, f"/studio/lists/{name}/line", **told, text="the slow brown kettle hums", do="save")
    assert changed(project, before) == ([], [f"{of.lead}the slow brown kettle hums"])
    undo(client, second)
    third = post(client, f"/studio/lists/{name}/line", **told, do="take out")
    assert files(project) == before
    undo(client, third)
    undo(client, place)
    assert files(project) == before


@pytest.mark.parametrize("name", KINDS)
def test_what_stands_there_already_is_refused_and_what_was_typed_stays(
    sign_in: SignIn, project: Path, name: str
) -> None:
    client, before = sign_in("trainer"), files(project)
    of = KINDS[name].read(project)[0]
    page = post(client, f"/studio/lists/{name}", text=of.lines[0].text.upper(), list=of.name)
    assert "The same words stand already at" in page
    assert of.lines[0].text.upper() in page
    assert "details" in post(client, f"/studio/lists/{name}", text="ring 07700 900123", list=of.name)
    assert "There are no words" in post(client, f"/studio/lists/{name}", text=" ... ", list=of.name)
    assert files(project) == before


def test_the_lists_are_read_as_yaml_reads_them(project: Path) -> None:
    flags = load(project / list_files.FLAGS).plain["flags"]
    read = {one.name: [line.text for line in one.lines] for one in list_files.read_look_alikes(project)}
    assert read == {one["name"]: _lines(one["look_alikes"]) for one in flags if "look_alikes" in one}
    names = load(project / list_files.CONDITIONS).plain
    assert {one.name: [it.text for it in one.lines] for one in list_files.read_conditions(project)} == names
    asked = load(next((project / "data/articles").glob("*.asked.yml"))).plain
    assert [line.text for one in list_files.read_unanswered(project) for line in one.lines] == asked["unanswered"]
    assert [[line.text for line in one.lines] for one in list_files.read_asked(project)] == list(
        asked["asked"].values()
    )
    assert {one.name: one.text for one in read_texts(project)} == load(project / "data/responses.yml").plain
    lay = load(project / "data/lay_words.yml").plain["lay_words"]
    assert [(list(one.said), one.means) for one in read_entries(project)] == [(it["say"], it["means"]) for it in lay]


def _lines(block: str) -> list[str]:
    return [line.strip() for line in block.splitlines() if line.strip()]


def test_a_synonym_and_a_lookup_begin_a_list_of_their_own(sign_in: SignIn, project: Path) -> None:
    client, before = sign_in("trainer"), files(project)
    place = post(client, "/studio/lists/synonyms", text="wobbly arches", new="fallen arches")
    gone, come = changed(project, before)
    assert (gone, come) == ([], ["- synonym: fallen arches", "    - wobbly arches"])
    found = next(one for one in list_files.read_synonyms(project) if one.name == "fallen arches")
    told = {"at": found.lines[0].key, "raw": found.lines[0].raw, "list": found.name}
    post(client, "/studio/lists/synonyms/line", **told, do="take out")
    assert not any(one.name == "fallen arches" for one in list_files.read_synonyms(project))
    assert "is no entity of domain.yml" in post(client, "/studio/lists/lookups", text="ukulele", new="instrument")
    assert place


def test_the_last_line_of_a_lookup_stays(sign_in: SignIn, project: Path) -> None:
    client = sign_in("trainer")
    of = min(list_files.read_lookups(project), key=lambda one: len(one.lines))
    for line in reversed(of.lines):
        said = post(client, "/studio/lists/lookups/line", at=line.key, raw=line.raw, do="take out", list=of.name)
    assert "may not be empty" in said


def test_a_lay_word_is_added_edited_and_taken_out(sign_in: SignIn, project: Path) -> None:
    client, before = sign_in("trainer"), files(project)
    post(client, "/studio/lay-words", said="Hoof\ntrotter", means="heel")
    assert changed(project, before) == ([], ['  - say: ["hoof", "trotter"]', "    means: heel"])
    one = read_entries(project)[-1]
    assert "stands already at data/lay_words.yml:" in post(client, "/studio/lay-words", said="HOOF", means="ankle")
    post(client, f"/studio/lay-words/{one.line}", raw=one.raw[0], said="hoof", means="yes: heel", do="save")
    assert changed(project, before)[1] == ['  - say: ["hoof"]', '    means: "yes: heel"']
    one = read_entries(project)[-1]
    post(client, f"/studio/lay-words/{one.line}", raw=one.raw[0], do="take out")
    assert files(project) == before


def test_a_text_keeps_what_has_to_stand_in_it(sign_in: SignIn, project: Path) -> None:
    client, before = sign_in("trainer"), files(project)
    lost = post(client, "/studio/responses/what_can_you_do", text="I answer questions.", do="save")
    assert "{topics} has to be in this text" in lost
    assert "I answer questions." in lost
    unknown = post(client, "/studio/responses/greet", text="Hello {dancer}!", do="save")
    assert "{dancer} may not be used here" in unknown
    assert "on its own" in post(client, "/studio/responses/greet", text="Hello {!", do="save")
    assert files(project) == before
    looked = post(client, "/studio/responses/greet", text="Welcome to {clinic_name}.", do="look")
    assert "Welcome to Flawless Physio." in looked
    place = post(client, "/studio/responses/greet", text="Welcome to {clinic_name}.\nWhat hurts?", do="save")
    assert "  Welcome to {clinic_name}. What hurts?" in changed(project, before)[1]
    undo(client, place.partition("#")[0])
    assert files(project) == before


def test_texts_are_found_by_their_words_and_variants_stand_together(sign_in: SignIn, project: Path) -> None:
    client = sign_in("trainer")
    assert "goodbye" in client.get("/studio/responses?q=take+care").text
    assert "not_covered_2" in client.get("/studio/responses/not_covered_1").text
    assert client.get("/studio/responses/nothing_of_this").status_code == 404


def test_a_file_broken_by_hand_is_named(sign_in: SignIn, project: Path) -> None:
    (project / "data/lay_words.yml").write_bytes(b"lay_words:\n  - say: [\xe9]\n")
    client = sign_in("trainer")
    assert "lay_words.yml:2: not UTF-8" in client.get("/studio/lay-words").text
    assert client.get("/studio/lists").status_code == 409


@pytest.mark.parametrize(
    ("kind", "cost"),
    [("red-flag-examples", "about 20 seconds"), ("synonyms", "A whole training"), ("questions", "Nothing is learned")],
)
def test_a_list_says_when_visitors_notice_a_change(sign_in: SignIn, project: Path, kind: str, cost: str) -> None:
    assert cost in unescape(sign_in("trainer").get(f"/studio/lists/{kind}").text)
