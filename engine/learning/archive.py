"""A model archive with parts learned anew: everything else stays byte for byte.

What is learned quickly stands first, so that it is read without unpacking the rest, and what was packed once is not
packed again: an archive is three gzip streams in a row (head, others, red flags), which read as one.
"""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

HEAD, FLAGS = "IntentClassifier", "RedFlagDetector"
_NAME, _METADATA = "head.npz", "metadata.json"
_QUICK, _NOT_AT_ALL = 1, 0  # of gzip: vectors hardly become smaller
_EMPTY = b"\0" * tarfile.RECORDSIZE  # the end of a tar


class NoHead(Exception):
    """The archive holds no intent classifier of ours."""


@dataclass(frozen=True)
class Packed:
    """A model taken apart: what may be learned quickly as it is, the rest as packed streams of a tar."""

    head: tarfile.TarInfo
    metadata: tuple[tarfile.TarInfo, bytes]
    others: bytes
    flags: bytes


def read_head(archive: Path) -> bytes:
    """The intent classifier's kept arrays; raises NoHead."""
    try:
        return read_member(archive, f"/{_NAME}", HEAD)
    except KeyError:
        raise NoHead(f"{archive.name} holds no intent classifier that can be learned on from.") from None


def read_member(archive: Path, ending: str, within: str = "") -> bytes:
    """The first member whose path ends so and has `within` in it; raises KeyError."""
    with tarfile.open(archive) as tar:
        for member in tar:
            if member.name.endswith(ending) and within in member.name:
                found = tar.extractfile(member)
                if found is not None:
                    return found.read()
    raise KeyError(ending)


def read_flags(archive: Path) -> dict[str, bytes]:
    """The red-flag detector's files by name; empty where there are none."""
    with tarfile.open(archive) as tar:
        return {
            Path(one.name).name: found.read()
            for one in tar
            if FLAGS in one.name and one.isfile() and (found := tar.extractfile(one)) is not None
        }


def model_id_of(archive: Path) -> str:
    """The id under which replies of this model are logged."""
    return str(json.loads(read_member(archive, _METADATA))["model_id"])


def take_apart(archive: Path) -> Packed:
    """Pack what stays, so that models with other heads are written at once; raises NoHead."""
    parts: dict[str, list[tuple[tarfile.TarInfo, bytes]]] = {"head": [], "metadata": [], "others": [], "flags": []}
    with tarfile.open(archive) as tar:
        for member in tar:
            found = tar.extractfile(member) if member.isfile() else None
            parts[_part_of(member)].append((member, found.read() if found is not None else b""))
    if not parts["head"] or not parts["metadata"]:
        raise NoHead(f"{archive.name} holds no intent classifier that can be learned on from.")
    others, flags = _pack(parts["others"]), _pack(parts["flags"])
    return Packed(parts["head"][0][0], parts["metadata"][0], others, flags)


def with_flags(archive: Path, packed: Packed, renewed: Mapping[str, bytes]) -> Packed:
    """The same with other files of the red-flag detector, those named in `renewed`; the archive has the others."""
    members = []
    with tarfile.open(archive) as tar:
        for member in tar:
            if _part_of(member) == "flags":
                found = tar.extractfile(member) if member.isfile() else None
                content = found.read() if found is not None else b""
                members.append((member, renewed.get(Path(member.name).name, content)))
    return Packed(packed.head, packed.metadata, packed.others, _pack(members, _NOT_AT_ALL))


def write_model(packed: Packed, head: bytes, target: Path) -> None:
    """Write a model of its own with this head, whole or not at all; raises OSError and leaves nothing behind."""
    told, metadata = packed.metadata
    first = _pack([(told, _renewed(metadata)), (packed.head, head)])
    draft = target.with_suffix(".tmp")
    try:
        with draft.open("wb") as made:
            for stream in (first, packed.others, packed.flags, gzip.compress(_EMPTY, _QUICK)):
                made.write(stream)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _pack(members: Iterable[tuple[tarfile.TarInfo, bytes]], level: int = _QUICK) -> bytes:
    plain = io.BytesIO()
    tar = tarfile.open(fileobj=plain, mode="w")  # noqa: SIM115  (closing it would end the tar)
    for member, content in members:
        member.size = len(content)
        tar.addfile(member, io.BytesIO(content))
    return gzip.compress(plain.getvalue(), level)


def _part_of(member: tarfile.TarInfo) -> str:
    if member.name.endswith(_METADATA):
        return "metadata"
    if FLAGS in member.name:
        return "flags"
    return "head" if HEAD in member.name and member.name.endswith(f"/{_NAME}") else "others"


def _renewed(metadata: bytes) -> bytes:
    told = json.loads(metadata)
    now = datetime.now(timezone.utc).replace(tzinfo=None)
    # `whole`: the wholly trained model whose other parts it has.
    whole = told.get("whole") or told["model_id"]
    return json.dumps({**told, "model_id": uuid.uuid4().hex, "whole": whole, "trained_at": now.isoformat()}).encode()
