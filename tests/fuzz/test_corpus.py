"""What the fuzzer has found worth keeping runs with every test run, whether or not atheris is there."""

from __future__ import annotations

from pathlib import Path

import fuzz
import pytest

# As many of each target's inputs, spread over all of them.
_MOST = 60


@pytest.mark.parametrize("name", fuzz.TARGETS)
def test_the_kept_inputs_pass(name: str, tmp_path: Path, rules_are_compiled_once: None) -> None:
    run = fuzz.target(name, tmp_path)
    kept = sorted((fuzz.HERE / "corpus" / name).iterdir())
    assert kept
    for path in kept[:: max(1, len(kept) // _MOST)]:
        run(path.read_bytes())
