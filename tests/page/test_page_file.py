"""The file itself, before any browser sees it."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from page import graphs as page_graphs

from kg.errors import InputError
from kg.export import html
from kg.export.model import Colours
from kg.export.page import bundle
from kg.export.page.names import folds, readings
from kg.export.page.opening import MOST_NODES, choose
from kg.export.page.pack import as_script_text, pack

FOLDER = Path(bundle.__file__).parent


class Parts(HTMLParser):
    """The scripts, styles and addresses of a page, as a parser that follows the standard finds them."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.styles: list[str] = []
        self.policy = ""
        self.addresses: list[str] = []
        self._open = ""
        self._attributes: dict[str, str | None] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self._open, self._attributes = tag, attributes
        if attributes.get("http-equiv") == "Content-Security-Policy":
            self.policy = attributes["content"] or ""
        self.addresses += [value for name, value in attrs if name in {"src", "href", "action"} and value]
        assert not any(name.startswith("on") or name == "style" for name in attributes)

    def handle_data(self, data: str) -> None:
        if self._open == "script":
            self.scripts.append((self._attributes, data))
        elif self._open == "style":
            self.styles.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._open = ""


@pytest.fixture(scope="module", params=["small", "hostile"])
def text(request: pytest.FixtureRequest) -> str:
    data = getattr(page_graphs, request.param)()
    looks = {"colours": page_graphs.COLOURS, "symmetric": page_graphs.SYMMETRIC}
    return html.render(data, title="<b>标题</b>&", **looks)


def test_nothing_is_loaded_from_outside(text: str) -> None:
    parts = Parts(text)
    assert parts.addresses == ["data:,"]
    assert "sourceMappingURL" not in text
    assert "@import" not in text
    assert "url(" not in parts.styles[0]


def test_the_policy_allows_exactly_the_scripts_and_the_style_of_the_page(text: str) -> None:
    parts = Parts(text)
    run = [code for attributes, code in parts.scripts if attributes.get("type") != "application/json"]
    rules = dict(rule.strip().split(" ", 1) for rule in parts.policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"].split() == [_hash(code) for code in run]
    assert rules["style-src"].split() == [_hash(style) for style in parts.styles]
    assert "unsafe" not in parts.policy


def _hash(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def test_data_cannot_end_its_block(text: str) -> None:
    scripts = Parts(text).scripts
    blocks = [code for attributes, code in scripts if attributes.get("type") == "application/json"]
    assert len(blocks) == 3
    for block in blocks:
        assert not set(block) & set("<>&\u2028\u2029\r\n")
        json.loads(block)


def test_two_writings_give_the_same_bytes(tmp_path: Path) -> None:
    """Also in another process, where sets and dicts are hashed otherwise."""
    html.write(page_graphs.hostile(), tmp_path / "a.html", colours=page_graphs.COLOURS)
    code = (
        "from pathlib import Path; from page import graphs; from kg.export import html;"
        "html.write(graphs.hostile(), Path(sys.argv[1]), colours=graphs.COLOURS)"
    )
    folders = [str(Path(__file__).parents[1]), str(Path(html.__file__).parents[2])]
    subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {folders!r}; {code}", str(tmp_path / "b.html")],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "17"},
    )
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_a_page_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    folder = tmp_path / "taken.html"
    folder.mkdir()
    with pytest.raises(InputError):
        html.write(page_graphs.small(), folder)
    assert list(tmp_path.iterdir()) == [folder]


def test_every_sentence_is_stored_once_and_spans_count_from_its_beginning() -> None:
    data = page_graphs.small()
    _, evidence = pack(data, title="", colours=Colours(), symmetric=())
    statements = [statement for edge in data.edges for statement in edge.statements]
    assert len(evidence["quotes"]) == len(set(evidence["quotes"])) < len(statements)
    for index, statement in enumerate(statements):
        quote = evidence["quotes"][evidence["quote"][index]]
        head_start, head_end, tail_start, tail_end = evidence["spans"][index * 6 : index * 6 + 4]
        assert quote == statement["evidence"]["quote"]
        assert quote[head_start:head_end] == statement["head"]
        assert quote[tail_start:tail_end] == statement["tail"]


def test_a_name_outside_its_sentence_has_no_span() -> None:
    data = page_graphs.small()
    edge = data.edges[0]
    statement = {**edge.statements[0], "evidence": {**edge.statements[0]["evidence"], "head": [0, 3]}}
    alone = replace(data, edges=[replace(edge, statements=(statement,))])
    _, evidence = pack(alone, title="", colours=Colours(), symmetric=())
    assert evidence["spans"][:2] == [-1, -1]


def test_a_date_in_the_sentence_goes_before_that_of_the_document() -> None:
    names: page_graphs.Names = {"a": ("甲", "机构", ()), "b": ("乙", "机构", ())}
    data = page_graphs.build(names, [page_graphs.Said("a", "合作", "b", 0, time="2019-07")])
    graph, _ = pack(data, title="", colours=Colours(), symmetric=())
    assert graph["dates"][graph["statements"]["date"][0]] == "2019-07"


@pytest.mark.parametrize("value", ["</script>", "<!--<script>", "&amp;", "\u2028\u2029", "\x00", "\ud83d"])
def test_script_text_reads_back(value: str) -> None:
    text = as_script_text({value: value})
    assert json.loads(text) == {value: value}
    assert not set(text) & set("<>&\u2028\u2029\x00")


def test_all_readings_and_both_scripts_are_known() -> None:
    names = ["重庆", "女娲", "云港論壇"]
    folded = folds(names)
    assert folded["論"] == "论"
    assert folded["慶"] == "庆"
    assert "鐵" not in folded
    spelt = readings(names, folded)
    assert set(spelt["重"].split()) >= {"zhong", "chong"}
    assert set(spelt["女"].split()) >= {"nv", "nu"}
    assert "论" in spelt


def test_a_small_graph_opens_whole_and_a_large_one_on_its_hubs() -> None:
    star = {(0, leaf): 1 for leaf in range(1, 150)}
    assert len(choose(150, star, [149] + [1] * 149)) == 150
    ring = {(node, node + 1): 1 for node in range(4_999)} | {(7, node): 1 for node in range(100, 4_000)}
    degree = [3_900 if node == 7 else 2 for node in range(5_000)]
    chosen = list(choose(5_000, ring, degree))
    assert chosen[0] == 7
    assert len(chosen) <= MOST_NODES


def test_both_languages_have_the_words_that_the_page_uses() -> None:
    files = {language: json.loads(bundle.part(f"i18n/{language}.json")) for language in bundle.LANGUAGES}
    words = {language: set(file["words"]) for language, file in files.items()}
    assert words["zh"] == words["en"]
    source = bundle.script() + bundle.part("template.html.j2")
    used = set(re.findall(r'(?:\bt\(|data-t(?:-label|-hint)?=)"([a-z.]+)"', source))
    assert used <= words["zh"]
    made = {key for key in words["zh"] - used if not key.startswith(("column.", "conflict.", "mark."))}
    assert made == {key for key in made if f'"{key}"' in source}


def test_no_module_writes_html() -> None:
    for source in (FOLDER / "script").glob("*.js"):
        text = source.read_text(encoding="utf-8")
        assert not re.search(r"(inner|outer|Adjacent)HTML|document\.write|\beval\(", text), source.name
        assert text.count("\n") < 300, source.name
