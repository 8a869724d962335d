"""Any names and sentences: no export that its own reader refuses, and no page that runs them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from robustness import checks, exports, strategies


@pytest.mark.parametrize("name", exports.READERS)
@settings(
    max_examples=checks.limits(),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(texts=st.lists(strategies.texts.filter(bool), min_size=2, max_size=4, unique=True))
def test_any_graph_is_read_back(tmp_path: Path, name: str, texts: list[str]) -> None:
    exports.exporting(tmp_path, texts, [name])
