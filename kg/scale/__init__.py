"""The same stages on many machines: batches of Arrow in and out, Dask to hand them round.

`extract_batch` is all that another engine (Spark, Ray) needs. Needs kg[dask].
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.scale.batches import extract_batch

__all__ = ["extract_batch"]


def __getattr__(name: str) -> Any:
    """Load Arrow when it is first asked for, so that the package can be looked at without it."""
    if name != "extract_batch":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from kg.scale.batches import extract_batch

    return extract_batch
