"""What tests of the whole program share: the project's folder, a finished graph, and a way to call `kg`."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

import pytest
from calling import ROOT, SEEDS, Kg
from filelock import FileLock
from typer.testing import CliRunner, Result

from kg import extraction, rulecache
from kg.cli.app import app
from kg.rules import ruleset


def pytest_configure() -> None:
    """Let Ctrl-C be heard: a shell that starts the tests in the background has it ignored, and tests send it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def everybodys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that all processes share in which these tests run."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session", autouse=True)
def rules_are_compiled_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Loading the shipped rules takes a while: they are loaded once, and so are copies that nobody has changed.

    What `kg` keeps on disk to start fast lies in a folder of the tests' own, one for all processes that run them.
    """
    cache_home = everybodys(tmp_path_factory) / "cache"
    cache_home.mkdir(exist_ok=True)
    shipped = ruleset.content_hash(ROOT / "rules")
    load, start = extraction.Extractor.load.__func__, rulecache.load

    @cache
    def kept() -> extraction.Extractor:
        with FileLock(cache_home / "shipped.lock"):
            return start(ROOT / "rules", partial(load, extraction.Extractor))

    def is_shipped(folder: Path) -> bool:
        return folder.is_dir() and ruleset.content_hash(folder) == shipped

    def load_once(cls: type[extraction.Extractor], folder: Path) -> extraction.Extractor:
        return kept() if is_shipped(folder) else load(cls, folder)

    def start_once(folder: Path, *make: Callable[[Path], extraction.Extractor]) -> extraction.Extractor:
        return kept() if not make and is_shipped(folder) else start(folder, *make)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(extraction.Extractor, "load", classmethod(load_once))
        patch.setattr(rulecache, "load", start_once)
        patch.setenv("XDG_CACHE_HOME", str(cache_home))
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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest: at the end it would keep one process busy alone, or be set up in both."""
    items.sort(key=lambda item: "test_cluster" not in item.nodeid)
