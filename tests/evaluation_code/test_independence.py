import re
from pathlib import Path

from clinic.evaluation.sets import load_sets

ROOT = Path(__file__).parents[2]
ANNOTATION = re.compile(r"\[([^\]]*)\](\([^)]*\)|\{[^}]*\})")


def _words(text: str) -> str:
    return " ".join(re.sub(r"[^\w ]", " ", ANNOTATION.sub(r"\1", text).lower()).split())


def taught_lines(folder: Path) -> dict[str, str]:
    """Every line of the files the assistant is taught from, without list marks and annotations."""
    lines = {}
    for path in sorted(folder.rglob("*.yml")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            text = re.sub(r"^\s*-\s*(text:)?", "", line).strip(" \"'")
            lines[_words(text)] = f"{path.name}:{number}"
    return lines


def held_out_lines() -> set[str]:
    sets = load_sets(ROOT / "tests" / "evaluation", ["answers", "uncovered", "followups", "utterances", "smalltalk"])
    texts = [item.text for item in sets.answers] + [item.text for item in sets.uncovered]
    texts += [item.text for item in sets.utterances] + [item.text for item in sets.smalltalk]
    texts += [turn.text for item in sets.followups for turn in item.turns]
    return {_words(text) for text in texts}


def copied(folder: Path) -> dict[str, str]:
    """Held-out lines of two words or more that are taught word for word, and where."""
    held_out = held_out_lines()
    return {text: place for text, place in taught_lines(folder).items() if text in held_out and " " in text}


def test_no_held_out_line_is_taught_to_the_assistant() -> None:
    assert copied(ROOT / "data") == {}


def test_a_copied_line_would_be_found_under_its_annotations(tmp_path: Path) -> None:
    text = next(iter(load_sets(ROOT / "tests" / "evaluation", ["uncovered"]).uncovered)).text
    first, _, rest = text.partition(" ")
    (tmp_path / "copy.yml").write_text(f"nlu:\n- [{first}](word) {rest}\n", encoding="utf-8")
    assert list(copied(tmp_path).values()) == ["copy.yml:2"]
