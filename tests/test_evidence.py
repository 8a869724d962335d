"""Evidence points at the words in the file as it stands, whatever its bytes and its way of writing.

Each file is read, and its evidence looked up in what a plain decoder makes of the same bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from calling import ROOT

from kg.extraction import Extractor
from kg.model import Statement
from kg.read import documents, load_profile
from kg.rules import ruleset

SIMPLIFIED = (
    "云杉科技发布会侧记\n\n"
    "近日,云杉科技首席执行官沈若楠在上海表示,公司已经盈利。\n"
    "谷歌收购了云杉科技,微软投资了智谱。\n"
    "据悉,百度将收购云杉科技。\n"
)
TRADITIONAL = (
    "雲杉科技發佈會側記\n\n"
    "近日，雲杉科技首席執行官沈若楠在上海表示，公司已經盈利，這個國家還會發展。\n"
    "谷歌收購了雲杉科技，微軟投資了智譜。\n"
    "據悉，百度將收購雲杉科技。\n"
)


SAID = (
    ("沈若楠", "任职", "云杉科技", "首席执行官"),
    ("谷歌", "收购", "云杉科技", "收购"),
    ("微软", "投资", "智谱", "投资"),
    ("百度", "收购", "云杉科技", "收购"),
)
"""Head, relation, tail and trigger of what is stated."""
IN_TRADITIONAL = {
    "云杉科技": "雲杉科技",
    "首席执行官": "首席執行官",
    "收购": "收購",
    "微软": "微軟",
    "智谱": "智譜",
    "投资": "投資",
}


@dataclass(frozen=True)
class Written:
    """A file: how its bytes are to be decoded, and how it writes the words of SAID."""

    data: bytes
    encoding: str = "utf-8"
    words: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.data.decode(self.encoding)

    @property
    def said(self) -> list[tuple[str, ...]]:
        """SAID in the words of the file, the relations as they are."""
        return [
            (self.words.get(head, head), relation, self.words.get(tail, tail), self.words.get(verb, verb))
            for head, relation, tail, verb in SAID
        ]

    def saved(self, folder: Path) -> Path:
        path = folder / "article.txt"
        path.write_bytes(self.data)
        return path


def wide(text: str) -> str:
    """The text with its ASCII letters and signs in full width."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def windows(text: str) -> str:
    return text.replace("\n", "\r\n")


FILES = {
    "as it is": Written(SIMPLIFIED.encode()),
    "byte order mark": Written(SIMPLIFIED.encode("utf-8-sig"), "utf-8-sig"),
    "Windows line ends": Written(windows(SIMPLIFIED).encode()),
    "byte order mark and Windows line ends": Written(windows(SIMPLIFIED).encode("utf-8-sig"), "utf-8-sig"),
    "old Macintosh line ends": Written(SIMPLIFIED.replace("\n", "\r").encode()),
    "UTF-16": Written(SIMPLIFIED.encode("utf-16"), "utf-16"),
    "GB18030": Written(SIMPLIFIED.encode("gb18030"), "gb18030"),
    "full width": Written(
        wide(SIMPLIFIED.replace("谷歌", "Google")).encode(), words={"谷歌": "Ｇｏｏｇｌｅ"}
    ),
    "unseen characters within words, blanks before them": Written(
        SIMPLIFIED.replace("收购", "收\u200b购").replace("谷歌", "\u3000\u3000谷\u200b\ufeff歌").encode(),
        words={"收购": "收\u200b购", "谷歌": "谷\u200b\ufeff歌"},
    ),
    "characters of four bytes before": Written(("👩\u200d💻𬭎🚀" + SIMPLIFIED).encode()),
    "traditional": Written(TRADITIONAL.encode(), words=IN_TRADITIONAL),
    "traditional in Big5": Written(TRADITIONAL.encode("big5"), "big5", IN_TRADITIONAL),
    "traditional, byte order mark, Windows line ends": Written(
        windows(TRADITIONAL).encode("utf-8-sig"), "utf-8-sig", IN_TRADITIONAL
    ),
}


def statements(path: Path) -> tuple[Statement, ...]:
    errors: list[Exception] = []
    (document,) = documents([str(path)], load_profile(ROOT / "rules"), errors.append)
    assert errors == []
    return Extractor.load(ruleset.shipped()).extract(document).statements


every_file = pytest.mark.parametrize("written", [pytest.param(file, id=name) for name, file in FILES.items()])


@every_file
def test_evidence_points_at_the_words_of_the_file(tmp_path: Path, written: Written) -> None:
    found = []
    for item in statements(written.saved(tmp_path)):
        assert item.evidence.trigger
        spans = item.evidence.head, item.evidence.tail, item.evidence.trigger
        head, tail, trigger = (written.text[slice(*span)] for span in spans)
        found.append((head, item.relation, tail, trigger))
    assert found == written.said


@every_file
def test_the_quote_is_the_sentence_from_end_to_end(tmp_path: Path, written: Written) -> None:
    sentences = set(re.findall(r"[^\s。][^\r\n。]*。", written.text))
    for item in statements(written.saved(tmp_path)):
        evidence = item.evidence
        assert evidence.quote in sentences
        assert written.text[evidence.start : evidence.end] == evidence.quote
        for start, end in (evidence.head, evidence.tail):
            assert evidence.start <= start < end <= evidence.end


def test_a_pronouns_evidence_is_the_name_it_means_and_the_sentence_it_stands_in(tmp_path: Path) -> None:
    text = "云杉科技发布了Falcon-7B。\r\n该公司收购了智谱。\r\n"
    path = tmp_path / "article.txt"
    path.write_bytes(text.encode("utf-8-sig"))
    (item,) = (item for item in statements(path) if item.relation == "收购")
    assert item.inferred
    assert item.evidence.quote == "该公司收购了智谱。"
    assert text[slice(*item.evidence.head)] == "云杉科技"
    assert text[slice(*item.evidence.tail)] == "智谱"
