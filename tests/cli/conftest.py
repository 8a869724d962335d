"""A small graph, a few articles, and rules to be broken."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from calling import ROOT
from graph_fakes import build as toy_graph


@pytest.fixture
def toy_db(tmp_path: Path) -> Path:
    return toy_graph(
        tmp_path / "toy.db",
        {
            "a": "谷歌 = Google\n谷歌 发布 Gemini/产品 2023-12 ?\n谷歌 竞争 OpenAI\n",
            "b": "微软 投资 OpenAI 2019-07 ¥10亿美元\nOpenAI 发布 GPT-4o/产品 2024-05-13\n",
        },
    )


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "one.txt").write_text("2024年5月14日,OpenAI发布了GPT-4o。\n", encoding="utf-8")
    (folder / "two.md").write_text("微软宣布投资OpenAI。\n", encoding="utf-8")
    return folder


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A copy of the shipped rules, to be broken."""
    return Path(shutil.copytree(ROOT / "rules", tmp_path / "rules"))
