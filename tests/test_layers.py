"""Imports go downwards only; pyproject.toml lists the layers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_imports_go_downwards_only() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    told = subprocess.run(
        [linter, "--no-logo", "--no-cache"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0, told.stdout + told.stderr


def test_no_relation_is_named_in_the_code() -> None:
    """What the extractor knows stands in rules/, so that a rule author can change all of it."""
    relations = [path.stem for path in (ROOT / "rules/relations").glob("*.yaml")]
    assert len(relations) == 26
    engine = [
        path for part in ("recognise", "relate", "resolve") for path in (ROOT / "kg" / part).glob("*.py")
    ]
    named = [
        (path.name, relation)
        for path in engine
        for relation in relations
        if f'"{relation}"' in path.read_text(encoding="utf-8")
    ]
    assert named == []
