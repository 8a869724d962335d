"""kg: a knowledge-graph builder for Chinese news whose every edge shows the words that prove it."""

__version__ = "0.1.0"
