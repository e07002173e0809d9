"""A model archive with one part learned anew: everything else stays byte for byte."""

from __future__ import annotations

import io
import json
import tarfile
import uuid
from datetime import datetime, timezone
from pathlib import Path

HEAD = "IntentClassifier"
_NAME = "head.npz"


class NoHead(Exception):
    """The archive holds no intent classifier of ours."""


def read_head(archive: Path) -> bytes:
    """The intent classifier's kept arrays; raises NoHead."""
    with tarfile.open(archive) as tar:
        for member in tar.getmembers():
            if _is_head(member.name):
                found = tar.extractfile(member)
                if found is not None:
                    return found.read()
    raise NoHead(f"{archive.name} holds no intent classifier that can be learned on from.")


def read_member(archive: Path, ending: str) -> bytes:
    """The first member whose path ends so; raises KeyError."""
    with tarfile.open(archive) as tar:
        for member in tar.getmembers():
            if member.name.endswith(ending):
                found = tar.extractfile(member)
                if found is not None:
                    return found.read()
    raise KeyError(ending)


def model_id_of(archive: Path) -> str:
    """The id under which replies of this model are logged."""
    return str(json.loads(read_member(archive, "metadata.json"))["model_id"])


def write_with_head(live: Path, head: bytes, target: Path) -> None:
    """Write `live` with another head, as a model of its own, whole or not at all."""
    draft = target.with_suffix(".tmp")
    with tarfile.open(live) as source, tarfile.open(draft, "w:gz", compresslevel=1) as made:
        for member in source.getmembers():
            found = source.extractfile(member) if member.isfile() else None
            content = found.read() if found is not None else None
            if _is_head(member.name):
                content = head
            elif member.name.endswith("metadata.json") and content is not None:
                content = _renewed(content)
            if content is not None:
                member.size = len(content)
            made.addfile(member, io.BytesIO(content) if content is not None else None)
    draft.replace(target)


def _renewed(metadata: bytes) -> bytes:
    told = json.loads(metadata)
    now = datetime.now(timezone.utc).replace(tzinfo=None)
    return json.dumps({**told, "model_id": uuid.uuid4().hex, "trained_at": now.isoformat()}).encode()


def _is_head(name: str) -> bool:
    return name.endswith(f"/{_NAME}") and HEAD in name
