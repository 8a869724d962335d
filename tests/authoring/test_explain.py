"""`kg explain` tells what was found, what became of it, and what nearly matched."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest
from rich.console import Console

from kg.authoring.explain import Explainer, SentenceExplanation
from kg.authoring.explain_html import page
from kg.authoring.explain_text import render
from kg.extraction import Extractor
from kg.model import Document, Region
from kg.rules import ruleset
from kg.rules.ruleset import RuleSet


@pytest.fixture(scope="module")
def explainer() -> Explainer:
    return Explainer(Extractor.load(ruleset.shipped()))


def one(explainer: Explainer, text: str) -> SentenceExplanation:
    (sentence,) = explainer.text(text, "2024-06-01").sentences
    return sentence


def test_names_marks_and_clauses_are_shown(explainer: Explainer) -> None:
    sentence = one(explainer, "谷歌发布了新闻,随后收购了OpenAI。")
    assert {mention.name: mention.types for mention in sentence.mentions}["谷歌"] == ("机构",)
    (trigger,) = [mark for mark in sentence.marks if mark.text == "收购"]
    assert "收购" in trigger.means
    assert sentence.clauses[-1].subject == "谷歌"
    assert sentence.clauses[-1].inherited


def test_a_match_names_its_rule_and_its_statement(explainer: Explainer) -> None:
    (match,) = (m for m in one(explainer, "谷歌收购了OpenAI。").found if m.relation == "收购")
    assert (match.head, match.tail, match.outcome, match.certainty) == ("谷歌", "OpenAI", "kept", "asserted")
    assert match.rule.startswith("收购/")
    assert match.statement is not None and match.statement["evidence"]["quote"] == "谷歌收购了OpenAI。"


@pytest.mark.parametrize(
    ("text", "certainty", "cue", "outcome"),
    [("谷歌没有收购OpenAI。", None, "没有", "negated"), ("谷歌计划收购OpenAI。", "hedged", "计划", "kept")],
)
def test_tone_is_explained_by_the_word_that_decides(
    explainer: Explainer, text: str, certainty: str | None, cue: str, outcome: str
) -> None:
    (match,) = (m for m in one(explainer, text).found if m.relation == "收购")
    assert (match.certainty, match.cue, match.outcome) == (certainty, cue, outcome)


def test_a_name_of_the_wrong_type_is_why_a_frame_stopped(explainer: Explainer) -> None:
    miss = one(explainer, "谷歌买下了上海。").nearly[0]
    assert miss.relation == "收购"
    assert ("head", "谷歌") in miss.filled
    assert (miss.trigger_text, miss.stopped_at) == ("买下", "【tail】")
    assert "上海 is 地点" in miss.reason


def test_a_missing_head_is_told_from_the_end_of_the_frame(explainer: Explainer) -> None:
    miss = next(m for m in one(explainer, "有人收购了OpenAI。").nearly if m.relation == "收购")
    assert ("tail", "OpenAI") in miss.filled
    assert (miss.stopped_at, miss.share) == ("【head】", pytest.approx(2 / 3))


def test_a_trigger_that_gave_something_is_no_near_miss(explainer: Explainer) -> None:
    assert not [m for m in one(explainer, "谷歌收购了OpenAI。").nearly if m.relation == "收购"]


def test_a_place_in_a_document_chooses_its_sentence(explainer: Explainer) -> None:
    text = "谷歌收购了OpenAI。\n\n微软 投资了OpenAI。"
    document = Document("x", text, (Region(0, len(text)),))
    (sentence,) = explainer.document(document, at=text.index("投资")).sentences
    assert text[sentence.start : sentence.end] == "微软 投资了OpenAI。"


def test_a_text_without_names_has_nothing_to_explain(explainer: Explainer) -> None:
    explanation = explainer.text("今天天气很好。")
    assert explanation.sentences == ()


def test_an_explanation_is_plain_data(explainer: Explainer) -> None:
    data = json.loads(json.dumps(explainer.text("谷歌收购了OpenAI。").as_json(), ensure_ascii=False))
    assert data["sentences"][0]["found"][0]["relation"] == "收购"
    assert {entity["name"] for entity in data["entities"]} == {"谷歌", "OpenAI"}


def test_the_terminal_shows_outcome_and_near_misses(explainer: Explainer, shipped_rules: RuleSet) -> None:
    console = Console(width=200, force_terminal=False)
    with console.capture() as capture:
        for text in ("谷歌没有收购OpenAI。", "谷歌买下了上海。"):
            console.print(render(explainer.text(text), shipped_rules.ontology.types))
    shown = capture.get()
    assert "negated, because of `没有`" in shown
    assert "stopped at 【tail】: 上海 is 地点" in shown


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_page_is_whole_and_needs_nothing_from_outside(
    explainer: Explainer, shipped_rules: RuleSet
) -> None:
    tags = _Tags()
    tags.feed(page(explainer.text("谷歌<b>没有收购OpenAI。"), shipped_rules.ontology.types))
    assert tags.open == [] and tags.links == []
    assert "谷歌<b>没有收购OpenAI。" in tags.words
