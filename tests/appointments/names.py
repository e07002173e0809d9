"""The names that the engine would find, by a tagger that learns from data/nlu as the engine's does."""

from __future__ import annotations

import re
import tempfile
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML

from clinic.teaching.nlu_examples import plain, read_examples
from language.person_names.model import PersonName
from language.person_names.tagger import PersonTagger
from language.person_names.training import Annotated, train

TAUGHT = Path(__file__).parents[2] / "data" / "nlu"
_MARKED = re.compile(r"\[(?P<name>[^\]]+)\]\(person\)")
_NAMING = "inform"


def find_persons(text: str) -> tuple[PersonName, ...]:
    """The likely names in a text."""
    return tuple(_tagger().find(text))


@lru_cache(maxsize=1)
def _tagger() -> PersonTagger:
    lists = YAML(typ="safe").load((TAUGHT / "names.yml").read_text(encoding="utf-8"))["nlu"]
    listed = {one["lookup"]: re.findall(r"- (.+)", one["examples"]) for one in lists if "lookup" in one}
    taught = read_examples(TAUGHT)
    examples = [_annotated(one.text) for at, one in enumerate(taught) if one.intent == _NAMING or at % 4 == 0]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "names.crf"
        train(examples, listed["given_name"], listed["family_name"], path)
        return PersonTagger.load(path)


def _annotated(marked: str) -> Annotated:
    names, text, at = [], "", 0
    for match in _MARKED.finditer(marked):
        text += plain(marked[at : match.start()])
        names.append((len(text), len(text) + len(match["name"])))
        text, at = text + match["name"], match.end()
    return Annotated(text + plain(marked[at:]), tuple(names))
