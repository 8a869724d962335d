"""The one place where an exception becomes a line for a person and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import typer

from kg.cli import output
from kg.errors import KgError

INTERRUPTED = 130


class Interrupted(KeyboardInterrupt):
    """Ctrl-C in a command that can say what is kept."""

    def __init__(self, kept: str) -> None:
        super().__init__(kept)
        self.kept = kept


def guarded(run: Callable[[], object], *, debug: bool) -> int:
    """Run a command, tell what went wrong, and return the exit code. `debug` adds the traceback."""
    try:
        run()
        sys.stdout.flush()
    except typer.Exit as leave:
        return leave.exit_code
    except BrokenPipeError:
        # The reader has left, as `head` does; what still waits in the buffer must not fail at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (KeyboardInterrupt, typer.Abort) as stop:
        output.complain(f"stopped: {stop.kept if isinstance(stop, Interrupted) else 'nothing was changed'}")
        return INTERRUPTED
    except (KgError, typer.TyperException) as error:
        if debug:
            import traceback

            traceback.print_exc()
        report(error)
        return error.exit_code
    return 0


def report(error: KgError | typer.TyperException, kind: str = "error") -> None:
    """Print `error: place: message`, and its hint, to standard error."""
    if isinstance(error, KgError):
        output.complain(f"{kind}: {error}")
        hint = error.hint
    else:
        context = getattr(error, "ctx", None)
        message = error.format_message()
        if message.startswith("Usage: "):  # a group without a command shows its help
            sys.stderr.write(message + "\n")
            return
        output.complain(f"{kind}: {message}")
        hint = f"{context.command_path} --help" if context else ""
    if hint:
        output.complain(f"  hint: {hint}")
