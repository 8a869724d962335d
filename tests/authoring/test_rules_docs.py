"""The guide to writing rules does what it says, and says the same in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from console import ROOT, furnish, run

GUIDES = (ROOT / "docs" / "rules.zh.md", ROOT / "docs" / "rules.md")

_STEP = re.compile(
    r"(?:^<!-- (?P<how>write|append|replace) (?P<file>[^ :]+)(?:: (?P<old>.*?))? -->\n"
    r"```yaml\n(?P<yaml>.*?)^```$)"
    r"|(?:^```shell-session\n(?P<session>.*?)^```$)",
    re.MULTILINE | re.DOTALL,
)
_COMMAND = re.compile(r"^\$ (?P<command>.*)\n(?P<shown>(?:(?!\$ ).*\n)*)", re.MULTILINE)


def steps(guide: Path) -> list[dict[str, str | None]]:
    return [match.groupdict() for match in _STEP.finditer(guide.read_text(encoding="utf-8"))]


def edit(folder: Path, step: dict[str, str | None]) -> None:
    path = folder / (step["file"] or "")
    new = step["yaml"] or ""
    if step["how"] == "write":
        path.write_text(new, encoding="utf-8")
        return
    text = path.read_text(encoding="utf-8")
    if step["how"] == "append":
        path.write_text(text.rstrip("\n") + "\n" + new, encoding="utf-8")
        return
    old = step["old"] or ""
    assert text.count(old) == 1, f"{path.name} should hold `{old}` once"
    path.write_text(text.replace(old, new.removesuffix("\n")), encoding="utf-8")


def test_every_step_of_the_guide_works(tmp_path: Path) -> None:
    furnish(tmp_path)
    for step in steps(GUIDES[0]):
        if step["yaml"] is not None:
            edit(tmp_path, step)
            continue
        for match in _COMMAND.finditer(step["session"] or ""):
            told = run(match["command"], tmp_path)
            assert told.returncode == 0, f"$ {match['command']}\n{told.stdout}{told.stderr}"
            for line in match["shown"].splitlines():
                assert line in told.stdout, f"$ {match['command']}\n{told.stdout}"


def test_both_languages_show_the_same_files_and_commands() -> None:
    assert steps(GUIDES[0]) == steps(GUIDES[1])


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_the_guide_has_ten_steps(guide: Path) -> None:
    titles = re.findall(r"^## (\d+)\. ", guide.read_text(encoding="utf-8"), re.MULTILINE)
    assert titles == [str(number) for number in range(1, 11)]
