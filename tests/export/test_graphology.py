"""What Gephi Lite would see: the files read by graphology, which it uses, in Node.

npm installs graphology once, into a folder of the system's for temporary files. Without npm, or the first
time without a network, the tests are skipped, and that is said; with CI=1 it is a failure.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import export_graphs
import pytest

from kg.export import gexf, graphml
from kg.export.legal import legal

HERE = Path(__file__).parent / "node"
FILES = ("package.json", "package-lock.json")


def _without(reason: str) -> None:
    message = f"NOT READ by graphology: {reason}"
    if os.environ.get("CI") in {"1", "true"}:
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="module")
def packages() -> Path:
    """The folder in which npm has installed the pinned packages."""
    pinned = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in FILES)).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"kg-graphology-{pinned}"
    if (folder / "node_modules").is_dir():
        return folder
    npm = shutil.which("npm")
    if not npm or not shutil.which("node"):
        _without("there is no node and npm on this machine")
    work = Path(tempfile.mkdtemp(prefix="kg-graphology-"))
    for name in FILES:
        shutil.copy(HERE / name, work)
    done = subprocess.run(
        [str(npm), "ci", "--no-audit", "--no-fund", "--ignore-scripts"],
        cwd=work,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        shutil.rmtree(work)
        _without(f"npm could not install it: {done.stderr.strip()[-300:]}")
    try:
        work.rename(folder)
    except OSError:  # another run was first
        shutil.rmtree(work)
    return folder


@pytest.fixture(params=["small", "hostile"])
def name(request: pytest.FixtureRequest) -> str:
    """A graph to write."""
    return str(request.param)


def _read(packages: Path, path: Path) -> dict[str, list[dict[str, Any]]]:
    script = ["node", str(HERE / "read.cjs"), str(path)]
    done = subprocess.run(script, cwd=packages, capture_output=True, check=True)
    return json.loads(done.stdout)


def _plain(text: str) -> str:
    """Return the text with spaces for line ends: the XML reader of Node takes U+0085 and U+2028 for such."""
    return re.sub("[\x85\u2028\n]", " ", text)


@pytest.mark.parametrize("format", [graphml, gexf], ids=["graphml", "gexf"])
def test_gephi_lite_sees_every_node_edge_and_column(
    format: Any, name: str, packages: Path, tmp_path: Path
) -> None:
    data = export_graphs.data(getattr(export_graphs, name)())
    path = tmp_path / f"graph.{format.__name__.rpartition('.')[2]}"
    format.write(data, path)
    read = _read(packages, path)
    data = legal(data)

    nodes = {_plain(node["id"]): node for node in read["nodes"]}
    assert list(nodes) == [_plain(node.id) for node in data.nodes]
    for node in data.nodes:
        found = nodes[_plain(node.id)]
        assert (_plain(found["label"]), found["entity_type"]) == (_plain(node.name), node.type)
        assert (found["x"], found["y"], found["size"]) == (node.x, node.y, node.size)
        assert (found["degree"], found["community"]) == (node.degree, node.community)
        assert found["color"]
        assert _plain(found.get("aliases", "")) == _plain(" | ".join(node.aliases))

    edges = {edge["id"]: edge for edge in read["edges"]}
    assert len(edges) == len(read["edges"]) == len(data.edges)
    for edge in data.edges:
        found = edges[edge.id]
        assert (_plain(found["source"]), _plain(found["target"])) == (_plain(edge.head), _plain(edge.tail))
        assert (found["label"], found["relation"], found["edge_id"]) == (
            edge.relation,
            edge.relation,
            edge.id,
        )
        assert (found["weight"], found["certainty"]) == (edge.weight, edge.certainty)
        assert found["evidence_count"] == edge.evidence_count
        assert found["evidence"]
        assert _plain(found["sources"]) == _plain(" | ".join(edge.sources))
        assert (found.get("first_date"), found.get("last_date")) == (edge.first_date, edge.last_date)
