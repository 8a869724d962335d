"""What tests of the whole program share: the project's folder, a finished graph, and a way to call `kg`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from calling import ROOT, SEEDS, Kg
from typer.testing import CliRunner, Result

from kg import extraction
from kg.cli.app import app


@pytest.fixture(scope="session", autouse=True)
def rules_are_compiled_once() -> Iterator[None]:
    """Reading the shipped rules takes seconds, and no test changes them."""
    load = extraction.Extractor.load.__func__
    kept = cache(lambda folder: load(extraction.Extractor, folder))

    def load_once(cls: type[extraction.Extractor], folder: Path) -> extraction.Extractor:
        shipped = folder.resolve() == ROOT / "rules"
        return kept(folder.resolve()) if shipped else load(cls, folder)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(extraction.Extractor, "load", classmethod(load_once))
        yield


@pytest.fixture
def kg() -> Kg:
    """Call `kg` in this process: `kg("neighbors", "OpenAI").stdout`."""

    def call(*arguments: object, **environment: str) -> Result:
        return CliRunner().invoke(app, [str(argument) for argument in arguments], env=environment)

    return call


@pytest.fixture(scope="session")
def seeds_out(tmp_path_factory: pytest.TempPathFactory, rules_are_compiled_once: None) -> Path:
    """The output folder of a build of the five articles."""
    out = tmp_path_factory.mktemp("seeds")
    built = CliRunner().invoke(app, ["build", str(SEEDS), "--out", str(out), "--jobs", "1"])
    assert built.exit_code == 0, built.output
    return out


@pytest.fixture(scope="session")
def seeds_db(seeds_out: Path) -> Path:
    """The graph of the five articles."""
    return seeds_out / "graph.db"
