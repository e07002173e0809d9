"""Files that people edit: every fault has its file and line, and an edit leaves all other bytes alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from language.data_file import DataFileError, load, read

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(ROOT.glob("data/**/*.yml"))


def write(folder: Path, data: bytes) -> Path:
    path = folder / "some.yml"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_that_is_read_and_saved_is_the_same_to_the_byte(path: Path, tmp_path: Path) -> None:
    copy = write(tmp_path, path.read_bytes())
    load(copy).save()
    assert copy.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_an_edit_touches_its_own_line_and_no_other(path: Path, data: st.DataObject) -> None:
    document = read(path)
    before = document.text.encode().split(b"\n")
    at = data.draw(st.integers(1, len(document.lines)))
    document.insert(at, "# a remark with an é")
    assert document.text.encode().split(b"\n") == [
        *before[: at - 1],
        "# a remark with an é".encode(),
        *before[at - 1 :],
    ]
    document.remove(at)
    assert document.text.encode() == path.read_bytes()
    document.replace(at, "# something else")
    assert [one for one, two in zip(document.text.encode().split(b"\n"), before, strict=True) if one != two] in (
        [b"# something else"],
        [],
    )


@pytest.mark.parametrize(
    ("data", "line", "problem"),
    [
        (b"nlu:\n- intent: caf\xe9\n", 2, "not UTF-8 text"),
        ("a: 1\nb: x\u008dy\n".encode(), 2, "U\\+008D"),
        (b"a: [1, 2\nb: 3\n", 2, "not valid YAML"),
        (b"a: 1\n\tb: 2\n", 2, "not valid YAML"),
        (b"a: 1\na: 2\n", 2, "not valid YAML"),
    ],
)
def test_a_fault_is_told_with_its_file_and_line(tmp_path: Path, data: bytes, line: int, problem: str) -> None:
    with pytest.raises(DataFileError, match=problem) as told:
        load(write(tmp_path, data))
    assert told.value.line == line
    assert str(told.value).startswith(f"some.yml:{line}: ")


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"none\.yml: cannot be read"):
        load(tmp_path / "none.yml")


def test_line_ends_and_a_byte_order_mark_stay(tmp_path: Path) -> None:
    path = write(tmp_path, b"\xef\xbb\xbfa: 1\r\n# note\r\nb: 2")
    document = load(path)
    assert document.plain == {"a": 1, "b": 2}
    document.insert(4, "c: 3")
    document.replace(1, "\ufeffa: 9")
    document.save()
    assert path.read_bytes() == b"\xef\xbb\xbfa: 9\r\n# note\r\nb: 2\r\nc: 3\r\n"


def test_an_edit_that_breaks_the_file_is_not_written(tmp_path: Path) -> None:
    path = write(tmp_path, b"a: 1\n")
    document = load(path)
    document.replace(1, "a: [1")
    with pytest.raises(DataFileError):
        document.save()
    assert path.read_bytes() == b"a: 1\n"
    assert list(tmp_path.iterdir()) == [path]
