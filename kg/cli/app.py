"""The `kg` command: its subcommands, each imported only when it is asked for, and the one way out for errors.

Typer builds a command by inspecting its function, which for all of them takes longer than a question to the
graph does; so the group knows their names and makes one when it is called.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any

import typer
import typer.main

from kg.cli import errors, output
from kg.cli.conversion import PlainCommand, PlainGroup

# Where each command is found, in the order in which the help lists them.
COMMANDS = {
    "build": "kg.cli.building:build",
    "diff": "kg.cli.differing:diff",
    "extract": "kg.cli.building:extract",
    "neighbors": "kg.cli.asking:neighbors",
    "path": "kg.cli.asking:path",
    "why": "kg.cli.asking:why",
    "search": "kg.cli.asking:search",
    "timeline": "kg.cli.asking:timeline",
    "conflicts": "kg.cli.conflicting:conflicts",
    "stats": "kg.cli.asking:stats",
    "entity": "kg.cli.entities:entity",
    "correct": "kg.cli.correcting:correct",
    "export": "kg.cli.exporting:export",
    "import-parquet": "kg.cli.scaling:import_parquet",
    "serve": "kg.cli.serving:serve",
    "evaluate": "kg.cli.evaluating:evaluate",
    "explain": "kg.cli.explaining:explain",
    "rules": "kg.cli.rulework:rules",
    "gaps": "kg.cli.learning:gaps",
    "suggest": "kg.cli.learning:suggest",
}
DEBUG = "--debug"


class Commands(PlainGroup):
    """A group that makes its commands when they are needed."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command of that name, or None."""
        if cmd_name not in self.commands and cmd_name in COMMANDS:
            module, _, name = COMMANDS[cmd_name].partition(":")
            self.commands[cmd_name] = _made(cmd_name, getattr(import_module(module), name))
        return self.commands.get(cmd_name)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command and leave with its exit code; whatever goes wrong is told in one place."""
        given, debug = _without_debug(sys.argv[1:] if args is None else list(args))
        output.prepare_streams()

        def run() -> None:
            with self.make_context("kg", given, **extra) as context:
                self.invoke(context)

        sys.exit(errors.guarded(run, debug=debug))


def _made(name: str, function: Any) -> Any:
    """Return typer's command for a function, or for a Typer that holds commands of its own."""
    holder = function
    if not isinstance(function, typer.Typer):
        holder = typer.Typer(add_completion=False, rich_markup_mode=None)
        holder.command(name, cls=PlainCommand)(function)
    command = typer.main.get_command(holder)
    command.name = name
    return command


def _without_debug(arguments: list[str]) -> tuple[list[str], bool]:
    """Return the arguments less `--debug`, which may stand anywhere, and whether it was there."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    kept = [argument for argument in arguments[:end] if argument != DEBUG]
    return kept + arguments[end:], len(kept) < end


app = typer.Typer(cls=Commands, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


def _show_version(wanted: bool) -> None:
    if wanted:
        from kg import __version__

        output.say(f"kg {__version__}")
        raise typer.Exit


@app.callback(context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True)
def options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_show_version)
    ] = False,
    debug: Annotated[bool, typer.Option(DEBUG, help="Show the traceback of an error.")] = False,
) -> None:
    """A knowledge graph from Chinese news: rules in YAML, every edge with the sentence that proves it.

    \b
    Example:
      kg build seeds && kg neighbors OpenAI
    """
