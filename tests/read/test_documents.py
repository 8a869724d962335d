"""Files of each format become documents; what is broken is reported by name and passed over."""

from __future__ import annotations

import errno
import io
import json
import sys
from pathlib import Path
from typing import IO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError, KgError
from kg.model import Document
from kg.read import ReadingProfile, documents, formats, jsonl, load, sources, web

PAGE = """<html><head><title>谷歌发布Gemini</title>
<meta property="article:published_time" content="2024-05-14T08:00:00+08:00">
<link rel="canonical" href="https://news.cn/a.html"></head>
<body><nav><a href="/">首页</a> <a href="/t">科技</a></nav><article><h1>谷歌发布Gemini</h1>
<p>谷歌公司5月14日发布了新模型Gemini 1.5 Pro,它支持一百万字的上下文,引起业界关注。</p>
<figure><img src="a.png"><figcaption>图为谷歌首席执行官桑达尔·皮查伊。</figcaption></figure>
<p>微软则投资了OpenAI,总额达到130亿美元,两家公司竞争激烈。</p></article>
<script>document.write("不要")</script><footer>Copyright © 2024 版权所有</footer></body></html>"""


def write(folder: Path, **files: str | bytes) -> list[str]:
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name.replace("__", ".")).write_bytes(data)
    return [str(folder)]


def prose(document: Document) -> list[str]:
    return [document.text[region.start : region.end] for region in document.regions]


def test_text_stands_as_it_is_in_the_file(
    tmp_path: Path, profile: ReadingProfile, errors: list[KgError]
) -> None:
    paths = write(
        tmp_path, a__txt="\ufeff大模型\r\n\r\n谷歌 发布,新模型。\r\n", b__md="# 微软\n投资。", c__txt=""
    )
    a, b, c = documents(paths, profile, errors.append)
    assert (a.id, a.title, a.text) == ("a", "大模型", "大模型\r\n\r\n谷歌 发布,新模型。\r\n")
    assert a.path == str(tmp_path / "a.txt")
    assert prose(b) == ["# 微软\n投资。"]
    assert (c.text, c.regions) == ("", ())
    assert errors == []


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16"])
def test_html_gives_its_article_and_metadata(
    codec: str, tmp_path: Path, profile: ReadingProfile, errors: list[KgError]
) -> None:
    [page] = documents(write(tmp_path, a__html=PAGE.encode(codec)), profile, errors.append)
    assert (page.title, page.url, page.date) == ("谷歌发布Gemini", "https://news.cn/a.html", "2024-05-14")
    assert "微软则投资了OpenAI" in page.text
    assert "皮查伊" in page.text
    assert not any(words in page.text for words in ["首页", "Copyright", "不要", "<"])


@pytest.mark.parametrize(
    "html",
    ["", "<html></html>", "<div>" * 19_000 + "谷歌", "<" * 30_000, "<p>" * 30_000, "<table><tr><td>" * 6_000],
)
def test_a_page_without_an_article_or_a_bomb_is_refused(
    html: str, tmp_path: Path, profile: ReadingProfile, errors: list[KgError]
) -> None:
    with pytest.raises(InputError) as raised:
        list(documents(write(tmp_path, a__html=html), profile, errors.append))
    assert str(tmp_path / "a.html") in str(raised.value)


def test_a_fragment_of_html_is_a_page_too(tmp_path: Path, profile: ReadingProfile) -> None:
    assert web.extract("<p>谷歌发布新模型。</p>", None).text == "谷歌发布新模型。"  # type: ignore[arg-type]


def test_jsonl_rows_are_documents(tmp_path: Path, profile: ReadingProfile, errors: list[KgError]) -> None:
    rows = [
        {
            "id": "x1",
            "title": "标题",
            "text": "谷歌发布新模型。",
            "url": "https://a.cn/1",
            "date": "2024-05-14",
        },
        {"id": 7, "text": "微软投资。\n举报/反馈", "date": 20240514, "url": None},
        {"text": "没有id。", "url": "https://a.cn/20240129/1"},
        {"id": "x1", "text": "孤\ud800儿。"},
    ]
    lines = "\n\n".join(json.dumps(row) for row in rows)
    a, b, c, d = documents(write(tmp_path, r__jsonl=f"{lines}\n"), profile, errors.append)
    assert (a.id, a.title, a.url, a.date) == ("x1", "标题", "https://a.cn/1", "2024-05-14")
    assert (b.id, b.title, b.date, prose(b)) == ("7", "", "2024-05-14", ["微软投资。"])
    assert (c.id, c.date) == ("r:5", "2024-01-29")
    assert (d.id, d.text) == ("x1~2", "孤\ufffd儿。")
    assert errors == []


