"""With the rest of stock Rasa installed, the engine trains and runs a stock pipeline: DIET, TED and all."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from bench.stock import ROOT, STOCK_PYTHON, install_stock

BOT = {
    "config.yml": """
recipe: default.v1
assistant_id: stock
language: en
pipeline:
- name: WhitespaceTokenizer
- name: CountVectorsFeaturizer
- name: DIETClassifier
  epochs: 10
  random_seed: 1
policies:
- name: TEDPolicy
  epochs: 2
""",
    "domain.yml": """
version: "3.1"
intents: [greet, price]
responses:
  utter_greet: [{text: Hello}]
  utter_price: [{text: It is on our prices page}]
""",
    "data/nlu.yml": """
version: "3.1"
nlu:
- {intent: greet, examples: "- hello there\\n- good morning\\n- hello to you\\n"}
- {intent: price, examples: "- how much does it cost\\n- what does it cost me\\n- what is the price\\n"}
""",
    "data/stories.yml": """
version: "3.1"
stories:
- {story: hello, steps: [{intent: greet}, {action: utter_greet}]}
- {story: price, steps: [{intent: price}, {action: utter_price}]}
""",
}
PARSE = """
import asyncio, json, sys
from rasa.core.agent import Agent
agent = Agent.load("models/stock.tar.gz")
parsed = asyncio.run(agent.parse_message("hello there"))
print(json.dumps({"intent": parsed["intent"]["name"], "tensorflow": sys.modules["tensorflow"].__version__}))
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    install_stock()
    folder = tmp_path_factory.mktemp("stock")
    for name, content in BOT.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    return folder


def _python(folder: Path, *arguments: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TF_CPP_MIN_LOG_LEVEL": "3", "RASA_MAX_CACHE_SIZE": "0"}
    environment |= {"RASA_TELEMETRY_ENABLED": "false", "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        [STOCK_PYTHON, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_a_stock_pipeline_trains_with_diet_and_understands_what_it_was_taught(bot: Path) -> None:
    _python(bot, "-m", "engine", "train", "--fixed-model-name", "stock")
    understood = json.loads(_python(bot, "-c", PARSE).splitlines()[-1])
    assert understood == {"intent": "greet", "tensorflow": "2.12.0"}
