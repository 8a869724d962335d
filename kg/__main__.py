"""`python -m kg` and the `kg` script."""

from __future__ import annotations

from kg.cli.app import app


def main() -> None:
    """Run the command line; never returns."""
    app()


if __name__ == "__main__":
    main()