@pytest.mark.parametrize("codec", ["utf-8-sig", "gb18030", "utf-16"])
def test_jsonl_in_each_encoding(
    codec: str, tmp_path: Path, profile: ReadingProfile, errors: list[KgError]
) -> None:
    text = '{"id": "a", "text": "谷歌发布了新的模型。"}\n{"id": "b", "text": "微软投资了这家公司。"}\n'
    found = list(documents(write(tmp_path, r__jsonl=text.encode(codec)), profile, errors.append))
    assert [document.text for document in found] == ["谷歌发布了新的模型。", "微软投资了这家公司。"]
    assert errors == []


def test_broken_lines_are_reported_with_their_place(
    tmp_path: Path, profile: ReadingProfile, errors: list[KgError]
) -> None:
    lines = [
        b'{"text": "1"}', b'{"text": "2",}', b"[1]", b'{"title": "3"}', b'{"text": 4}', b"[" * 100_000,
        b'{"text": "5", "n": ' + b"9" * 5000 + b"}", b'{"text": "\x00\x01"}', b'{"text": "cut',
        b'{"text": "6"}',
    ]  # fmt: skip
    paths = write(tmp_path, r__jsonl=b"\n".join(lines))
    assert [document.text for document in documents(paths, profile, errors.append)] == ["1", "6"]
    places = [str(error.place).removeprefix(str(tmp_path / "r.jsonl")) for error in errors]
    assert places == [":2:14", ":3", ":4", ":5", ":6", ":7", ":8", ":9:14"]
    assert all(error.hint for error in errors)


def test_an_overlong_line_is_skipped_and_the_next_one_read(errors: list[KgError]) -> None:
    pieces = [b'{"text": "1"}\n', b'{"text": "' + b"x" * 20, b"y" * 25, b'"}\n', b'{"text": "2"}\n']
    found = list(jsonl.rows(pieces, "r.jsonl", 25, errors.append))
    assert [(row.line, row.text) for row in found] == [(1, "1"), (3, "2")]
    assert [str(error.place) for error in errors] == ["r.jsonl:2"]


def test_one_bad_file_among_many_is_reported_and_passed_over(
    tmp_path: Path, profile: ReadingProfile, errors: list[KgError]
) -> None:
    paths = write(tmp_path, a__txt=b"\x00\x01\x02\xff", b__txt="谷歌发布新模型。", c__html="")
    assert [document.id for document in documents(paths, profile, errors.append)] == ["b"]
    assert [Path(str(error.place)).name for error in errors] == ["a.txt", "c.html"]


def test_the_only_file_if_bad_is_an_error(
    tmp_path: Path, profile: ReadingProfile, errors: list[KgError]
) -> None:
    with pytest.raises(InputError, match="is no text"):
        list(documents(write(tmp_path, a__txt=b"\x00\x01\x02\xff"), profile, errors.append))
    with pytest.raises(InputError, match="No such file"):
        documents([str(tmp_path / "b.txt")], profile, errors.append)
    assert errors == []


def test_a_file_that_vanishes_before_it_is_read_is_reported(
    tmp_path: Path, profile: ReadingProfile, errors: list[KgError]
) -> None:
    found = documents(write(tmp_path, a__txt="谷歌。", b__txt="微软。"), profile, errors.append)
    (tmp_path / "a.txt").unlink()
    assert [document.id for document in found] == ["b"]
    assert "cannot be read" in str(errors[0])


class Vanishing(io.BytesIO):
    """A file that is gone after its first line, as on a network drive."""

    def readline(self, size: int | None = -1) -> bytes:
        if self.tell():
            raise OSError(errno.ESTALE, "Stale file handle")
        return super().readline(size)


