"""Documents read by the shipped rules, or by a copy whose merge.yaml says more."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from calling import ROOT

from kg.extraction import Extractor
from kg.model import Document, Entity, Region

DECISIONS = """\
must: [[谷歌, DeepMind]]
never: [[万亿参数联盟, 万联]]
homonyms: {王伟: {华为: [华为, 华为终端], 清华: [清华大学]}}
"""
Read = Callable[..., tuple[Entity, ...]]


def _reader(rules: Path) -> Read:
    extractor = Extractor.load(rules)

    def read(text: str, doc: str = "a") -> tuple[Entity, ...]:
        return extractor.extract(Document(doc, text, (Region(0, len(text)),))).entities

    return read


@pytest.fixture(scope="session")
def read() -> Read:
    """The entities of a text by the shipped rules."""
    return _reader(ROOT / "rules")


@pytest.fixture(scope="session")
def read_decided(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """The entities of a text by rules with DECISIONS."""
    folder = Path(shutil.copytree(ROOT / "rules", tmp_path_factory.mktemp("decided") / "rules"))
    (folder / "merge.yaml").write_text(DECISIONS, encoding="utf-8")
    return _reader(folder)
