"""The two assistants that are compared: Rasa's own first bot, and ours whole."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, replace
from pathlib import Path

from bench.processes import BenchFailed, Program, Spent, run_measured
from bench.stock import STOCK_RASA, install_stock

ROOT = Path(__file__).parents[1]
PYTHON = ROOT / ".venv" / "bin" / "python"
ENGINE_PORT, ACTIONS_PORT, WEB_PORT, STOCK_PORT, STOCK_SQL_PORT = 6105, 6155, 6100, 6150, 6151
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "RASA_MAX_CACHE_SIZE": "0",
    "SANIC_HOST": "127.0.0.1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "PYTHONWARNINGS": "ignore",
}
PREPARATIONS = {
    "migrate": ("migrate",),
    "sync": ("articles", "sync", "--start"),
}
NEEDED = {
    PYTHON: "The application is not set up: run `make setup`.",
    ROOT / "models" / "encoder" / "model.onnx": "The sentence encoder is not built: run `make setup`.",
}


def need_setup() -> None:
    """Install stock Rasa; raises BenchFailed when that fails, or something else is not installed or not built."""
    install_stock()
    for path, sentence in NEEDED.items():
        if not path.exists():
            raise BenchFailed(sentence)


@dataclass(frozen=True)
class StockBot:
    """What `rasa init --no-prompt` makes: example data, the default pipeline and policies, in `folder`."""

    folder: Path

    @property
    def is_made(self) -> bool:
        """Whether a trained model is there from an earlier run."""
        return any((self.folder / "models").glob("*.tar.gz"))

    def make(self) -> Spent:
        """`rasa init --no-prompt`, whole command: it writes the bot's files and trains it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return run_measured(self._program("rasa init", "init", "--no-prompt", "--init-dir", str(self.folder)))

    def server(self) -> Program:
        """Its server, with the REST channel and conversations in memory."""
        return self._program("rasa run", "run", "-i", "127.0.0.1", "-p", str(STOCK_PORT))

    def server_on_sqlite(self, folder: Path) -> Program:
        """The same server with Rasa's own SQL tracker store in `folder`, since ours keeps conversations too."""
        folder.mkdir(parents=True, exist_ok=True)
        endpoints = folder / "endpoints.yml"
        endpoints.write_text(f"tracker_store:\n  type: SQL\n  dialect: sqlite\n  db: {folder / 'stock.db'}\n")
        where = ("-i", "127.0.0.1", "-p", str(STOCK_SQL_PORT), "--endpoints", str(endpoints))
        program = self._program("rasa run", "run", *where)
        return replace(program, log=folder / "run.log")

    def _program(self, name: str, *command: str) -> Program:
        return Program(name, (str(STOCK_RASA), *command), self.folder, QUIET, self.folder / f"{command[0]}.log")


class OurBot:
    """Our assistant out of the checkout, with databases, model and logs in `folder` alone."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.secret = secrets.token_hex(16)

    def prepare(self) -> None:
        """The databases and the articles' index."""
        for name, command in PREPARATIONS.items():
            run_measured(self._program(name, str(PYTHON), "-m", "clinic", *command))

    def train(self) -> Spent:
        """`bin/rasa train`, whole command, into our folder: nothing is published."""
        where = ("--out", str(self.folder), "--fixed-model-name", "bench")
        return run_measured(self._program("bin/rasa train", str(ROOT / "bin" / "rasa"), "train", *where))

    def servers(self) -> list[Program]:
        """Engine, action server, web and worker, as the supervisor would start them."""
        engine = ("run", "-i", "127.0.0.1", "-p", str(ENGINE_PORT), "--model", str(self._model()))
        files = ("--endpoints", "endpoints.yml", "--credentials", "credentials.yml")
        actions = ("-m", "actions", str(ACTIONS_PORT))
        return [
            self._program("engine", str(ROOT / "bin" / "rasa"), *engine, *files),
            self._program("actions", str(PYTHON), *actions),
            self._program("web", str(PYTHON), "-m", "clinic", "web"),
            self._program("worker", str(PYTHON), "-m", "clinic", "worker"),
        ]

    def _model(self) -> Path:
        """The published model, which the worker would put in otherwise while the first answers are timed."""
        try:
            return ROOT / "models" / str(json.loads((ROOT / "models" / "published.json").read_text("utf-8"))["file"])
        except OSError:
            return self.folder / "bench.tar.gz"

    def _program(self, name: str, *command: str) -> Program:
        environment = {
            **QUIET,
            "POINTE_ROOT": str(ROOT),
            "POINTE_VAR": str(self.folder),
            "POINTE_SECRET": self.secret,
            "POINTE_ENGINE_PORT": str(ENGINE_PORT),
            "POINTE_ACTIONS_PORT": str(ACTIONS_PORT),
            "POINTE_PORT": str(WEB_PORT),
            "PYTHONPATH": str(ROOT),
            "OMP_NUM_THREADS": "1",
            "MALLOC_ARENA_MAX": "2",
            "MALLOC_MMAP_THRESHOLD_": "1048576",
        }
        return Program(name, command, ROOT, environment, self.folder / f"{name.replace('/', '-')}.log")