def test_a_file_that_vanishes_while_it_is_read_is_reported(
    tmp_path: Path, profile: ReadingProfile, errors: list[KgError], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = '{"text": "1"}\n{"text": "2"}\n'
    folder = write(tmp_path, a__jsonl=rows, b__txt="微软。")
    opened = Path.open

    def open_file(path: Path, mode: str) -> IO[bytes]:
        return Vanishing(rows.encode()) if path.suffix == ".jsonl" else opened(path, mode)

    monkeypatch.setattr(Path, "open", open_file)
    assert [document.id for document in documents(folder, profile, errors.append)] == ["a:1", "b"]
    assert "a.jsonl: cannot be read: Stale file handle" in str(errors[0])


def test_a_file_over_the_limit_is_refused_but_not_a_long_jsonl(
    tmp_path: Path, profile: ReadingProfile, errors: list[KgError], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "MAX_BYTES", 64)
    lines = '{"text": "谷歌。"}\n' * 9
    paths = write(tmp_path, a__txt="长" * 22, b__txt="\n长" * 22, c__jsonl=lines, d__txt="x" * 64)
    found = list(documents(paths, profile, errors.append))
    assert [document.id for document in found] == [*(f"c:{line}" for line in range(1, 10)), "d"]
    assert ["is larger than" in str(error) for error in errors] == [True, True]


def test_utf16_rows_are_read_one_by_one_too(
    tmp_path: Path, profile: ReadingProfile, errors: list[KgError], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "MAX_BYTES", 64)
    monkeypatch.setattr(formats, "_PIECE", 7)
    lines = [
        '{"text": "谷歌上午。"}',
        '{"text": "' + "长" * 90 + '"}',
        '{"text": "微软上午。"}',
        '{"text": "终"}',
    ]
    path = tmp_path / "rows.jsonl"
    path.write_bytes("\r\n".join(lines).encode("utf-16"))
    found = list(documents([str(path)], profile, errors.append))
    assert [document.text for document in found] == ["谷歌上午。", "微软上午。", "终"]
    assert [str(error.place) for error in errors] == [f"{path}:2"]


def test_a_document_of_too_many_characters_is_refused_by_name(
    tmp_path: Path, profile: ReadingProfile, errors: list[KgError], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "MAX_CHARACTERS", 20)
    rows = '{"text": "短。"}\n{"text": "' + "长" * 21 + '"}\n{"text": "短。"}\n'
    page = f"<html><body><article><p>{'长' * 30}。</p></article></body></html>"
    paths = write(tmp_path, a__txt="长" * 20, b__txt="长" * 21, c__jsonl=rows, d__html=page)
    found = list(documents(paths, profile, errors.append))
    assert [document.id for document in found] == ["a", "c:1", "c:3"]
    assert [str(error.place).split("/")[-1] for error in errors] == ["b.txt", "c.jsonl:2", "d.html"]
    assert all("holds more than 20 characters" in str(error) for error in errors)


@pytest.mark.parametrize(
    ("data", "ids"),
    [
        ("谷歌发布新模型。\n第二行。".encode(), ["stdin"]),
        (b'{"id": "a", "text": "1"}\n{"text": "2"}\n', ["a", "stdin:2"]),
        ("{花括号}开头的文章。".encode(), ["stdin"]),
        (PAGE.encode(), ["stdin"]),
        (b"", ["stdin"]),
    ],
)
def test_standard_input_is_taken_for_what_it_looks_like(
    data: bytes,
    ids: list[str],
    profile: ReadingProfile,
    errors: list[KgError],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    found = list(documents(["-"], profile, errors.append))
    assert [(document.id, document.path) for document in found] == [(name, "-") for name in ids]
    assert not any("<" in document.text for document in found)


def test_ids_are_unique_over_all_files(
    tmp_path: Path, profile: ReadingProfile, errors: list[KgError]
) -> None:
    rows = '{"id": "x", "text": "1"}\n{"id": "x", "text": "2"}\n'
    paths = write(tmp_path, a__jsonl=rows, b__jsonl=rows, x__txt="3")
    found = [(document.id, document.text) for document in documents(paths, profile, errors.append)]
    assert found == [("x", "1"), ("x~2", "2"), ("x~3", "1"), ("x~2~2", "2"), ("x~4", "3")]
    [a, _, _] = sources(paths, errors.append)
    assert [document.id for document in load(a, profile, errors.append)] == ["x", "x~2"]


@given(
    data=st.one_of(st.binary(max_size=120), st.text(max_size=120).map(lambda t: t.encode("utf-8", "replace")))
)
@pytest.mark.parametrize("ending", ["txt", "jsonl", "html"])
def test_any_bytes_are_read_or_refused(
    ending: str, data: bytes, profile: ReadingProfile, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / f"any.{ending}"
    path.write_bytes(data)
    errors: list[KgError] = []
    try:
        found = list(documents([str(path)], profile, errors.append))
    except InputError:
        return
    for document in found:
        document.text.encode()
        done = 0
        for region in document.regions:
            assert done <= region.start < region.end <= len(document.text)
            done = region.end
