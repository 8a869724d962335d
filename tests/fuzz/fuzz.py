"""A coverage-guided fuzzer over every way in: `python tests/fuzz/fuzz.py MINUTES [TARGET …]`.

Needs atheris (`pip install atheris`). Each target runs in a process of its own for its share of the time, on
the inputs in corpus/TARGET, which grow by every input that reached new code. An input that fails stays as
tests/fuzz/found-…; make it a case of tests/robustness/cases. The last lines count the executions.
"""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TESTS = ("tests", "tests/export")
sys.path[:0] = [str(ROOT), *(str(ROOT / name) for name in TESTS)]

TARGETS = (
    "normalise", "read", "page", "extract", "rules", "frames", "ask", "print", "export", "embed",
)  # fmt: skip
# An input that takes longer, in seconds, is a finding.
HANG = 20
_LONGEST = {"read": 4096, "page": 4096, "rules": 2048}
_DONE = re.compile(r"Done (\d+) (?:runs )?in|stat::number_of_executed_units:\s*(\d+)")


def text(data: bytes) -> str:
    """Text with every character possible in it, half ones too: UTF-8 that lets surrogates pass."""
    return data.decode("utf-8", "surrogatepass" if _may_pass(data) else "replace")


def _may_pass(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def target(name: str, scratch: Path) -> Callable[[bytes], None]:
    """The check of tests/robustness that a target feeds."""
    from robustness import checks

    if name == "normalise":
        return lambda data: checks.normalising(text(data))
    if name == "rules":
        return lambda data: checks.rule_file(scratch, data)
    if name == "frames":
        return lambda data: checks.frame(text(data))
    if name == "export":
        return _exporting(scratch)
    if name == "print":
        return lambda data: _with_names(data, lambda number, names: checks.printing(scratch, number, names))
    if name == "embed":
        return lambda data: _with_names(data, lambda _, names: checks.embedding(names))
    if name == "ask":
        from graph_fakes import build

        db = build(
            scratch / "graph.db", {"a": "谷歌 = Google\n谷歌 发布 Gemini/产品 2023-12\n谷歌 竞争 OpenAI\n"}
        )
        return lambda data: checks.asking(db, text(data))
    from kg.read import load_profile

    profile = load_profile(ROOT / "rules")
    if name == "extract":
        from kg.extraction import Extractor

        extractor = Extractor.load(ROOT / "rules")
        return lambda data: checks.extracting(extractor, text(data), profile)
    endings = (".html",) if name == "page" else (".txt", ".jsonl", "")
    return lambda data: [checks.reading(scratch, data, ending, profile) for ending in endings] and None


def _with_names(data: bytes, check: Callable[[int, list[str]], None]) -> None:
    """Call a check with a number, the first byte, and the different names in the others, if there are two."""
    names = list(dict.fromkeys(filter(None, text(data[1:]).split("\n"))))[:4]
    if len(names) > 1:
        check(data[0], names)


def _exporting(scratch: Path) -> Callable[[bytes], None]:
    from robustness import exports

    formats = list(exports.READERS)

    def check(number: int, names: list[str]) -> None:
        exports.exporting(scratch, names, [formats[number % len(formats)]])

    return lambda data: _with_names(data, check)


def fuzz(name: str, seconds: int) -> None:
    """Fuzz one target in this process; atheris ends it."""
    import atheris

    logging.disable(logging.WARNING)
    with atheris.instrument_imports(include=["kg"]):
        import kg.cli.app
        import kg.export
        import kg.extraction
        import kg.query
        import kg.read  # noqa: F401

        with tempfile.TemporaryDirectory() as scratch:
            run = target(name, Path(scratch))
            seed = HERE / "corpus" / name
            seed.mkdir(parents=True, exist_ok=True)
            flags = [
                f"-max_total_time={seconds}",
                f"-timeout={HANG}",
                f"-max_len={_LONGEST.get(name, 600)}",
                f"-artifact_prefix={HERE}/found-{name}-",
                f"-dict={HERE / 'words.dict'}",
                "-print_final_stats=1",
                "-verbosity=0",
            ]
            atheris.Setup([sys.argv[0], *flags, str(seed)], run)
            atheris.Fuzz()


def main(minutes: float, names: list[str]) -> int:
    """Give each target its share of the minutes; return how many failed, and print how many inputs ran."""
    seconds = max(2, round(minutes * 60 / len(names)))
    counts, failed = dict[str, int](), list[str]()
    for name in names:
        done = subprocess.run(
            [sys.executable, __file__, "--one", name, str(seconds)],
            capture_output=True,
            text=True,
            errors="replace",
            env={**os.environ, "PYTHONHASHSEED": "0"},
            check=False,
        )
        found = [int(number) for pair in _DONE.findall(done.stderr) for number in pair if number]
        counts[name] = max(found, default=0)
        print(f"{name:10} {counts[name]:>10,} executions{'  FAILED' if done.returncode else ''}", flush=True)
        if done.returncode:
            failed.append(name)
            print(done.stderr[-4_000:], file=sys.stderr)
    print(json.dumps({"executions": sum(counts.values()), "failed": failed, **counts}, ensure_ascii=False))
    return len(failed)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        fuzz(sys.argv[2], int(sys.argv[3]))
    else:
        sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0, sys.argv[2:] or list(TARGETS)))
