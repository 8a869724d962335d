"""Any rule at all: it cannot run code, and no clause costs more than its length is worth."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from calling import ROOT
from graph_fakes import ToyExtractor
from robustness import checks

from kg import attempt, pipeline, workers
from kg.errors import RuleError
from kg.extraction import Extractor
from kg.model import Document, Extraction, Region
from kg.rules import budget, frames, ruleset

FRAMES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "frames.yaml").read_text(encoding="utf-8")
)
GOOD = [each for each in FRAMES if "refused" not in each]
BAD = [each for each in FRAMES if "refused" in each]


def document(text: str) -> Document:
    return Document(id="d", text=text, regions=(Region(0, len(text)),), path="d.txt")


def seconds(extractor: Extractor, clause: str, length: int) -> float:
    """The shortest of two tries, so that what else the machine does counts little."""
    read = document((clause * (length // len(clause) + 1))[:length])
    times = []
    for _ in range(2):
        started = time.process_time()
        extractor.extract(read)
        times.append(time.process_time() - started)
    return min(times)


@pytest.fixture(scope="module")
def costly(tmp_path_factory: pytest.TempPathFactory) -> Extractor:
    """The shipped rules with every adversarial frame that is let in."""
    folder = Path(shutil.copytree(ROOT / "rules", tmp_path_factory.mktemp("rules") / "rules"))
    file = folder / "relations" / "投资.yaml"
    lines = "".join(f'  - "{each["frame"]}"\n' for each in GOOD)
    file.write_text(file.read_text("utf-8").replace("frames:\n", f"frames:\n{lines}", 1), encoding="utf-8")
    return Extractor.load(folder)


@pytest.mark.parametrize("case", BAD, ids=lambda case: case["refused"])
def test_a_frame_that_costs_too_much_is_refused(case: dict[str, str]) -> None:
    with pytest.raises(RuleError, match=case["refused"]):
        frames.parse(case["frame"])


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case["frame"][:20])
def test_time_grows_no_faster_than_the_clause(costly: Extractor, case: dict[str, str]) -> None:
    short, long = (seconds(costly, case["clause"], length) for length in (2_500, 10_000))
    assert long < 8 * short + 0.2
    assert long < 10


def test_the_bound_is_one_that_a_shipped_frame_keeps() -> None:
    """Loading checks each; here that the bound is not far from what rules need."""
    rules = ruleset.load(ROOT / "rules")
    lines = [line for relation in rules.relations for line in relation.data.frames if "【" in line]
    costs = [
        budget.ways(
            frames.parse(
                line.split("】@")[0] + "】" if "】@" in line else line, None, rules.constructions.lists
            )
        )
        for line in lines
    ]
    assert max(costs) <= budget.MAX_WAYS


class Slow(ToyExtractor):
    """Takes for ever over one document: within a regular expression, where Python itself has no say."""

    def extract(self, read: Document) -> Extraction:
        if "慢" in read.text:
            import re

            re.match("(a|aa)+$", "a" * 99 + "b")
        return super().extract(read)


@pytest.mark.parametrize("rows", [False, True])
def test_a_document_beyond_its_deadline_is_told_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: bool
) -> None:
    monkeypatch.setattr(attempt, "MOST_SECONDS", 0.2)
    monkeypatch.setattr(workers, "SHARED_BYTES", 0)
    rules = tmp_path / "rules"
    rules.mkdir()
    for name in ("ontology.yaml", "reading.yaml"):
        shutil.copy(ROOT / "rules" / name, rules / name)
    (rules / "toy.txt").write_text("1")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    texts = {"1": "甲 投资 乙\n", "2": "慢 投资 乙\n", "3": "丙 投资 乙\n"}
    if rows:
        lines = [f'{{"id": "{key}", "text": "{text.strip()}"}}\n' for key, text in texts.items()]
        (corpus / "all.jsonl").write_text("".join(lines), encoding="utf-8")
    else:
        for key, text in texts.items():
            (corpus / f"{key}.txt").write_text(text, encoding="utf-8")
    for _ in range(2):
        report = pipeline.build([str(corpus)], rules, tmp_path / "out", load_extractor=Slow.load)
        assert (report.documents, report.edges) == (2, 2)
        (problem,) = report.skipped
        assert problem.message.startswith("the document 2 took over 0 seconds")
        assert str(problem.place).endswith("all.jsonl" if rows else "2.txt")


@pytest.mark.parametrize(
    ("file", "key", "value"),
    [
        ("events", "ordinal", "("),
        ("organisations", "announces", "["),
        ("people", "transliteration", ""),
        ("products", "version", "(" * 5_000 + ")" * 5_000),
        ("quantities", "amount", "*"),
        ("quantities", "round", "(?P<a>x)(?P<a>y)"),
    ],
)
def test_a_broken_expression_is_told_by_place(tmp_path: Path, file: str, key: str, value: str) -> None:
    folder = Path(shutil.copytree(ROOT / "rules", tmp_path / "rules"))
    path = folder / "recognisers" / f"{file}.yaml"
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    path.write_text(yaml.safe_dump({**data, key: value}, allow_unicode=True), encoding="utf-8")
    with pytest.raises(RuleError, match=key) as told:
        ruleset.load(folder)
    assert str(told.value.place).startswith(f"{path}:")


def test_a_rule_file_runs_no_code(tmp_path: Path) -> None:
    checks.rule_file(tmp_path, f"relation: !!python/object/apply:os.mkdir ['{tmp_path}/ran']\n".encode())
    assert not (tmp_path / "ran").exists()
