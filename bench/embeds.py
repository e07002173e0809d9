"""The chat widgets that are compared, each embedded as its own manual says, and where they come from."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.processes import BenchFailed

BENCH = Path(__file__).parent
PEERS = BENCH / ".peers"


@dataclass(frozen=True, slots=True)
class Embed:
    """A widget: what a page holds of it, its launcher's selector, and what is visible once it is open."""

    name: str
    html: str
    launcher: str
    opened: str


EMBEDS = (
    Embed("(no widget)", "", "", "h1"),
    Embed("pointe", '<script src="/widget.js" data-title="Ask us" defer></script>', "pointe-chat button", "textarea"),
    Embed(
        "rasa-webchat",
        # By default it connects on every page load, and stays hidden until a server answers.
        '<script src="/peers/rasa-webchat/lib/index.js"></script><script>WebChat.default({connectOn: "open",'
        " hideWhenNotConnected: false, withRules: false, socketUrl: location.origin}, null)</script>",
        ".rw-launcher",
        ".rw-sender",
    ),
    Embed(
        "deep-chat",
        '<script type="module" src="/peers/deep-chat/dist/deepChat.bundle.js"></script><deep-chat demo></deep-chat>',
        "",
        "#text-input",
    ),
    Embed(
        "@n8n/chat",
        '<link rel="stylesheet" href="/peers/@n8n/chat/dist/style.css"><script type="module">'
        'import {createChat} from "/peers/@n8n/chat/dist/chat.bundle.es.js";'
        'createChat({webhookUrl: location.origin + "/hook"})</script>',
        ".chat-window-toggle",
        ".chat-window-wrapper textarea",
    ),
)


def install_peers() -> None:
    """The peers' own packages from npm, checked by hash, without dependencies: their bundles hold them."""
    for name, pinned in json.loads((BENCH / "peers" / "peers.json").read_text()).items():
        folder = PEERS / name
        mark = folder / ".version"
        if not mark.exists() or mark.read_text() != pinned["version"]:
            _install(f"{name}@{pinned['version']}", pinned["integrity"], folder)
            mark.write_text(pinned["version"])


def _install(package: str, integrity: str, folder: Path) -> None:
    npm = shutil.which("npm")
    if not npm:
        raise BenchFailed("npm is missing: install Node, then measure again.")
    with tempfile.TemporaryDirectory() as work:
        command = (npm, "pack", package, "--ignore-scripts", "--silent")
        done = subprocess.run(command, cwd=work, capture_output=True, text=True, check=False, timeout=300)
        found = list(Path(work).glob("*.tgz"))
        if done.returncode or not found:
            raise BenchFailed(f"{package} could not be fetched from npm:\n{done.stderr.strip()[-600:]}")
        digest = base64.b64encode(hashlib.sha512(found[0].read_bytes()).digest()).decode()
        if integrity != f"sha512-{digest}":
            raise BenchFailed(f"{package} is not the package that was pinned in bench/peers/peers.json.")
        with tarfile.open(found[0]) as archive:
            archive.extractall(work, filter="data")
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(Path(work) / "package", folder)
