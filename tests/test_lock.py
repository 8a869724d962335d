"""The two ways to install the same packages name the same versions."""

from __future__ import annotations

import re
from importlib.metadata import distributions

from calling import ROOT
from packaging.specifiers import SpecifierSet

PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
# Installed where they are wanted: the fuzzer has wheels for few systems, jieba is only measured against.
APART = {"atheris", "jieba"}


def pins(name: str) -> dict[str, str]:
    found = PIN.findall((ROOT / name).read_text(encoding="utf-8"))
    return {re.sub(r"[-_.]+", "-", package).lower(): version for package, version in found}


def test_the_locked_versions_are_the_constraints() -> None:
    constraints = {name: version for name, version in pins("constraints.txt").items() if name not in APART}
    assert pins("requirements.lock") == constraints, "run: make lock"


def test_every_locked_package_has_a_hash() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[A-Za-z0-9])", text)
    assert all("--hash=sha256:" in entry for entry in entries if PIN.match(entry))


def test_what_is_pinned_installs_on_the_first_python_that_is_promised() -> None:
    known = pins("constraints.txt")
    demands = {
        found.name: (found.metadata.get_all("Requires-Python") or [""])[0]
        for found in distributions()
        if known.get(re.sub(r"[-_.]+", "-", found.name).lower()) == found.version
    }
    assert len(demands) > len(known) / 2
    assert [name for name, demand in demands.items() if not SpecifierSet(demand).contains("3.11.0")] == []
