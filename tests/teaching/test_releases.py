"""Publishing is a step of its own, every model can be gone back to, and a damaged record says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinic.teaching.releases import ModelError, Note, Release, checked_model, go_back, history, publish, published


def candidate(root: Path, name: str) -> Path:
    folder = root / "models" / "candidates"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.tar.gz"
    path.write_bytes(name.encode())
    return path


def publish_both(root: Path) -> tuple[Release, Release]:
    first = publish(root, candidate(root, "first"), Note("made of a"))
    return first, publish(root, candidate(root, "second"), Note("made of b", base=first.file, who="Sam", why="arches"))


def test_what_was_published_last_is_what_is_loaded(tmp_path: Path) -> None:
    publish_both(tmp_path)
    assert checked_model(tmp_path).name == "second.tar.gz"
    assert [one.file for one in history(tmp_path)] == ["second.tar.gz", "first.tar.gz"]


def test_going_back_publishes_the_one_before_and_coming_again_the_one_after(tmp_path: Path) -> None:
    publish_both(tmp_path)
    assert go_back(tmp_path).file == "first.tar.gz"
    assert checked_model(tmp_path).name == "first.tar.gz"
    assert go_back(tmp_path, "second").file == "second.tar.gz"


def test_a_quickly_learned_model_knows_the_whole_one_it_stands_on(tmp_path: Path) -> None:
    first, second = publish_both(tmp_path)
    assert second.whole == first.whole == "first.tar.gz"


def test_a_model_changed_on_the_disk_is_not_gone_back_to(tmp_path: Path) -> None:
    publish_both(tmp_path)
    (tmp_path / "models" / "first.tar.gz").write_bytes(b"something else")
    with pytest.raises(ModelError, match=r"first\.tar\.gz is not the file"):
        go_back(tmp_path)
    assert checked_model(tmp_path).name == "second.tar.gz"


def test_with_nothing_to_go_back_to_that_is_said(tmp_path: Path) -> None:
    publish(tmp_path, candidate(tmp_path, "only"), Note("a"))
    with pytest.raises(ModelError, match="no earlier model"):
        go_back(tmp_path)


def test_a_cut_record_is_named_and_going_back_mends_it(tmp_path: Path) -> None:
    publish_both(tmp_path)
    record = tmp_path / "models" / "published.json"
    record.write_text(record.read_text()[:20])
    with pytest.raises(ModelError, match=r"published\.json cannot be read"):
        published(tmp_path)
    assert go_back(tmp_path).file == "second.tar.gz"
    assert published(tmp_path) is not None


def test_a_line_of_the_history_that_cannot_be_read_hides_no_other(tmp_path: Path) -> None:
    publish_both(tmp_path)
    with (tmp_path / "models" / "releases.jsonl").open("a") as log:
        log.write('{"file": "cut')
    assert len(history(tmp_path)) == 2
