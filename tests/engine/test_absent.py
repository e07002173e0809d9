"""What the engine comes without: named for Rasa's sake, refused when used, and refused early when configured."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from engine import absent
from engine.absent import NotInstalledError, absent_in

ROOT = Path(__file__).resolve().parents[2]
# As in an environment that holds none of them, whatever this one holds.
WITHOUT = (
    "import sys; from engine.absent import name_absent; name_absent(); sys.meta_path.insert(0, sys.meta_path.pop())"
)
DIET = """
recipe: default.v1
assistant_id: stock
language: en
pipeline: [{name: WhitespaceTokenizer}, {name: CountVectorsFeaturizer}, {name: DIETClassifier, epochs: 1}]
policies: [{name: RulePolicy}]
"""


@pytest.fixture
def unheard(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(absent, "ABSENT", ("unheard_of",))
    for name in [one for one in sys.modules if one.startswith("unheard_of")]:
        monkeypatch.delitem(sys.modules, name)
    return "unheard_of"


def _without(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore", "RASA_TELEMETRY_ENABLED": "false"}
    command = [sys.executable, "-c", f"{WITHOUT}\n{code}"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_a_library_that_is_not_there_can_be_imported_inherited_from_and_caught(unheard: str) -> None:
    library = import_module(f"{unheard}.deep.inside")

    class Mine(library.Base): ...  # type: ignore[name-defined]

    try:
        int("another mistake")
    except (library.errors.Broken, ValueError) as error:
        caught = error
    assert isinstance(caught, ValueError)
    assert issubclass(Mine, library.Base)


def test_its_use_is_refused_in_a_sentence_that_says_what_to_do(unheard: str) -> None:
    library = import_module(unheard)
    with pytest.raises(NotInstalledError, match=r"unheard_of is not installed.*make setup-stock"):
        library.layers.Dense(12)


def test_what_asks_whether_it_is_there_by_using_it_is_told_that_it_is_not(unheard: str) -> None:
    try:
        import_module(unheard).version()
        there = True
    except ImportError:
        there = False
    assert not there


def test_what_is_installed_is_never_answered_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(absent, "ABSENT", ("numpy", "json"))
    assert find_spec("numpy.no_such_part") is None
    assert not isinstance(import_module("json"), absent.AbsentModule)
    assert find_spec("no_such_library") is None


def test_spacy_does_not_take_the_names_for_the_library() -> None:
    from thinc import compat

    assert not compat.has_tensorflow


def test_diet_is_refused_before_training_by_name(tmp_path: Path) -> None:
    (tmp_path / "config.yml").write_text(DIET, "utf-8")
    (tmp_path / "domain.yml").write_text("intents: [greet, bye]\n", "utf-8")
    examples = "nlu:\n- {intent: greet, examples: '- hello'}\n- {intent: bye, examples: '- goodbye'}\n"
    (tmp_path / "nlu.yml").write_text(examples, "utf-8")
    code = "import engine.__main__ as it; sys.argv = ['rasa', 'train', 'nlu', '--nlu', 'nlu.yml']; it.main()"
    done = _without(code, tmp_path)
    assert done.returncode == 1
    assert "The component DIETClassifier needs what is not installed: tensorflow." in done.stdout + done.stderr
    assert "make setup-stock" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_channel_without_its_library_is_refused_when_the_engine_starts(tmp_path: Path) -> None:
    (tmp_path / "credentials.yml").write_text("slack: {slack_token: a, slack_signing_secret: b}\n", "utf-8")
    code = (
        "from engine.lean import make_lean; make_lean(); from rasa.core.run import create_http_input_channels as make\n"
        "make(None, 'credentials.yml')"
    )
    done = _without(code, tmp_path)
    assert done.stderr.splitlines()[-1].startswith(
        "engine.lean.LibraryMissing: The channel slack needs what is not installed: slack_sdk."
    )


def test_a_store_without_its_library_is_refused_when_the_engine_starts(tmp_path: Path) -> None:
    code = (
        "from rasa.core.tracker_store import TrackerStore; from rasa.shared.core.domain import Domain\n"
        "from rasa.utils.endpoints import EndpointConfig\n"
        "TrackerStore.create(EndpointConfig(type='mongod', url='mongodb://127.0.0.1'), Domain.empty())"
    )
    done = _without(code, tmp_path)
    assert "NotInstalledError: pymongo is not installed" in done.stderr.splitlines()[-1]


def test_every_component_of_the_configuration_does_without() -> None:
    from rasa.shared.utils.io import read_yaml_file

    for component in read_yaml_file(ROOT / "config.yml")["pipeline"]:
        module = component["name"].rpartition(".")[0]
        import_module(module)
        assert absent_in(module) == []


def test_the_default_lock_names_none_of_them() -> None:
    lines = (ROOT / "engine" / "requirements.lock").read_text("utf-8").splitlines()
    locked = {line.split("==")[0] for line in lines if "==" in line}
    assert not locked & {"tensorflow", "tensorflow-cpu", "keras", "jax", "boto3", "pymongo", "aiogram", "slack-sdk"}
    assert {"rasa", "spacy"} <= locked
