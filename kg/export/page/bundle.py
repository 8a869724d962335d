"""The page's parts as text: its modules joined to one script, its style, its words, the network library."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

LANGUAGES = ("zh", "en")
ENTRY = "main.js"

_IMPORT = re.compile(
    r'^import (?:\* as (?P<all>\w+)|(?P<some>\{[^}]*\})) from "\./(?P<file>[\w-]+\.js)";\n', re.MULTILINE
)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|const|class) (\w+))", re.MULTILINE)


def part(name: str) -> str:
    """Return a file of this package as text, with line ends as the HTML parser leaves them."""
    return _text(files(__package__).joinpath(name))


@cache
def script() -> str:
    """Return the modules of `script/` as one script, each before those that import it.

    The sources are ES modules, so that editors and linters understand them; but a page opened from disk may
    not load modules, so each becomes a function that is called once and returns what it exports.
    """
    sources: dict[str, str] = {}
    _collect(ENTRY, sources)
    return '"use strict";\n' + "\n".join(_as_function(name, source) for name, source in sources.items())


def _collect(name: str, sources: dict[str, str]) -> None:
    """Add the module `name` to `sources`, after all that it needs."""
    if name in sources:
        return
    source = part(f"script/{name}")
    for match in _IMPORT.finditer(source):
        _collect(match["file"], sources)
    sources[name] = source


def _as_function(name: str, source: str) -> str:
    exported = ", ".join(_EXPORT.findall(source))
    body = _EXPORT.sub("", _IMPORT.sub(_as_constant, source))
    return f"const {_variable(name)} = (() => {{\n{body}\nreturn {{ {exported} }};\n}})();\n"


def _as_constant(match: re.Match[str]) -> str:
    return f"const {match['all'] or match['some']} = {_variable(match['file'])};\n"


def _variable(name: str) -> str:
    return "module_" + name.removesuffix(".js").replace("-", "_")


@cache
def library() -> str:
    """Return the vis-network that pyvis carries.

    Its own style sheet is for tooltips and buttons that the page does not use, and stays out.
    """
    folder = files("pyvis").joinpath("lib")
    newest = max(
        (each for each in folder.iterdir() if each.name.startswith("vis-")),
        key=lambda each: [int(number) for number in re.findall(r"\d+", each.name)],
    )
    text = _text(newest.joinpath("vis-network.min.js"))
    # A source map is a request to the outside as soon as someone opens the developer tools.
    return re.sub(r"\n?//# sourceMappingURL=\S*\s*$", "\n", text)


@cache
def messages() -> dict[str, object]:
    """Return the words of the interface, by language."""
    return {language: json.loads(part(f"i18n/{language}.json")) for language in LANGUAGES}


def policy(scripts: tuple[str, ...], style: str) -> str:
    """Return a Content-Security-Policy that loads nothing and runs exactly these scripts and this style."""
    allowed = " ".join(_hash(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"


def _text(file: Traversable) -> str:
    return file.read_bytes().decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
