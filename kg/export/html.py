"""The explorer: one HTML file that shows the graph with its evidence, needs no network and loads nothing."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from kg.export.atomic import atomic_text
from kg.export.model import Colours, GraphData
from kg.export.page import bundle
from kg.export.page.pack import as_script_text, pack

TITLE = "知识图谱"

# A Python string may hold half a surrogate pair, UTF-8 may not. One character stands for one: offsets stay.
_SURROGATES = re.compile("[\ud800-\udfff]")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def write(
    data: GraphData,
    path: Path,
    *,
    title: str = TITLE,
    colours: Colours | None = None,
    symmetric: Collection[str] = (),
) -> None:
    """Write the page to `path`: whole or not at all, the same bytes for the same graph.

    `symmetric` names the relations without direction. Raises InputError where `path` cannot be written.
    """
    text = render(data, title=title, colours=colours or Colours(), symmetric=symmetric)
    with atomic_text(path) as file:
        file.write(text)


def render(data: GraphData, *, title: str, colours: Colours, symmetric: Collection[str]) -> str:
    """Return the page as text."""
    from jinja2 import Environment
    from markupsafe import Markup

    title = _UNSEEN.sub(" ", title)
    graph, evidence = pack(data, title=title, colours=colours, symmetric=symmetric)
    script, library, style = bundle.script(), bundle.library(), bundle.part("style.css")
    environment = Environment(autoescape=True, keep_trailing_newline=True)
    page = environment.from_string(bundle.part("template.html.j2")).render(
        title=title,
        policy=Markup(bundle.policy((library, script), style)),
        style=Markup(style),
        messages=Markup(as_script_text(bundle.messages())),
        graph=Markup(as_script_text(graph)),
        evidence=Markup(as_script_text(evidence)),
        library=Markup(library),
        script=Markup(script),
    )
    return _SURROGATES.sub("\ufffd", page)
