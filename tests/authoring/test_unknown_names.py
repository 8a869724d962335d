"""Unknown names and their types: told by longer names, by words that keep together, and by lists."""

from __future__ import annotations

from pathlib import Path

import pytest
from rule_copies import shrunk

from kg.authoring.compounds import CompoundModel
from kg.authoring.newwords import listed_words, new_words
from kg.authoring.told import spelled_out
from kg.authoring.trace import Tracer
from kg.authoring.transfer import Forms
from kg.authoring.unknown import stands_alone
from kg.extraction import Extractor
from kg.model import Document, Region
from kg.recognise.mentions import Read

KEPT = {"lexicon": ("companies-us.yaml",), "relations": ("收购.yaml", "合作.yaml", "竞争.yaml", "起诉.yaml")}

KNOWN = [
    ("机构", "海棠"),
    ("产品", "海棠手机"),
    ("产品", "海棠电视"),
    ("机构", "海棠研究院"),
    ("地点", "临江"),
    ("机构", "临江大学"),
    ("机构", "临江银行"),
    ("产品", "松果手机"),
    ("产品", "松果电视"),
    ("机构", "云溪大学"),
    ("机构", "云溪银行"),
]


@pytest.fixture(scope="module")
def tracer(tmp_path_factory: pytest.TempPathFactory) -> Tracer:
    folder: Path = tmp_path_factory.mktemp("few") / "rules"
    shrunk(folder, KEPT)
    return Tracer(Extractor.load(folder))


def _reads(tracer: Tracer, text: str) -> list[Read]:
    document = Document("a", text, (Region(0, len(text)),))
    return [item.read for item in tracer.read(document).sentences]


@pytest.mark.parametrize(("word", "kind"), [("松果", "机构"), ("云溪", "地点")])
def test_names_that_begin_with_a_word_tell_its_type(word: str, kind: str) -> None:
    model = CompoundModel(KNOWN)
    scores = model.scores(word)
    assert max(scores, key=lambda each: scores[each]) == kind
    assert len(model.compounds(word)) == 2


def test_a_word_that_begins_no_name_has_no_type_and_half_a_latin_word_begins_none() -> None:
    model = CompoundModel([*KNOWN, ("产品", "Orion"), ("产品", "Orionis Pro")])
    assert model.scores("石榴") == {}
    assert model.compounds("Orion") == []


def test_parts_that_keep_together_with_changing_neighbours_are_a_new_word(tracer: Tracer) -> None:
    text = (
        "微软看好海棠雨伞的未来。谷歌去了海棠雨伞。昨天海棠雨伞和微软都来了。" + "微软说了许多别的事情。" * 8
    )
    assert list(new_words(_reads(tracer, text))) == ["海棠雨伞"]
    assert new_words(_reads(tracer, "微软看好海棠雨伞的未来。谷歌去了海棠雨伞。")) == {}


def test_a_noun_in_a_list_with_known_names_has_their_type(tracer: Tracer) -> None:
    found = listed_words(_reads(tracer, "微软、海棠、谷歌都来了。苹果很好,海棠、雨伞也好。"))
    assert list(found) == [("海棠", "机构")]


def test_words_of_frames_are_mere_words_and_those_of_examples_are_not(tracer: Tracer) -> None:
    words = spelled_out(tracer.rules)
    assert "竞争对手" in words
    assert "紫米公司" not in words


def test_a_word_before_another_noun_does_not_stand_alone(tracer: Tracer) -> None:
    (read,) = _reads(tracer, "微软有海棠的雨伞和海棠雨伞。")
    assert stands_alone(read, 3, 5)
    assert not stands_alone(read, 9, 11)


def test_forms_are_lent_to_sets_that_lack_them_and_only_to_relations_that_they_suit(tracer: Tracer) -> None:
    forms = Forms(tracer.rules)
    own = {relation.name: relation for relation in tracer.rules.relations}
    used = {f"{name}/{each}" for name, relation in own.items() for each in relation.triggers}
    lent = {form.of(name) for form, name in forms.lacking(own["收购"], used)}
    assert lent
    assert not lent & set(own["收购"].data.frames)
    assert not any("双方" in line for line in lent)
    assert not forms.lacking(own["收购"], set())
    mutual = [form.of(name) for form, name in forms.lacking(own["合作"], used)]
    assert not any(line.find("【tail") < line.find("【head") for line in mutual)
