"""The dashboard's queries, asked of a real Prometheus that looks at the web's own figures."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from clinic.web.metrics import Metrics

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def program() -> str:
    found = shutil.which("prometheus")
    if found is None:
        pytest.skip("no Prometheus here: apt-get install prometheus")
    return found


@pytest.fixture
def prometheus(program: str, tmp_path: Path) -> Iterator[httpx.Client]:
    metrics, measured, port = Metrics(), free_port(), free_port()
    metrics.serve("127.0.0.1", measured)
    with metrics.turn():
        metrics.count([{"kind": "answer"}, {"kind": "error"}])
    metrics.watch(1, 0)
    written = (DEPLOY / "prometheus.yml").read_text(encoding="utf-8")
    written = written.replace("pointe:9464", f"127.0.0.1:{measured}").replace("10s", "1s")
    (tmp_path / "prometheus.yml").write_text(written)
    running = subprocess.Popen(
        [program, f"--config.file={tmp_path}/prometheus.yml", f"--storage.tsdb.path={tmp_path}/data",
         f"--web.listen-address=127.0.0.1:{port}"],
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
            yield client
    finally:
        running.terminate()
        running.wait(20)


def _result(prometheus: httpx.Client, query: str) -> list[object]:
    try:
        response = prometheus.get("/api/v1/query", params={"query": query})
    except httpx.HTTPError:
        return []
    if response.status_code == httpx.codes.SERVICE_UNAVAILABLE:
        return []  # it listens before it has read its own files, and says so in plain text
    answer = response.json()
    assert answer.get("status") == "success", f"{query}: {answer}"
    return list(answer["data"]["result"])


def test_every_query_of_the_dashboard_is_answered(prometheus: httpx.Client) -> None:
    board = json.loads((DEPLOY / "dashboard.json").read_text(encoding="utf-8"))
    queries = [one["expr"] for panel in board["panels"] for one in panel["targets"]]
    assert queries
    until = time.monotonic() + 60
    while empty := [query for query in queries if not _result(prometheus, query)]:
        assert time.monotonic() < until, empty
        time.sleep(0.5)
