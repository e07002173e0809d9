"""Red-flag cards in the studio: words edited in their place, a signature that falls with them, and who may do what."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from clinic.accounts.model import Role
from clinic.safety.flags import load_cards, load_flags
from clinic.safety.model import RedFlag
from clinic.teaching.card_lines import LONGEST, read_cards
from language.red_flag_file import split_examples, without_lists
from tests.staff.conftest import csrf_of
from tests.studio.core.test_lists import post

SignIn = Callable[[Role], TestClient]
FILE = "data/red_flags.yml"
KEY, SECOND = "stroke", "diabetic_foot.serious"
WORDS = "One side of the face that drops can need emergency care at once."


@pytest.fixture
def project(project: Path) -> Path:
    """The project with empty lists of phrases and examples: read in full the file takes seconds to check."""
    path = project / FILE
    path.write_text(without_lists(path.read_text("utf-8")), "utf-8")
    return project


def flag_of(project: Path, key: str = KEY) -> RedFlag:
    return load_cards(project / FILE)[key]


def said_to(client: TestClient, key: str, status: int = 303, **fields: str) -> str:
    """What is answered to a form of a card, with the words that the page shows now."""
    page = client.get(f"/studio/cards/{key}").text
    words = re.search(r'name="words" value="(\w+)"', page)
    assert words
    data = {"csrf": csrf_of(client), "words": words[1], "do": "save", **fields}
    answer = client.post(f"/studio/cards/{key}" + ("/sign" if "name" in fields else ""), data=data)
    assert answer.status_code == status, answer.text
    return answer.headers.get("location", answer.text)


def sign(client: TestClient, key: str = KEY) -> None:
    said_to(client, key, name="A Clinician, PH00000", read="yes")


def test_a_changed_word_is_read_by_visitors_and_no_other_byte_changes(sign_in: SignIn, project: Path) -> None:
    client, before = sign_in("trainer"), (project / FILE).read_text("utf-8").split("\n")
    said_to(client, KEY, message=WORDS)
    after = (project / FILE).read_text("utf-8").split("\n")
    changed = [at for at, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    assert [after[at] for at in changed] == [f'  message: "{WORDS}"']
    assert WORDS in flag_of(project).cards["wales"].text
    assert WORDS in client.get(f"/studio/cards/{KEY}").text
    assert f"the card {KEY} has other words: message" in client.get("/studio/changes").text


def test_a_signature_is_made_by_a_clinician_and_falls_with_a_changed_word(sign_in: SignIn, project: Path) -> None:
    clinician, trainer = sign_in("clinician"), sign_in("trainer")
    assert not flag_of(project).signed
    sign(clinician)
    assert (flag_of(project).signed, flag_of(project).signed_off_by) == (True, "A Clinician, PH00000")
    page = trainer.get(f"/studio/cards/{KEY}").text
    assert "Saving any change makes the signature of A Clinician, PH00000 fall" in page
    said_to(trainer, KEY, avoid="Do not wait for it to pass.")
    fallen = flag_of(project)
    assert (fallen.signed, fallen.signed_off_by, fallen.signed_off_on) == (False, "", "")
    assert "the signature of A Clinician, PH00000 falls" in trainer.get("/studio/changes").text
    assert "signed_off_words" not in (project / FILE).read_text("utf-8")


def test_a_second_card_has_the_signature_of_its_flag(sign_in: SignIn, project: Path) -> None:
    clinician = sign_in("clinician")
    sign(clinician, SECOND)
    assert flag_of(project, SECOND).signed
    assert flag_of(project, "diabetic_foot").signed
    said_to(clinician, SECOND, waiting="Cover it, and stay off it.")
    assert not flag_of(project, SECOND).signed
    assert not flag_of(project, "diabetic_foot").signed
    assert flag_of(project, SECOND).cards["england"].waiting == "Cover it, and stay off it."


@pytest.mark.parametrize("key", [KEY, SECOND])
def test_undone_it_is_the_same_file_to_the_last_byte(sign_in: SignIn, project: Path, key: str) -> None:
    clinician, before = sign_in("clinician"), (project / FILE).read_bytes()
    sign(clinician, key)
    signed = (project / FILE).read_bytes()
    said_to(clinician, key, avoid="Do not wait.", destination="111")
    for expected in (signed, before):
        change = re.findall(r"/studio/changes/(\w+)/undo", clinician.get("/studio/changes").text)[0]
        post(clinician, f"/studio/changes/{change}/undo")
        assert (project / FILE).read_bytes() == expected


@pytest.mark.parametrize("key", [KEY, SECOND])
def test_no_undo_leaves_a_signature_under_words_that_were_not_signed(sign_in: SignIn, project: Path, key: str) -> None:
    clinician = sign_in("clinician")
    place = said_to(clinician, key, avoid="Do not wait.")
    sign(clinician, key)
    change = place.rpartition("=")[2]
    clinician.post(f"/studio/changes/{change}/undo", data={"csrf": csrf_of(clinician)})
    assert flag_of(project, key).signed == (flag_of(project, key).cards["england"].avoid == "Do not wait.")


def test_words_that_are_edited_by_hand_after_the_signature_are_not_signed(sign_in: SignIn, project: Path) -> None:
    clinician, path = sign_in("clinician"), project / FILE
    sign(clinician)
    line = f"message: {WORDS}"
    path.write_text(
        re.sub(r"(?<=- name: stroke\n)((?:.*\n)*?)  message: .*", rf"\1  {line}", path.read_text("utf-8"), count=1),
        "utf-8",
    )
    assert not flag_of(project).signed
    assert "have been changed since" in clinician.get(f"/studio/cards/{KEY}").text


def test_each_role_may_do_what_is_its_own(sign_in: SignIn, project: Path) -> None:
    trainer, clinician, admin, staff = (sign_in(role) for role in ("trainer", "clinician", "admin", "staff"))
    assert staff.get(f"/studio/cards/{KEY}").status_code == 403
    assert staff.post(f"/studio/cards/{KEY}", data={"csrf": csrf_of(staff), "message": WORDS}).status_code == 403
    assert 'name="destination"' not in trainer.get(f"/studio/cards/{KEY}").text
    assert "Only a clinician" in said_to(trainer, KEY, 403, destination="111")
    assert "the role clinician" in said_to(trainer, KEY, 403, name="Somebody", read="yes")
    assert "Only a clinician signs" in said_to(admin, KEY, 409, name="Somebody", read="yes")
    said_to(admin, KEY, destination="A&E")
    place = said_to(clinician, KEY, destination="111")
    assert flag_of(project).destination == "111"
    undo = f"/studio/changes/{place.rpartition('=')[2]}/undo"
    assert trainer.post(undo, data={"csrf": csrf_of(trainer)}).status_code == 403
    assert clinician.post(undo, data={"csrf": csrf_of(clinician)}).status_code == 303
    assert flag_of(project).destination == "A&E"
    assert "A card sends to one of" in said_to(clinician, KEY, 400, destination="the pub")


@pytest.mark.parametrize(
    "text",
    [
        "</textarea><script>alert(1)</script>",
        'say "now" and: go # at once',
        "back\\slash \\n and ' quote",
        "{urgent_line} {0} %s ${x}",
        "- name: stroke",
        "*anchor &amp; !tag | > @ `",
        "Größe, œdème, 🦶",
    ],
)
def test_whatever_is_typed_is_words_in_the_file_and_on_the_page(sign_in: SignIn, project: Path, text: str) -> None:
    client, keys = sign_in("trainer"), list(load_flags(project / FILE))
    for field in LONGEST:
        said_to(client, KEY, **{field: f"{field} {text}"})  # type: ignore[arg-type]
    flags = load_flags(project / FILE)
    card = flags[KEY].cards["england"]
    assert (flags[KEY].title, card.meaning, card.waiting) == (f"title {text}", f"meaning {text}", f"waiting {text}")
    assert f"message {text}" in card.text
    assert list(flags) == keys
    page = client.get(f"/studio/cards/{KEY}").text
    assert escape(f"avoid {text}", quote=False).replace('"', "&#34;").replace("'", "&#39;") in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"message": "   "}, "no words in “message”"),
        ({"avoid": "go\u202enow"}, "invisible sign U+202E"),
        ({"title": "x" * 81}, "80 letters at most"),
        ({"meaning": "You may have a stroke."}, "never what somebody has"),
        ({}, "Nothing was changed"),
        ({"message": WORDS, "words": "0" * 16}, "changed by somebody else meanwhile"),
    ],
)
def test_what_cannot_be_saved_is_said_and_what_was_typed_stays(
    sign_in: SignIn, project: Path, fields: dict[str, str], problem: str
) -> None:
    client, before = sign_in("trainer"), (project / FILE).read_bytes()
    page = said_to(client, KEY, 409, **fields)
    assert problem in page
    if fields.get("message") == WORDS:
        assert WORDS in page
    assert (project / FILE).read_bytes() == before


def test_a_look_shows_how_it_would_read_and_saves_nothing(sign_in: SignIn, project: Path) -> None:
    client, before = sign_in("trainer"), (project / FILE).read_bytes()
    page = said_to(client, KEY, 200, message=WORDS, do="look")
    assert f"Call 999 now. {WORDS}" in page
    assert (project / FILE).read_bytes() == before


@pytest.mark.parametrize(
    "fields", [{"name": "", "read": "yes"}, {"name": "A Clinician"}, {"name": "A", "read": "yes", "words": "1"}]
)
def test_nothing_is_signed_unread_unnamed_or_changed_meanwhile(
    sign_in: SignIn, project: Path, fields: dict[str, str]
) -> None:
    said_to(sign_in("clinician"), KEY, 409, **fields)
    assert not flag_of(project).signed


def test_every_card_of_the_file_can_be_edited_here() -> None:
    path = Path(__file__).resolve().parents[3] / FILE
    lines = path.read_text("utf-8").split("\n")
    flags, found = load_cards(path), read_cards(lines)
    assert list(found) == list(flags)
    for key, own in found.items():
        card = flags[key].cards["england"]
        assert (own.says(lines, "meaning"), own.says(lines, "avoid")) == (card.meaning, card.avoid)
        assert own.says(lines, "message") in card.text


def test_what_a_card_says_and_who_signed_it_is_nothing_to_learn(sign_in: SignIn, project: Path) -> None:
    clinician, path = sign_in("clinician"), project / FILE
    before = split_examples(path.read_text("utf-8"))
    said_to(clinician, KEY, message=WORDS, title="A face that drops")
    sign(clinician)
    assert split_examples(path.read_text("utf-8")) == before
    said_to(clinician, KEY, destination="111")
    assert split_examples(path.read_text("utf-8")) != before


def test_a_card_that_is_none_is_not_found(sign_in: SignIn) -> None:
    client = sign_in("trainer")
    assert client.get("/studio/cards/no_such_card").status_code == 404
    assert client.post("/studio/cards/no_such_card", data={"csrf": csrf_of(client)}).status_code == 404
