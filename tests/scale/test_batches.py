"""The function that other engines call, and what is done with a document that fails."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from calling import ROOT, SEEDS, Kg

from kg.errors import InputError, KgError
from kg.read.jsonl import Row
from kg.scale import extract_batch, tables
from kg.scale.batches import Reader
from kg.scale.blocks import blocks, rows


def test_a_batch_gives_the_statements_that_kg_extract_prints(kg: Kg) -> None:
    path = sorted(SEEDS.glob("*.txt"))[0]
    lines = kg("extract", path).stdout.splitlines()
    batch = pa.RecordBatch.from_pylist([{"id": path.stem, "text": path.read_text(encoding="utf-8")}])
    found = extract_batch(batch)
    assert found.schema == tables.STATEMENTS
    said = [
        (each["doc"], each["head_id"], each["relation"], each["tail_id"], each["evidence"]["quote"])
        for each in map(json.loads, lines)
    ]
    wanted = ("doc", "head_id", "relation", "tail_id", "quote")
    assert said == [tuple(row[key] for key in wanted) for row in found.to_pylist()]


def test_a_document_that_fails_is_named_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader(ROOT / "rules")
    extract = reader._extractor.extract

    def fail(document: object) -> object:
        if "坏" in document.text:  # type: ignore[attr-defined]
            raise ValueError("坏了")
        return extract(document)  # type: ignore[arg-type]

    monkeypatch.setattr(reader._extractor, "extract", fail)
    problems: list[KgError] = []
    given = [
        Row(1, "一", "", "好。", "", ""),
        Row(2, "二", "", "坏。", "", ""),
        Row(3, "三", "", "好。", "", ""),
    ]
    read = [packed.id for _, packed in reader.read(given, "all.jsonl", problems.append)]
    assert read == ["一", "三"]
    (problem,) = problems
    assert str(problem) == "all.jsonl:2: the document 二 was left out: ValueError: 坏了"


@pytest.mark.parametrize("size", [1, 7, 30, 10_000])
def test_blocks_hold_every_line_once_in_order(tmp_path: Path, size: int) -> None:
    lines = [json.dumps({"id": f"{number}", "text": "字" * number}) for number in range(20)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines) + "\n")
    pq.write_table(
        pa.table({"text": ["甲", "乙"], "id": ["p", "q"]}), tmp_path / "b.parquet", row_group_size=1
    )
    found = [row.id for block in blocks([str(tmp_path)], size) for row in rows(block, pytest.fail)[1]]
    assert found == [*map(str, range(20)), "p", "q"]


def test_a_table_without_text_says_what_is_missing() -> None:
    with pytest.raises(InputError, match="no column `text`"):
        extract_batch(pa.table({"body": ["字"]}))


def test_a_folder_of_other_formats_is_refused(kg: Kg, tmp_path: Path) -> None:
    result = kg("build", SEEDS, "--cluster", "local", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "holds no file to read" in result.stderr
    assert (
        "kg.json" in kg("import-parquet", SEEDS).stderr
        or "holds no graph of a cluster" in kg("import-parquet", SEEDS).stderr
    )
