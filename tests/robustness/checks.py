"""What must hold for any input at all, each as one function that hypothesis and the fuzzer both call.

A check returns nothing; what the program may raise (KgError) is expected, everything else is a finding.
"""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import export_graphs
from graph_fakes import build
from typer.testing import CliRunner

from kg import query, read, text
from kg.attempt import Extractor
from kg.cli.app import app
from kg.conflicts import conflicts
from kg.errors import KgError, RuleError
from kg.export.page.pack import as_script_text, pack
from kg.model import Document
from kg.ontology import Conflicts, Ontology, RelationType
from kg.query import identity
from kg.read import ReadingProfile, prose
from kg.rules import frames, schema, yamlfile
from kg.rules.alphabet import Alphabet
from kg.rules.frames import FrameCompiler, Syntax, Types
from kg.store import packing

_PRIVATE = re.compile("[\ud800-\uf8ff\U000f0000-\U0010ffff]")
# What a terminal would obey, or that turns the direction of writing.
_OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_ONTOLOGY = Ontology(
    {},
    {
        name: RelationType(
            name, frozenset(), frozenset(), False, "#000000", conflicts=Conflicts(one="head", denials=True)
        )
        for name in ("任职", "发布")
    },
)
MODELS = (
    schema.RelationFile,
    schema.OntologyFile,
    schema.LexiconFile,
    schema.RolesFile,
    schema.ConstructionsFile,
    schema.TimesFile,
)


def normalising(given: str) -> None:
    """Normalised text is stable, holds no private character, and leads back to where it came from."""
    normal = text.normalise(given)
    assert text.normalise(normal.text).text == normal.text
    assert not any(map(_PRIVATE.match, normal.text))
    last = 0
    for index in range(len(normal.text)):
        start, end = normal.span(index, index + 1)
        assert last <= start < end <= len(given)
        assert normal.position(start) == index
        last = end
    before = 0
    for start, end in text.sentences(normal.text, 0, len(normal.text)):
        assert before <= start < end <= start + text.MAX_SENTENCE
        before = end


def reading(folder: Path, data: bytes, ending: str, profile: ReadingProfile) -> list[Document]:
    """Whatever a file holds, it gives documents that can be stored, or says why not."""
    path = folder / f"input{ending}"
    path.write_bytes(data)
    problems: list[KgError] = []
    found: list[Document] = []
    with suppress(KgError):
        found.extend(read.documents([str(path)], profile, problems.append))
    for problem in problems:
        assert problem.message
        assert problem.hint
        assert problem.place
    for document in found:
        document.text.encode()
        " ".join((document.id, document.title, document.url)).encode()
        end = 0
        for region in document.regions:
            assert end <= region.start < region.end <= len(document.text)
            end = region.end
    assert len({document.id for document in found}) == len(found)
    return found


def extracting(extractor: Extractor, given: str, profile: ReadingProfile) -> None:
    """Whatever a text says, its statements point at it, and survive storing and printing."""
    document = prose.document("d", "d.txt", given, profile)
    found = extractor.extract(document)
    for said in found.statements:
        evidence = said.evidence
        assert given[evidence.start : evidence.end] == evidence.quote
        for start, end in (evidence.head, evidence.tail, *([evidence.trigger] if evidence.trigger else [])):
            assert 0 <= start <= end <= len(given)
        assert said.head_id != said.tail_id
        written = json.dumps(said.as_json(), ensure_ascii=False)
        assert json.loads(written) == said.as_json()
    assert tuple(packing.unpack(packing.pack(found))) == found.statements


def rule_file(folder: Path, data: bytes) -> None:
    """Whatever a rule file holds, it is read or refused with its place."""
    path = folder / "rules.yaml"
    path.write_bytes(data)
    try:
        file = yamlfile.read(path)
    except RuleError as error:
        assert error.place
        return
    for model in MODELS:
        with suppress(RuleError):
            yamlfile.parse(file, model)


def frame(given: str) -> None:
    """Whatever is written as a frame, it is compiled or refused."""
    syntax = Syntax(("在",), ("和", "、"), frozenset(("机构", "人物")))
    types = Types(frozenset(("机构",)), frozenset(("机构", "人物")))
    letters = Alphabet(["机构", "人物"])
    with suppress(RuleError):
        nodes = frames.parse(given)
        re.compile(FrameCompiler(letters, syntax, types, {"trigger": "x/trigger"}).expression(nodes))


def asking(db: Path, given: str) -> None:
    """Whatever is asked, there is an answer that JSON holds, or a sentence that says why there is none."""
    questions: list[Any] = [
        lambda: query.search(db, given),
        lambda: query.find(db, given),
        lambda: query.neighbors(db, given),
        lambda: query.neighbors(db, "OpenAI", relations=[given]),
        lambda: query.neighbors(db, "OpenAI", until=given, direction="in"),
        lambda: query.why(db, given, "OpenAI"),
        lambda: query.path(db, given, "OpenAI"),
        lambda: query.path(db, "OpenAI", "谷歌", relations=query.known_relations(db, [given])),
        lambda: query.timeline(db, given),
        lambda: query.timeline(db, "OpenAI", since=given),
        lambda: query.stats(db, at=given),
        lambda: identity.identity(db, given),
    ]
    for question in questions:
        with suppress(KgError):
            json.loads(json.dumps(question().as_json()))
    with suppress(KgError):
        conflicts(db, _ONTOLOGY, given)


COMMANDS: tuple[tuple[str, ...], ...] = (
    ("search", "NAME"), ("neighbors", "NAME"), ("neighbors", "NAME", "--depth=2"), ("timeline", "NAME"),
    ("why", "NAME", "OTHER"), ("path", "NAME", "OTHER"), ("stats",), ("conflicts", "NAME"), ("entity", "show", "NAME"),
)  # fmt: skip


def printing(folder: Path, number: int, names: list[str]) -> None:
    """Whatever the names of a graph are, what a command prints of it cannot steer a terminal."""
    plain = [re.sub(r"[\s/\ud800-\udfff]|^=$", "_", name) for name in names]
    lines = (f"{head} 任职 {tail}\n" for head, tail in zip(plain, [*plain[1:], "谷歌"], strict=True))
    db = folder / "printed.db"
    db.unlink(missing_ok=True)
    build(db, {f"文章{plain[0]}": "".join(lines)})
    words = {"NAME": plain[0], "OTHER": "谷歌"}
    asked = [words[word] for word in COMMANDS[number % len(COMMANDS)] if word in words]
    command = [word for word in COMMANDS[number % len(COMMANDS)] if word not in words]
    for form in ((), ("--json",)):
        told = CliRunner().invoke(app, [*command, "--db", str(db), *form, "--", *asked])
        assert told.exit_code in (0, 1, 2), told.output
        assert told.exception is None or isinstance(told.exception, SystemExit)
        assert not _OBEYED.search(told.output), told.output
    if told.exit_code == 0:
        json.loads(told.stdout)


def embedding(names: list[str]) -> None:
    """Whatever the names are, the page's data are JSON that cannot end its block and reads back the same."""
    data = export_graphs.ring(names)
    for block in pack(data, title=names[0], colours=export_graphs.COLOURS, symmetric=()):
        written = as_script_text(block)
        assert not set(written) & set("<>&\u2028\u2029")
        assert json.loads(written) == json.loads(json.dumps(block))


def limits() -> int:
    """How many examples hypothesis tries of each property; KG_EXAMPLES asks for more."""
    return int(os.environ.get("KG_EXAMPLES", "40"))
