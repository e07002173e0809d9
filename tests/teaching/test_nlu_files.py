"""Files of utterances that training would read otherwise than they were meant are named, with their lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinic.teaching.nlu_files import Names, find_file_faults

ROOT = Path(__file__).parents[2]
NAMES = Names(frozenset({"greet"}), frozenset({"name"}))


def faults(folder: Path, text: str | bytes, name: str = "x.yml") -> list[str]:
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return find_file_faults(folder, NAMES)


def greet(*lines: str, version: str = '"3.1"', intent: str = "greet") -> str:
    return f"version: {version}\nnlu:\n- intent: {intent}\n  examples: |\n" + "".join(f"    - {one}\n" for one in lines)


def test_what_is_taught_has_no_such_fault() -> None:
    assert find_file_faults(ROOT / "data" / "nlu", Names.load(ROOT / "domain.yml")) == []


def test_a_good_file_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, greet("hello", "I am [Ann](name)", '[ann]{"entity": "name", "value": "Ann"} here')) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (greet("hi", intent="Ask Price"), "x.yml:5: `Ask Price` is no intent of domain.yml"),
        (greet("call [me](phone)"), "x.yml:5: `phone` is no entity of domain.yml"),
        (greet("call [07700 900123](name]"), "x.yml:5: a bracket without its pair"),
        (greet('[ann]{"entity":"name","value":"name")'), "x.yml:5: a bracket without its pair"),
        (greet("it hurts [a lot]"), "x.yml:5: a bracket without its pair at `[a lot]`"),
        (greet("[ann]{entity: name}"), "cannot be read: write `[words](entity)`"),
        (greet("hi", version='"4.0"'), "x.yml:1: the version is '4.0'"),
        (greet("hi", version="3.1"), "x.yml:1: the version is 3.1"),
        (greet("hi", "ahoy").replace("|", ">"), "x.yml:4: `examples: >` makes one utterance"),
        (greet("hi").encode() + b"    - caf\xe9\n", "x.yml:6: not UTF-8 text: save it as UTF-8"),
        (greet("hi \u008d there"), "x.yml:5: holds the character U+008D"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, text: str | bytes, fault: str) -> None:
    assert fault in "\n".join(faults(tmp_path, text))


def test_a_file_ending_in_yaml_is_checked_too(tmp_path: Path) -> None:
    assert faults(tmp_path, greet("hi", intent="nosuchintent"), "x.yaml") == [
        "x.yaml:5: `nosuchintent` is no intent of domain.yml"
    ]


@pytest.mark.parametrize(("name", "told"), [("x.json", "nothing checks it"), ("x.md", "training does not read")])
def test_a_file_that_is_read_unchecked_or_not_at_all_is_named(tmp_path: Path, name: str, told: str) -> None:
    assert told in faults(tmp_path, "{}", name)[0]


def test_of_two_files_with_faults_both_are_named(tmp_path: Path) -> None:
    faults(tmp_path, b"nlu: \xe9\n", "a.yml")
    assert [one[:5] for one in faults(tmp_path, b"nlu: [\n", "b.yml")] == ["a.yml", "b.yml"]
