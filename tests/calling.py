"""Ways to call `kg`, and where the project is."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from typer.testing import Result

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"

Kg = Callable[..., Result]


def process(*arguments: object, **options: object) -> subprocess.Popen[bytes]:
    """Start `kg` as a process of its own, its streams being pipes unless `options` say otherwise."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    settings = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    return subprocess.Popen(command, env=environment, **{**settings, **options})  # type: ignore[call-overload,no-any-return]
