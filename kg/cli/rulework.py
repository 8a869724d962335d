"""For those who write rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.conversion import PlainCommand, PlainGroup
from kg.cli.options import Json
from kg.rules.ruleset import shipped

if TYPE_CHECKING:
    from rich.console import RenderableType

rules = typer.Typer(cls=PlainGroup, add_completion=False, rich_markup_mode=None, no_args_is_help=True)

Folder = Annotated[
    Path | None,
    typer.Argument(metavar="DIR", help="The rule folder; the shipped one if left out.", show_default=False),
]
Strict = Annotated[bool, typer.Option("--strict", help="Warnings fail too.")]


@rules.callback()
def about() -> None:
    """Check and test rules.

    \b
    Example:
      kg rules check && kg rules test
    """


@rules.command(cls=PlainCommand)
def check(folder: Folder = None, strict: Strict = False, as_json: Json = False) -> None:
    """List every problem of a rule folder, each with its place and a remedy.

    \b
    Example:
      kg rules check my-rules
    """
    from kg.authoring.check import check as check_rules
    from kg.authoring.problems import render

    report = check_rules(folder or shipped())
    _print(report.as_json(), render(report), as_json)
    raise typer.Exit(report.exit_code(strict=strict))


def _print(data: dict[str, Any], shown: RenderableType, as_json: bool) -> None:
    if as_json:
        from kg.cli.output import print_json

        print_json(data)
    else:
        from kg.cli.richly import show

        show(shown)
