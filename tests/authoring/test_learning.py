"""`kg gaps` finds what was not understood; `kg suggest` offers lines that were tried on the articles."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from rich.console import Console
from rule_copies import shrunk

from kg.authoring import gaps as gapping
from kg.authoring import suggest as suggesting
from kg.authoring.examples import run
from kg.authoring.forms import FormModel
from kg.authoring.suggest import Suggestions
from kg.authoring.told import told_names
from kg.errors import InputError
from kg.extraction import Extractor
from kg.model import Document, Region
from kg.rules import ruleset, yamlfile

KEPT = {
    "lexicon": ("chips.yaml", "companies-us.yaml", "companies-cn-internet.yaml", "companies-cn-devices.yaml"),
    "relations": ("收购.yaml", "合作.yaml"),
}

ARTICLE = """\
谷歌收购了Snap公司。
微软收购了Meta。
亚马逊收购了英特尔,微软也收购了英特尔。
据报道,三花智控收购了英特尔。
谷歌觊觎微软,Meta觊觎微软。
谷歌买下了一些土地。
"""


@pytest.fixture(scope="module")
def article(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    path = tmp_path_factory.mktemp("articles") / "a.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return [str(path)]


@pytest.fixture(scope="module")
def thin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped rules with few names, of which 三花智控 is none, and without the frames of 收购."""
    folder = tmp_path_factory.mktemp("thin") / "rules"
    shrunk(folder, KEPT)
    path = folder / "relations" / "收购.yaml"
    text = path.read_text(encoding="utf-8")
    head, _, rest = text.partition("frames:\n")
    examples = "examples:\n" + rest.partition("examples:\n")[2]
    path.write_text(head + examples, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def suggestions(thin: Path, article: list[str]) -> Suggestions:
    return suggesting.suggest(thin, article)


def test_gaps_lists_verbs_between_names_and_sentences_that_give_nothing(
    thin: Path, article: list[str]
) -> None:
    found = gapping.gaps(thin, article)
    verb = next(verb for verb in found.verbs if verb.verb == "觊觎")
    assert (verb.count, verb.documents, verb.pairs) == (2, 1, ("机构 机构",))
    assert any("微软收购了Meta" in gap.sentence for gap in found.silent)
    assert [gap.gain for gap in found.silent] == sorted((gap.gain for gap in found.silent), reverse=True)
    assert json.loads(json.dumps(found.as_json()))["documents"] == 1


def test_gaps_guesses_the_type_of_an_unknown_name(thin: Path, article: list[str]) -> None:
    name = next(name for name in gapping.gaps(thin, article).names if name.name == "三花智控")
    assert name.type == "机构"


def test_a_missing_frame_is_learned_from_the_examples_that_fail(suggestions: Suggestions) -> None:
    frame = next(item for item in suggestions.items if item.file == "relations/收购.yaml")
    assert (frame.key, frame.value) == ("frames", "及物(收购)")
    assert frame.gain >= 3 and frame.confidence > 0.6
    assert frame.samples


def test_an_unknown_name_is_suggested_for_the_file_of_its_kind(suggestions: Suggestions) -> None:
    name = next(item for item in suggestions.items if item.value == "三花智控")
    assert name.key == "entities" and name.yaml == "三花智控: []"
    assert yamlfile.read(suggestions.folder / name.file).data["type"] == "机构"


def test_suggestions_are_numbered_by_what_each_adds(suggestions: Suggestions) -> None:
    assert [item.number for item in suggestions.items] == list(range(1, len(suggestions.items) + 1))
    assert all(item.gain > 0 for item in suggestions.items)


def test_an_accepted_suggestion_works(suggestions: Suggestions, tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(suggestions.folder, folder)
    mine = Suggestions(folder, suggestions.items)
    for item in mine.items:
        if item.value in ("及物(收购)", "三花智控"):
            suggesting.accept(mine, item.number)
    text = "三花智控收购了英特尔。"
    found = Extractor.load(folder).extract(Document("x", text, (Region(0, len(text)),)))
    assert [(s.head, s.relation, s.tail) for s in found.statements] == [("三花智控", "收购", "英特尔")]
    assert len(run(ruleset.load(folder), only=["收购"]).failed) < len(
        run(ruleset.load(suggestions.folder), only=["收购"]).failed
    )


def test_an_unknown_number_is_refused(suggestions: Suggestions) -> None:
    with pytest.raises(InputError, match="no suggestion 0"):
        suggesting.accept(suggestions, 0)


def test_both_can_be_shown(thin: Path, article: list[str], suggestions: Suggestions) -> None:
    console = Console(width=120, force_terminal=False)
    with console.capture() as capture:
        console.print(gapping.render(gapping.gaps(thin, article)))
        console.print(suggesting.render(suggestions))
    assert "觊觎" in capture.get()
    assert "三花智控: []" in capture.get()


def test_the_rules_own_examples_tell_the_types_of_names_that_the_lexicon_lacks(rules_dir: Path) -> None:
    path = rules_dir / "relations" / "收购.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "  - 云杉收购了谷歌 => 云杉 收购 谷歌\n", encoding="utf-8")
    told = told_names(ruleset.load(rules_dir))
    assert set(told["云杉"]) == {"机构"}
    assert "谷歌" not in told


def test_a_list_of_names_of_one_type_tells_the_type_of_the_others(rules_dir: Path) -> None:
    (rules_dir / "lexicon" / "mine.yaml").write_text(
        "type: 地点\nentities: {美国: [], 英国: [], 法国: [], 德国: []}\n", encoding="utf-8"
    )
    path = rules_dir / "constructions.yaml"
    text = re.sub(
        r"  国家: \[.*\]", "  国家: [美国, 英国, 法国, 德国, 云杉国, 全国]", path.read_text(encoding="utf-8")
    )
    path.write_text(text, encoding="utf-8")
    told = told_names(ruleset.load(rules_dir))
    assert told["云杉国"].keys() == {"地点"}
    assert "全国" not in told, "an everyday word is no name because names stand beside it"


def test_names_are_told_apart_by_what_they_look_like() -> None:
    known = [("机构", f"{stem}科技") for stem in "云杉清雁折光"] + [("产品", f"Nova-{at}") for at in range(5)]
    scores = FormModel(known).scores("霁月科技")
    assert max(scores, key=lambda kind: scores[kind]) == "机构"
    scores = FormModel(known).scores("Halo-7")
    assert max(scores, key=lambda kind: scores[kind]) == "产品"


def test_a_frame_that_turns_known_pairs_around_is_not_suggested(suggestions: Suggestions) -> None:
    assert all(item.confidence >= 0.5 for item in suggestions.items)
    assert not any("contradicts 1" in item.reason and item.confidence > 0.6 for item in suggestions.items)
    untold = re.compile("【(head|tail)】…?【(head|tail)】…?【")
    assert not any(
        untold.match(item.value) for item in suggestions.items if item.file == "relations/收购.yaml"
    )
