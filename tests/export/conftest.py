"""What could not be tested is said at the end of the run, where it is seen."""

from __future__ import annotations

from typing import Any


def pytest_terminal_summary(terminalreporter: Any) -> None:
    unseen = [
        report for report in terminalreporter.getreports("skipped") if "NOT READ" in str(report.longrepr)
    ]
    if unseen:
        terminalreporter.section("NOT TESTED", sep="!", red=True)
        terminalreporter.write_line(f"{len(unseen)} tests of exported files: {unseen[0].longrepr[2]}")
