"""Utterances in the files of a real project: read as training reads them, and written without a byte beside them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic.teaching.change_model import ChangeRefused, Draft
from clinic.teaching.hunks import apply_hunks, write_all
from clinic.teaching.nlu_examples import read_file
from clinic.teaching.utterance_index import Block, Snapshot, UtteranceIndex, scan
from clinic.teaching.utterances import add, chosen, edit, move, take_out, tidy
from language.data_file import Document, read

ROOT = Path(__file__).resolve().parents[2]
LINES = (
    'version: "3.1"',
    "nlu:",
    "# Where it comes from.",
    "- intent: ask_causes",
    "  metadata:",
    "    source: inbox",
    "  examples: |",
    "    - why me",
    "    - why me?",
    "    - how come",
    "",
    "- synonym: ankle",
    "- intent: ask_price",
    "  examples: |",
    "    - what is it",
)
FILES = sorted((ROOT / "data" / "nlu").glob("*.yml"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "data" / "nlu", tmp_path / "data" / "nlu")
    return tmp_path


def written(root: Path, draft: Draft) -> Draft:
    texts, placed = apply_hunks(root, draft.hunks)
    write_all(texts)
    return Draft(draft.kind, draft.summary, placed)


def undone(root: Path, draft: Draft) -> None:
    written(root, Draft("undone", "", tuple(one.turned() for one in reversed(draft.hunks))))


def bytes_of(root: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in sorted((root / "data" / "nlu").iterdir())}


@pytest.mark.parametrize("path", FILES, ids=lambda one: one.name)
def test_every_file_is_read_as_training_reads_it(path: Path) -> None:
    found = [one for _, listed in scan(path.name, read(path)) for one in listed]
    assert [(one.text, one.intent, one.line) for one in found] == [
        (one.text, one.intent, one.line) for one in read_file(path)
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda one: one.name)
@settings(max_examples=20, deadline=None)
@given(st.data())
def test_what_is_added_and_taken_out_again_leaves_the_same_bytes(path: Path, data: st.DataObject) -> None:
    text = path.read_text(encoding="utf-8")
    listed = list(scan(path.name, Document(path, text)))
    if not listed:
        return
    block: Block = data.draw(st.sampled_from([one for one, _ in listed]))
    letters = st.characters(categories=["L", "N", "P", "S"])
    words = data.draw(st.text(letters, min_size=1, max_size=40).map(lambda it: f"zz{it}"))
    document = Document(path, text)
    document.insert(block.end, f"{block.indent}- {words}")
    after = dict(scan(path.name, document))
    assert [one for one in text.split("\n") if one not in document.text.split("\n")] == []
    grown = next(found for it, found in after.items() if it.intent == block.intent and it.end == block.end + 1)
    assert grown[-1].text == words
    document.remove(block.end)
    assert document.text == text


def test_added_edited_moved_taken_out_and_undone_one_by_one_to_the_same_bytes(root: Path) -> None:
    index, before = UtteranceIndex(root), bytes_of(root)
    done = []

    def step(draft: Draft) -> Snapshot:
        done.append(written(root, draft))
        return index.snapshot()

    now = step(add(index.snapshot(), "ask_causes", ["is it cos of my wonky arches", "could pogo sticks be why"]))
    (one,) = now.search("wonky arches")
    assert now.by_intent["ask_causes"]
    assert one.path == "data/nlu/questions.yml"
    now = step(edit(now, one, "is it coz of me wonky arches"))
    (one,) = now.search("wonky arches")
    now = step(move(now, [one, *now.search("pogo sticks be why")], "ask_risk_groups"))
    assert {it.intent for it in now.search("wonky arches")} == {"ask_risk_groups"}
    now = step(take_out(now, now.search("wonky arches")))
    assert now.search("wonky arches") == []
    for draft in reversed(done):
        undone(root, draft)
    assert bytes_of(root) == before


def test_what_came_from_visitors_says_so_in_the_metadata_training_keeps(root: Path) -> None:
    before = bytes_of(root)
    first = written(root, add(UtteranceIndex(root).snapshot(), "ask_causes", ["did my clogs do it"], "inbox"))
    second = written(root, add(UtteranceIndex(root).snapshot(), "ask_causes", ["is me clogs to blame"], "inbox"))
    third = written(root, add(UtteranceIndex(root).snapshot(), "greet", ["wotcha clinic"], "inbox"))
    document = read(root / "data" / "nlu" / "studio.yml")
    assert [(one["intent"], one["metadata"], one["examples"]) for one in document.plain["nlu"]] == [
        ("ask_causes", {"source": "inbox"}, "- did my clogs do it\n- is me clogs to blame\n"),
        ("greet", {"source": "inbox"}, "- wotcha clinic\n"),
    ]
    assert len(UtteranceIndex(root).snapshot().search("clogs to blame")) == 1
    for draft in (third, second, first):
        undone(root, draft)
    assert bytes_of(root) == before


def test_a_file_nobody_can_read_is_named_and_the_others_are_shown(root: Path) -> None:
    (root / "data" / "nlu" / "greek.yml").write_bytes('version: "3.1"\nnlu:\n# caf\u00e9\n'.encode("latin-1"))
    snapshot = UtteranceIndex(root).snapshot()
    assert snapshot.faults == (
        "greek.yml:3: not UTF-8 text: save it as UTF-8. Until then nothing of this file is taught or shown.",
    )
    assert snapshot.by_intent["greet"]


def test_an_edit_by_hand_is_seen_at_once(root: Path) -> None:
    index, path = UtteranceIndex(root), root / "data" / "nlu" / "questions.yml"
    index.snapshot()
    path.write_text(path.read_text().replace("- so what is it then", "- so wot is it then, eh"))
    assert index.snapshot().search("wot is it then, eh")
    (one,) = index.snapshot().search("wot is it then, eh")
    path.write_text(path.read_text().replace("nlu:", "# more\n# by hand\nnlu:", 1))
    assert chosen(index.snapshot(), [(one.key, one.raw)])[0].line == one.line + 2
    path.write_text(path.read_text().replace("wot is it then, eh", "what's it then, eh"))
    with pytest.raises(ChangeRefused, match="changed by somebody else"):
        chosen(index.snapshot(), [(one.key, one.raw)])


@pytest.mark.parametrize("intent", ["greet", "report_red_flag"])
def test_an_intent_keeps_its_last_utterance(root: Path, intent: str) -> None:
    snapshot = UtteranceIndex(root).snapshot()
    with pytest.raises(ChangeRefused, match="last utterances"):
        take_out(snapshot, snapshot.by_intent[intent])


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("  - why\tdoes it\u2028hurt ", "why does it hurt"),
        ("12. what is it", "what is it"),
        ("\u2022 where is it", "where is it"),
        ("# not a comment", "# not a comment"),
        ("'quoted' \"both\": yes", "'quoted' \"both\": yes"),
    ],
)
def test_what_is_typed_becomes_one_line(typed: str, becomes: str) -> None:
    assert tidy(typed) == becomes


@pytest.mark.parametrize("typed", ["", "...", "- ", "x" * 401, "a\u200bb", "a\x07b", "\ud800 x"])
def test_what_is_no_utterance_is_refused(typed: str) -> None:
    with pytest.raises(ChangeRefused):
        tidy(typed)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from(LINES), st.booleans()), max_size=12))
def test_read_again_after_any_edit_it_is_as_read_for_the_first_time(
    tmp_path: Path, edits: list[tuple[int, str, bool]]
) -> None:
    root, path = tmp_path, tmp_path / "data" / "nlu" / "edited.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    index, lines = UtteranceIndex(root), list(LINES)
    for number, (at, line, put) in enumerate(edits):
        where = min(at, len(lines))
        lines[where : where + (not put)] = [line] if put else []
        path.write_text("\n".join(lines), encoding="utf-8")
        os.utime(path, ns=(number + 1, number + 1))
        again, first = index.snapshot(), UtteranceIndex(root).snapshot()
        assert (again.utterances, again.blocks) == (first.utterances, first.blocks)
        assert again.by_words == first.by_words
        assert again.same_words("Why me?") == first.same_words("Why me?")
