"""Dask is an extra: where it is missing these tests are passed over by name, but not on a build server."""

from __future__ import annotations

import os

import pytest

if not os.environ.get("CI"):
    for package in ("distributed", "pandas", "pyarrow", "duckdb"):
        pytest.importorskip(
            package, reason=f"NOT TESTED: clusters need {package}: pip install 'kg[dask]' duckdb"
        )
