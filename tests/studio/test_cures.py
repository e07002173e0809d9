"""Each cure is a line in the right place of the right file, every other byte stays, and undo takes it out again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from clinic.db import Base, open_sessions
from clinic.knowledge.articles.files import read_with_questions
from clinic.migrations.tables import load_stores
from clinic.settings_file import load_settings
from clinic.teaching import cures
from clinic.teaching.change_model import ChangeRefused, Draft
from clinic.teaching.changes_store import Changes
from clinic.teaching.lay_word_lines import add_entry
from clinic.teaching.workspace import Workspace
from clinic.web.studio.checks import checks_of

ROOT = Path(__file__).resolve().parents[2]
SLUG = "posterior-ankle-impingement"
SENTENCE = "Posterior ankle impingement is irritation of the cartilage at the back of the ankle joint"
Make = Callable[[Draft], str]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = tmp_path / "project"
    shutil.copytree(ROOT / "data", made / "data", ignore=shutil.ignore_patterns("reading"))
    shutil.copy(ROOT / "domain.yml", made / "domain.yml")
    return made


@pytest.fixture
def workspace(root: Path, tmp_path: Path) -> Workspace:
    load_stores()
    sessions = open_sessions(f"sqlite:///{tmp_path}/clinic.db")
    Base.metadata.create_all(sessions.kw["bind"])
    return Workspace(root, tmp_path / "var", Changes(sessions), checks_of(load_settings(ROOT, {})))


def texts(root: Path) -> dict[str, bytes]:
    return {str(one.relative_to(root)): one.read_bytes() for one in root.rglob("*") if one.is_file()}


CURES = {
    "question": lambda root: cures.draft_question(root, SLUG, SENTENCE, "pai: what on earth is it"),
    "question of a sentence without any": lambda root: cures.draft_question(root, SLUG, "Wearing high", "no"),
    "left out": lambda root: cures.draft_unanswerable(root, SLUG, "is it haunted"),
    "lay word": lambda root: add_entry(root, ["Hoof"], "heel"),
    "name": lambda root: cures.draft_no_condition(root, "heel spur"),
    "red flag": lambda root: cures.draft_flag_example(
        root, "pulmonary_embolism", "my breath is gone: help", look_alike=False
    ),
    "red flag of a card within": lambda root: cures.draft_flag_example(
        root, "diabetic_foot.serious", "my toes went black, i have diabetes", look_alike=False
    ),
    "look-alike of a card within": lambda root: cures.draft_flag_example(
        root, "diabetic_foot.serious", "my nan likes liquorice", look_alike=True
    ),
}


@pytest.mark.parametrize("name", CURES)
def test_a_cure_adds_its_lines_alone_and_undo_takes_them_out_again(name: str, root: Path, workspace: Workspace) -> None:
    before = texts(root)
    change = workspace.apply("tess", lambda: CURES[name](root))
    after = texts(root)
    changed = [path for path in after if before.get(path) != after[path]]
    assert len(changed) == 1
    old, new = before[changed[0]].splitlines(), after[changed[0]].splitlines()
    more, fewer = (new, old) if len(new) > len(old) else (old, new)
    assert 1 <= len(more) - len(fewer) <= 2
    rest = iter(more)
    assert all(line in rest for line in fewer), "some other line was moved or changed"
    workspace.undo(change.id, "tess")
    assert texts(root) == before


def test_a_question_finds_the_sentence_it_was_put_beside(root: Path, workspace: Workspace) -> None:
    workspace.apply("tess", lambda: cures.draft_question(root, SLUG, SENTENCE, "pai: what on earth is it"))
    article, problems = read_with_questions(root / "data" / "articles" / f"{SLUG}.md")
    assert problems == []
    asked = [
        one for section in article.sections for one in section.sentences if "pai: what on earth is it" in one.asked
    ]
    assert [one.text.startswith(SENTENCE) for one in asked] == [True]


def test_an_article_without_questions_gets_its_first(root: Path, workspace: Workspace) -> None:
    (root / "data" / "articles" / f"{SLUG}.asked.yml").unlink()
    workspace.apply("tess", lambda: cures.draft_question(root, SLUG, SENTENCE, "what is it"))
    article, problems = read_with_questions(root / "data" / "articles" / f"{SLUG}.md")
    assert problems == []
    assert sum(len(one.asked) for section in article.sections for one in section.sentences) == 1


def test_what_stands_there_already_is_said_with_file_and_line(root: Path) -> None:
    with pytest.raises(ChangeRefused, match=r"asked\.yml:\d+: that stands there already"):
        cures.draft_question(root, SLUG, SENTENCE, "Explain posterior impingement in plain English!")


def test_a_sentence_that_is_not_the_articles_is_refused(root: Path, workspace: Workspace) -> None:
    before = texts(root)
    with pytest.raises(ChangeRefused):
        workspace.apply("tess", lambda: cures.draft_question(root, SLUG, "Nobody wrote this", "why not"))
    assert texts(root) == before


def test_every_card_takes_an_example_and_a_look_alike(root: Path) -> None:
    for card, _ in cures.card_names(root):
        for look_alike in (True, False):
            assert cures.draft_flag_example(root, card, "the quick brown kettle", look_alike=look_alike).hunks


def test_every_card_is_listed_with_its_title(root: Path) -> None:
    names = cures.card_names(root)
    assert ("pulmonary_embolism", "Possible blood clot in the lung") in names
    assert len(names) == len(dict(names)) > 10
