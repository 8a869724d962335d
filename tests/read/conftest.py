"""What the tests of reading share: the profile that ships with the project, and a list of errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import KgError
from kg.read import ReadingProfile, load_profile

RULES = Path(__file__).parents[2] / "rules"


@pytest.fixture(scope="session")
def profile() -> ReadingProfile:
    return load_profile(RULES)


@pytest.fixture
def errors() -> list[KgError]:
    return []
