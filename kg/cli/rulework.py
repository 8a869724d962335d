"""For those who write rules: start, check, test, measure and compare them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import errors, output
from kg.cli.conversion import PlainCommand, PlainGroup
from kg.cli.options import Json, Rules
from kg.cli.richly import show, show_or_json
from kg.errors import KgError
from kg.rules import ruleset

rules = typer.Typer(cls=PlainGroup, add_completion=False, rich_markup_mode=None, no_args_is_help=True)

Folder = Annotated[
    Path | None,
    typer.Argument(metavar="DIR", help="The rule folder; the shipped one if left out.", show_default=False),
]
Paths = Annotated[list[str], typer.Argument(metavar="PATH", help="Articles: files and folders.")]
Gold = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Hand-annotated triples of these articles, to judge by.")
]
Types = Annotated[list[str] | None, typer.Option(metavar="类型", help="A type there; may be repeated.")]


@rules.callback()
def about() -> None:
    """Start, check, test, measure and compare rules.

    \b
    Example:
      kg rules init my-rules && kg rules check my-rules && kg rules test my-rules
    """


@rules.command(cls=PlainCommand)
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder to make.")],
    bare: Annotated[
        bool, typer.Option("--bare", help="For another field: without relations, and no names but places.")
    ] = False,
) -> None:
    """Copy the shipped rules to edit.

    \b
    Examples:
      kg rules init my-rules
      kg rules init announcements --bare
    """
    from kg.authoring.starting import init as start

    output.say(f"{folder}: {output.counted(len(start(folder, bare=bare)), 'files')}")


@rules.command(cls=PlainCommand)
def new(
    relation: Annotated[str, typer.Argument(metavar="关系", help="The name of the relation.")],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The rule folder.")],
    head: Types = None,
    tail: Types = None,
    symmetric: Annotated[bool, typer.Option("--symmetric", help="It has no direction.")] = False,
) -> None:
    """Start the rule file of a relation.

    One that the ontology does not hold yet needs the types of its ends.

    \b
    Example:
      kg rules new 减持 my-rules --head 机构 --head 人物 --tail 机构
    """
    from kg.authoring.starting import new_relation

    for path in new_relation(folder, relation, head or (), tail or (), symmetric=symmetric):
        output.say(str(path))


@rules.command(cls=PlainCommand)
def check(
    folder: Folder = None,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings fail too.")] = False,
    as_json: Json = False,
) -> None:
    """List every problem of a rule folder.

    Each comes with its place, its line and a remedy. Exit code 1 if one is an error.

    \b
    Example:
      kg rules check my-rules
    """
    from kg.authoring.check import check as check_rules
    from kg.authoring.problems import render

    report = check_rules(folder or ruleset.shipped())
    show_or_json(report.as_json(), render(report), as_json)
    raise typer.Exit(report.exit_code(strict=strict))


@rules.command(cls=PlainCommand)
def test(
    folder: Folder = None,
    relation: Annotated[
        list[str] | None,
        typer.Option("--relation", "-r", metavar="关系", help="Only this one's examples; may be repeated."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Run the examples that the rules carry.

    A failure shows what was expected, what was found, and what came nearest. Exit code 1 if one fails.

    \b
    Example:
      kg rules test my-rules --relation 收购
    """
    from kg import rulecache
    from kg.authoring.examples import render, run

    extractor = rulecache.load(folder or ruleset.shipped())
    report = run(extractor.rules, relation or (), extractor=extractor)
    show_or_json(report.as_json(), render(report), as_json)
    raise typer.Exit(report.exit_code())


@rules.command(cls=PlainCommand)
def coverage(paths: Paths, folder: Rules = None, gold: Gold = None, as_json: Json = False) -> None:
    """Show how often each rule fires, and which never do.

    \b
    Example:
      kg rules coverage seeds --rules my-rules
    """
    from kg.authoring.coverage import coverage as cover
    from kg.authoring.coverage import render

    found = cover(folder or ruleset.shipped(), paths, gold, _skip)
    show_or_json(found.as_json(), render(found), as_json)


@rules.command(cls=PlainCommand)
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD_DIR", help="The rules before.")],
    new: Annotated[Path, typer.Argument(metavar="NEW_DIR", help="The rules after.")],
    paths: Paths,
    gold: Gold = None,
    as_json: Json = False,
) -> None:
    """Show what an edit of rules gains, loses and changes.

    \b
    Example:
      kg rules diff rules my-rules seeds
    """
    from kg.authoring.diff import diff as compare
    from kg.authoring.diff import render

    found = compare(old, new, paths, gold, _skip)
    show_or_json(found.as_json(), render(found), as_json)


@rules.command(cls=PlainCommand)
def watch(
    paths: Paths,
    folder: Annotated[Path, typer.Option("--rules", metavar="DIR", help="The rule folder.")] = Path("rules"),
    gold: Gold = None,
) -> None:
    """Show what changes at each save of a rule, until Ctrl-C.

    \b
    Example:
      kg rules watch seeds --rules my-rules
    """
    from kg.authoring.diff import render
    from kg.authoring.diff import watch as look

    output.complain(f"watching {folder}; Ctrl-C ends it")
    for found in look(folder, paths, gold):
        if isinstance(found, KgError):
            errors.report(found)
        else:
            show(render(found))


def _skip(error: KgError) -> None:
    errors.report(error, kind="skipped")
