"""Articles in the studio: written by one person, read by another, and the file stays the truth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from clinic.accounts.store import Accounts
from clinic.settings import Settings
from tests.staff.conftest import WORDS
from tests.studio.conftest import Trainer
from tests.studio.heard import SURE, Heard

LIST = "/studio/articles"
SLUG = "posterior-ankle-impingement"
PAGE = """<html><head><title>Bunions</title></head><body><article><h1>Bunions</h1>
<p>A bunion is a bony bump beside the big toe, and most people who have one are over forty and wear narrow shoes.</p>
<h2>Symptoms</h2><p>The bump can be red and sore. Shoes rub on it, and the big toe leans towards the others.</p>
<h2>Treatment</h2><p>Wide shoes take pressure off a bunion. A pad over the bump can ease it, and surgery can straighten
the toe when nothing else has helped for a long while.</p></article></body></html>"""


def file(settings: Settings, slug: str = SLUG) -> Any:
    return settings.data / "articles" / f"{slug}.md"


@pytest.fixture
def edited(trainer: Trainer, settings: Settings) -> str:
    """A draft of the shipped article with one word changed."""
    text = file(settings).read_text("utf-8").replace("dull, low-level ache", "dull ache")
    assert trainer.post(f"{LIST}/{SLUG}", do="review", text=text)[0] == 303
    return text


def test_the_list_says_state_review_and_use(trainer: Trainer, heard: Heard) -> None:
    reply = {"id": "r1", "kind": "answer", "text": "…", "sources": [{"article": SLUG}]}
    who = heard.turn("what causes it", guesses=SURE, kinds="answer", replies=[reply])
    heard.dislike(who, "r1")
    shown = trainer.read(LIST)
    assert "Posterior Ankle Impingement" in shown
    assert "never" in shown
    assert "<td>1</td><td>0</td><td>1</td>" in shown


def test_a_draft_changes_no_file_until_somebody_else_has_read_it(
    trainer: Trainer, edited: str, settings: Settings, sign_in: Callable[[str], Trainer]
) -> None:
    before = file(settings).read_bytes()
    status, said = trainer.post(f"{LIST}/{SLUG}", do="publish")
    assert (status, "Somebody else must read it first" in said) == (409, True)
    assert file(settings).read_bytes() == before
    una = sign_in("una")
    assert "<ins>+An irritable" in una.read(f"{LIST}/{SLUG}")
    assert una.post(f"{LIST}/{SLUG}", do="publish")[0] == 303
    assert file(settings).read_text("utf-8") == edited
    assert "by tess, read by una" in una.read(f"{LIST}/{SLUG}")


def test_a_file_edited_meanwhile_is_never_overwritten_unseen(
    trainer: Trainer, edited: str, settings: Settings, sign_in: Callable[[str], Trainer]
) -> None:
    by_hand = file(settings).read_text("utf-8").replace("Wearing high heels", "Wearing very high heels")
    file(settings).write_text(by_hand, "utf-8")
    una = sign_in("una")
    status, said = una.post(f"{LIST}/{SLUG}", do="publish")
    assert (status, "changed meanwhile" in said) == (409, True)
    assert file(settings).read_text("utf-8") == by_hand
    shown = una.read(f"{LIST}/{SLUG}")
    assert "<del>-An irritable" in shown
    assert "very high heels" in shown


def test_an_earlier_version_comes_back_as_a_draft(
    trainer: Trainer, edited: str, settings: Settings, sign_in: Callable[[str], Trainer]
) -> None:
    before = file(settings).read_text("utf-8")
    una = sign_in("una")
    una.post(f"{LIST}/{SLUG}", do="publish")
    una.post(f"{LIST}/{SLUG}", do="restore", number="1")
    una.post(f"{LIST}/{SLUG}", do="review", text=before)
    trainer.post(f"{LIST}/{SLUG}", do="publish")
    assert file(settings).read_text("utf-8") == before


def test_archiving_changes_the_state_and_nothing_else(trainer: Trainer, settings: Settings) -> None:
    before = file(settings).read_text("utf-8")
    trainer.post(f"{LIST}/{SLUG}", do="archive")
    assert file(settings).read_text("utf-8") == before.replace("state: published", "state: draft")
    assert "archived or draft" in trainer.read(LIST)


def test_a_pasted_page_becomes_a_draft_with_what_was_taken(trainer: Trainer, settings: Settings) -> None:
    status, shown = trainer.post(LIST, do="import", written=PAGE, source="https://example.org/bunions")
    assert status == 200
    assert "Taken: " in shown
    assert not file(settings, "bunions").exists()
    editor = trainer.read(f"{LIST}/bunions")
    assert "Wide shoes take pressure off a bunion." in editor
    assert "Taken: " in editor
    assert "What are the symptoms of bunions?" in editor


def test_a_page_as_a_browser_saves_it_is_not_too_much(trainer: Trainer) -> None:
    scripts = "<script>" + "var words = 'nothing to read';" * 8_000 + "</script>"
    body = f"<h1>Bunions</h1><h2>Symptoms</h2><p>{'They hurt in shoes. ' * 30}</p>"
    page = f"<html><head>{scripts}</head><body>{body}</body></html>"
    status, shown = trainer.post(LIST, do="import", written=page, source="https://example.org/bunions")
    assert (len(page) > 200_000, status) == (True, 200)
    assert "Taken: " in shown


def test_what_is_no_article_says_the_line(trainer: Trainer) -> None:
    assert trainer.post(LIST, do="begin", title="Sore Knees")[0] == 303
    text = (
        "---\ntitle: Sore Knees\nslug: sore-knees\nstate: draft\n---\n\n## Pain {#pain aspect=nonsense}\n\nIt hurts.\n"
    )
    status, said = trainer.post(f"{LIST}/sore-knees", do="review", text=text)
    assert status == 409
    assert "sore-knees.md:7" in said
    assert (
        "nonsense" in trainer.client.post(f"{LIST}/sore-knees/preview", data={"csrf": trainer.csrf, "text": text}).text
    )
    other = text.replace("nonsense", "symptoms").replace("slug: sore-knees", "slug: other")
    assert "the slug may not change" in trainer.post(f"{LIST}/sore-knees", do="review", text=other)[1]


def test_an_admin_may_publish_alone_with_a_reason(
    trainer: Trainer, edited: str, settings: Settings, sessions: Any, sign_in: Callable[[str], Trainer]
) -> None:
    Accounts(sessions).add("ada", "admin", WORDS)
    client = type(trainer.client)(trainer.client.app, follow_redirects=False)
    client.post("/login", data={"name": "ada", "password": WORDS})
    ada = Trainer(client)
    ada.post(f"{LIST}/{SLUG}", do="save", text=edited + "\nAnd more of it.\n")
    assert ada.post(f"{LIST}/{SLUG}", do="publish", reason="")[0] == 409
    assert ada.post(f"{LIST}/{SLUG}", do="publish", reason="a wrong dose")[0] == 303


@pytest.mark.parametrize("slug", ["../../settings", "nothing-here", "UPPER"])
def test_a_place_that_is_no_article_is_not_found(trainer: Trainer, slug: str) -> None:
    assert trainer.client.get(f"{LIST}/{slug}").status_code == 404
