"""Articles come, change and go while visitors ask."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest
from sqlalchemy import func, select, text

from clinic.db import Sessions
from clinic.dialogue.answer_replies import reply_to
from clinic.knowledge import schema_store, store
from clinic.knowledge.answers import Question, Topic
from clinic.knowledge.articles.files import parse_article, read_folder
from clinic.knowledge.model import ArticleError
from clinic.knowledge.search.embedded_texts import texts_of
from clinic.knowledge.service import KnowledgeBase, QueryLexicon
from clinic.knowledge.synchronisation import sync_folder
from clinic.knowledge.unanswered_store import load_gaps
from language.lay_words import LayWords
from tests.knowledge.conftest import ELBOW, FOOT, ROOT, WordVectors, write_article


@pytest.fixture
def vectors() -> WordVectors:
    return WordVectors()


@pytest.fixture
def on_bunions(sessions: Sessions, folder: Path, vectors: WordVectors, words: QueryLexicon) -> KnowledgeBase:
    """A library whose one article is on bunions."""
    write_article(folder, "Bunion", FOOT)
    sync_folder(sessions, folder, vectors)
    return KnowledgeBase(sessions, vectors, words)


def test_a_second_sync_changes_nothing(sessions: Sessions, folder: Path, vectors: WordVectors) -> None:
    write_article(folder, "Bunion", FOOT)
    assert sync_folder(sessions, folder, vectors).changes.new == ("bunion",)
    version = store.read_version(sessions)
    assert sync_folder(sessions, folder, vectors).changes.unchanged == ("bunion",)
    assert store.read_version(sessions) == version


def test_what_was_stored_is_what_was_read(sessions: Sessions, folder: Path, vectors: WordVectors) -> None:
    write_article(folder, "Bunion", FOOT, updated="2024-01-31", synonyms="[hallux valgus]")
    sync_folder(sessions, folder, vectors)
    assert store.load_articles(sessions) == read_folder(folder)[0]


def test_a_changed_article_is_changed_and_its_old_words_are_gone(
    sessions: Sessions, folder: Path, vectors: WordVectors
) -> None:
    path = write_article(folder, "Bunion", FOOT)
    sync_folder(sessions, folder, vectors)
    path.write_text(path.read_text().replace("Wide shoes", "Soft shoes"))
    assert sync_folder(sessions, folder, vectors).changes.changed == ("bunion",)
    with sessions() as session:
        texts = session.scalars(select(schema_store.SectionRow.text)).all()
        rows = session.scalar(select(func.count()).select_from(schema_store.VectorRow))
    assert not any("Wide shoes" in one for one in texts)
    assert any("Soft shoes" in one for one in texts)
    wanted = {text for article in store.load_articles(sessions) for text in texts_of(article)}
    assert rows == len(wanted)


def test_a_draft_is_never_served(sessions: Sessions, folder: Path, vectors: WordVectors, words: QueryLexicon) -> None:
    write_article(folder, "Bunion", FOOT, state="draft")
    sync_folder(sessions, folder, vectors)
    library = KnowledgeBase(sessions, vectors, words)
    assert library.articles() == ()
    assert reply_to(library, Question("what is a bunion"))[0][0].kind == "not_covered"


def test_two_libraries_know_a_new_article_within_two_seconds(
    sessions: Sessions, folder: Path, vectors: WordVectors, words: QueryLexicon
) -> None:
    write_article(folder, "Bunion", FOOT)
    sync_folder(sessions, folder, vectors)
    first, second = KnowledgeBase(sessions, vectors, words), KnowledgeBase(sessions, vectors, words)
    assert len(first.articles()) == len(second.articles()) == 1
    write_article(folder, "Golfer's Elbow", ELBOW)
    sync_folder(sessions, folder, vectors)
    sleep(1.1)
    assert (
        [one.slug for one in first.articles()]
        == [one.slug for one in second.articles()]
        == [
            "bunion",
            "golfers-elbow",
        ]
    )


def test_another_process_knows_a_new_article_within_two_seconds(
    sessions: Sessions, folder: Path, on_bunions: KnowledgeBase
) -> None:
    """The other process writes; this one, already serving, sees it without a restart."""
    assert len(on_bunions.articles()) == 1
    write_article(folder, "Golfer's Elbow", ELBOW)
    url = sessions.kw["bind"].url.render_as_string(hide_password=False)
    code = (
        "import sys; from pathlib import Path; from clinic.db import open_sessions;"
        "from clinic.knowledge.synchronisation import sync_folder; from tests.knowledge.conftest import WordVectors;"
        "print(sync_folder(open_sessions(sys.argv[1]), Path(sys.argv[2]), WordVectors()).changes.new)"
    )
    subprocess.run([sys.executable, "-c", code, url, str(folder)], cwd=ROOT, check=True, capture_output=True)
    until = monotonic() + 2
    while len(on_bunions.articles()) < 2 and monotonic() < until:
        sleep(0.1)
    assert {one.slug for one in on_bunions.articles()} == {"bunion", "golfers-elbow"}


def test_an_article_removed_while_visitors_ask_leaves_whole_answers(
    sessions: Sessions, folder: Path, vectors: WordVectors, words: QueryLexicon
) -> None:
    path = write_article(folder, "Bunion", FOOT)
    write_article(folder, "Golfer's Elbow", ELBOW)
    sync_folder(sessions, folder, vectors)
    library = KnowledgeBase(sessions, vectors, words)
    kinds: list[str] = []
    topic = Topic("bunion", "symptoms", "what is a bunion")

    def ask() -> None:
        until = monotonic() + 1.5
        while monotonic() < until:
            kinds.extend(one.kind for one in reply_to(library, Question("is a bunion red and sore", topic=topic))[0])

    visitors = [Thread(target=ask) for _ in range(2)]
    for one in visitors:
        one.start()
    path.unlink()
    assert sync_folder(sessions, folder, vectors).changes.removed == ("bunion",)
    for one in visitors:
        one.join()
    assert kinds
    assert set(kinds) <= {"answer", "not_covered"}
    sleep(1.1)
    assert [one.slug for one in library.articles()] == ["golfers-elbow"]


def test_a_lost_index_leaves_the_last_good_state(sessions: Sessions, on_bunions: KnowledgeBase) -> None:
    assert len(on_bunions.articles()) == 1
    with sessions.begin() as session:
        session.execute(text("DROP TABLE corpus_version"))
    sleep(1.1)
    assert [one.slug for one in on_bunions.articles()] == ["bunion"]
    assert reply_to(on_bunions, Question("is a bunion red and sore"))[0]


def test_a_lay_word_for_an_articles_name_is_read_as_the_name(words: QueryLexicon, on_bunions: KnowledgeBase) -> None:
    assert on_bunions.fresh()[1].correct("what is a knobbletoe") == "what is a knobbletoe"
    on_bunions.use_words(replace(words, lay=LayWords({"knobbletoe": "bunion", "gristle": "cartilage"})))
    assert on_bunions.fresh()[1].correct("is gristle what a knobbletoe is") == "is gristle what a bunion is"


def test_a_broken_file_keeps_its_last_good_state(sessions: Sessions, folder: Path, vectors: WordVectors) -> None:
    path = write_article(folder, "Bunion", FOOT)
    sync_folder(sessions, folder, vectors)
    path.write_text("no front matter at all")
    synced = sync_folder(sessions, folder, vectors)
    assert synced.problems == ("bunion.md:1: no front matter: begin with a line `---`, `title: ...`, a line `---`",)
    assert [one.slug for one in store.load_articles(sessions)] == ["bunion"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no front matter"),
        ("---\ntitle: [\n---\n\n## A\n\nB.", "not YAML"),
        ("---\nslug: a\nstate: published\n---\n\n## A\n\nB.", "no title"),
        ("---\ntitle: A\nslug: A b\nstate: published\n---\n\nB.", "x.md:3: the slug"),
        ("---\ntitle: A\nslug: a\nstate: open\n---\n\nB.", "x.md:4: state"),
        ("---\ntitle: A\nslug: a\nstate: draft\nupdated: soon\n---\n\nB.", "x.md:5: updated"),
        ("---\ntitle: A\nslug: a\nstate: draft\ncolour: red\n---\n\nB.", "x.md:5: unknown field `colour`"),
        ("---\ntitle: A\nslug: a\nstate: draft\n---\n\n## A\n", "no text"),
        ("---\ntitle: A\nslug: a\nstate: draft\n---\n\n## A {aspect=colour}\n\nB.", "x.md:7: unknown aspect `colour`"),
    ],
)
def test_a_broken_article_is_named_with_its_line(text: str, message: str) -> None:
    with pytest.raises(ArticleError, match=message.replace("(", r"\(")):
        parse_article(text, "x.md")


def test_of_two_articles_with_one_title_the_second_is_refused_by_name(folder: Path) -> None:
    write_article(folder, "Bunion", FOOT)
    write_article(folder, "Bunion", FOOT, slug="bunion-again")
    articles, problems = read_folder(folder)
    assert [one.slug for one in articles] == ["bunion-again"]
    assert problems == ["bunion.md: `bunion-again` has the same slug or title: rename one of them"]


def test_files_that_are_no_articles_are_refused_and_the_rest_go_in(folder: Path) -> None:
    write_article(folder, "Bunion", FOOT)
    (folder / "a.md").write_bytes(b"\xff\xfe\x00")
    (folder / "b.md").write_text("x" * 1_000_001)
    (folder / "c.md").write_text("")
    (folder / "d.md").write_text("---\ntitle: D\x00\n---\n")
    articles, problems = read_folder(folder)
    assert [one.slug for one in articles] == ["bunion"]
    assert [one[:4] for one in problems] == ["a.md", "b.md", "c.md", "d.md"]


def test_a_sibling_condition_is_never_answered_from_its_twin(
    sessions: Sessions, folder: Path, words: QueryLexicon, request: pytest.FixtureRequest
) -> None:
    encoder = request.getfixturevalue("encoder")
    write_article(folder, "Golfer's Elbow", ELBOW)
    sync_folder(sessions, folder, encoder)
    library = KnowledgeBase(sessions, encoder, words)
    assert reply_to(library, Question("how is golfer's elbow treated"))[0][0].kind == "answer"
    for twin in ("tennis elbow", "lateral epicondylitis", "cubital tunnel syndrome"):
        assert reply_to(library, Question(f"how is {twin} treated"))[0][0].kind == "not_covered"


def test_what_was_not_covered_is_kept_with_its_question(library: KnowledgeBase) -> None:
    reply_to(library, Question("how do I treat a frozen shoulder", asked_in="a-conversation"))
    newest = load_gaps(library._sessions, 1)[0]
    assert (newest.question, newest.reason) == ("how do I treat a frozen shoulder", "other_condition")
    assert newest.conversation_id == "a-conversation"


def test_a_question_that_nobody_could_erase_is_not_kept(library: KnowledgeBase) -> None:
    before = load_gaps(library._sessions)
    reply_to(library, Question("how do I treat a frozen shoulder"))
    assert load_gaps(library._sessions) == before


def test_what_is_kept_fresh_is_made_beside_and_no_question_waits_for_it(
    sessions: Sessions, folder: Path, vectors: WordVectors, on_bunions: KnowledgeBase
) -> None:
    on_bunions.keep_fresh()
    made_here = on_bunions.fresh()[0]
    write_article(folder, "Golfer's Elbow", ELBOW)
    sync_folder(sessions, folder, vectors)
    until = monotonic() + 20
    while on_bunions.fresh()[0] is made_here:
        assert monotonic() < until
        sleep(0.05)
    assert len(on_bunions.articles()) == 2
