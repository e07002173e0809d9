"""What is found does not depend on the database."""

from __future__ import annotations

import random
from pathlib import Path

from clinic.db import open_sessions
from clinic.knowledge.answering.article_ranking import confidence, make_query, rank, top_articles
from clinic.knowledge.live_index import load_index
from clinic.knowledge.synchronisation import sync_folder
from clinic.migrations.upgrade import upgrade
from clinic.settings_file import load_settings
from tests.knowledge.conftest import WordVectors, write_article

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("heel", "ankle", "knee", "hip", "toe", "shin", "foot", "calf")
KINDS = ("pain", "sprain", "fracture", "strain", "bursitis", "impingement", "stiffness", "swelling")
ASKED = ("how is {} treated", "what causes {}", "symptoms of {}", "{} and dancing", "is {} the same as {}")


def write_articles(folder: Path) -> None:
    """128 articles that resemble one another, half of them with slugs that databases may sort differently."""
    chance = random.Random(5)
    for part in PARTS:
        for kind in KINDS:
            words = chance.sample(PARTS + KINDS, 4)
            body = f"## Symptoms\n\n{part} {kind} hurts with {words[0]}. It may come with {words[1]}.\n\n"
            body += f"## Treatment\n\nRest helps {part} {kind}. So does care of the {words[2]} and {words[3]}."
            write_article(folder, f"{part} {kind}", body)
            write_article(folder, f"{part}{kind} two", body.replace("hurts", "aches"))


def test_the_first_ten_of_three_hundred_questions_are_the_same_on_both_databases(postgres: str, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    write_articles(folder)
    vectors = WordVectors()
    names = [f"{part} {kind}" for part in PARTS for kind in KINDS]
    questions = [text.format(one, names[-at]) for at, one in enumerate(names) for text in ASKED]
    found = []
    for url in (postgres, f"sqlite:///{tmp_path / 'clinic.db'}"):
        environ = {"POINTE_VAR": str(tmp_path), "POINTE_SECRET": "secret", "POINTE_DATABASE_URL": url}
        upgrade(load_settings(ROOT, environ))
        sessions = open_sessions(url)
        sync_folder(sessions, folder, vectors)
        index = load_index(sessions, vectors, 1)
        rankings = [rank(index, make_query(vectors.encode([text])[0], text)) for text in questions]
        found.append([([index.articles[at].slug for at in top_articles(one, 10)], confidence(one)) for one in rankings])
        sessions.kw["bind"].dispose()
    assert len(questions) > 300
    assert found[0] == found[1]
