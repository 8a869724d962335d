"""kg: a knowledge-graph builder for Chinese news whose every edge shows the words that prove it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.api import Graph, open_graph

__version__ = "0.1.0"
__all__ = ["Graph", "__version__", "open_graph"]


def __getattr__(name: str) -> Any:
    """Load the way to ask a graph when it is first wanted: most who import the package want a part of it."""
    if name not in ("Graph", "open_graph"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("kg.api"), name)
